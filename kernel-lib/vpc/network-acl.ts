import {Cidr} from "../packet/index.js";
import type {PacketSummary} from "./packet-summary.js";
import {checkTraffic, formatTraffic, isTraffic} from "./traffic.js";
import type {Direction, Traffic} from "./traffic.js";
import {unfilteredService} from "./unfiltered.js";

/** One line of a network ACL. */
export interface NetworkAclRule extends Traffic {
  /** Its place in the order, in [1, 32766]. */
  readonly number: number;
  readonly action: "allow" | "deny";
  /** Where from (inbound) or to (outbound). */
  readonly cidr: string;
}

export interface NetworkAclOptions {
  /** For example "acl-1". */
  id: string;
  /** Default: none, so that everything is denied. */
  inbound?: readonly NetworkAclRule[];
  outbound?: readonly NetworkAclRule[];
  /** Most rules in each direction, with the last one that denies. Default: 20. */
  maxRules?: number;
}

/** Documented ("Amazon VPC quotas", "Network ACLs"; "Network ACL basics"). */
export const NETWORK_ACL_LIMITS = {
  /** Each direction on its own, counting the rule `*`; on request up to `mostRules`. */
  rulesPerDirection: 20,
  mostRules: 40,
  firstNumber: 1,
  lastNumber: 32_766,
} as const;

/** A packet that crosses the border of a subnet. */
export interface NetworkAclRequest {
  direction: Direction;
  packet: PacketSummary;
  /** The VPC's first block, for its resolver. */
  vpcCidr?: Cidr;
}

/** What a network ACL says about a packet that crosses the border of a subnet. */
export interface NetworkAclVerdict {
  readonly allowed: boolean;
  /** The rule that decided; none if it was the last one, `*`, or no rule was asked. */
  readonly rule?: NetworkAclRule;
  /** The numbers of the rules that were looked at before it and did not match. */
  readonly passedOver: readonly number[];
  readonly reason: string;
}

/**
 * The filter at the border of a subnet: an ordered list for each direction, the lowest number first;
 * the first rule that matches decides, and what no rule matches is denied.
 *
 * It keeps no state: the reply to what it let in needs a rule of its own, and a rule that is taken
 * away stops the next packet. It does not see traffic inside the subnet, and cannot stop traffic to
 * AWS's own DNS, metadata and time services.
 *
 * Source: Amazon VPC User Guide, "Network ACLs". Fidelity: public; IPv4 only.
 *
 * @example
 * import {parseIpv4Address} from "kernel-lib/packet";
 * import {NetworkAcl} from "kernel-lib/vpc";
 * const acl = NetworkAcl.default("acl-1");
 * acl.addRule("inbound", {number: 90, action: "deny", protocol: "tcp", ports: [22, 22], cidr: "0.0.0.0/0"});
 * const [source, destination] = ["203.0.113.9", "10.0.1.5"].map(parseIpv4Address);
 * const packet = {protocol: 6, source, destination, sourcePort: 40000, destinationPort: 22};
 * acl.evaluate({direction: "inbound", packet}).reason // => 'acl-1 rule 90 denies tcp 22 0.0.0.0/0'
 */
export class NetworkAcl {
  readonly id: string;
  readonly maxRules: number;
  private readonly rules: Record<Direction, NetworkAclRule[]> = {inbound: [], outbound: []};

  /**
   * @throws SyntaxError if a rule's block is none
   * @throws TypeError if a protocol has no such name
   * @throws RangeError if a rule contradicts itself, a number is outside its range or there twice, or
   *   there are too many rules
   */
  constructor({id, inbound = [], outbound = [], maxRules}: NetworkAclOptions) {
    this.id = id;
    this.maxRules = maxRules ?? NETWORK_ACL_LIMITS.rulesPerDirection;
    for (const rule of inbound) this.addRule("inbound", rule);
    for (const rule of outbound) this.addRule("outbound", rule);
  }

  /** The one that comes with a VPC: rule 100 allows everything, both ways. */
  static default(id: string): NetworkAcl {
    const all: NetworkAclRule = {number: 100, action: "allow", protocol: "all", cidr: "0.0.0.0/0"};
    return new NetworkAcl({id, inbound: [all], outbound: [all]});
  }

  /** In the order of evaluation, without the last rule `*`. */
  get inbound(): readonly NetworkAclRule[] {
    return this.rules.inbound;
  }

  get outbound(): readonly NetworkAclRule[] {
    return this.rules.outbound;
  }

  /**
   * Puts a rule into its place.
   *
   * @throws SyntaxError if its block is none
   * @throws TypeError if the protocol has no such name
   * @throws RangeError if it contradicts itself, its number is outside its range or there already, or
   *   there are too many rules
   */
  addRule(direction: Direction, rule: NetworkAclRule): void {
    const {firstNumber, lastNumber} = NETWORK_ACL_LIMITS;
    const {number} = rule;
    checkTraffic(rule, "add rule");
    Cidr.parse(rule.cidr);
    const rules = this.rules[direction];
    const isNew = rules.every((other) => other.number !== number);
    if (!(Number.isInteger(number) && number >= firstNumber && number <= lastNumber && isNew)) {
      throw new RangeError(
        `Cannot add rule: need a new number in [${firstNumber}, ${lastNumber}], got ${number}`,
      );
    }
    if (rules.length + 1 >= this.maxRules) {
      throw new RangeError(
        `Cannot add rule: need at most ${this.maxRules} ${direction} rules with *, got one more`,
      );
    }
    rules.push(rule);
    rules.sort((a, b) => a.number - b.number);
  }

  /** @returns whether there was a rule of that number */
  removeRule(direction: Direction, number: number): boolean {
    const place = this.rules[direction].findIndex((rule) => rule.number === number);
    if (place >= 0) this.rules[direction].splice(place, 1);
    return place >= 0;
  }

  /**
   * Decides about one packet, whatever came before it. Ask only for packets that cross the border.
   */
  evaluate({direction, packet, vpcCidr}: NetworkAclRequest): NetworkAclVerdict {
    const service = unfilteredService(packet, vpcCidr);
    if (service) return {allowed: true, passedOver: [], reason: `${service} is not filtered`};
    const address = direction === "inbound" ? packet.source : packet.destination;
    const rules = this.rules[direction];
    const place = rules.findIndex(
      (rule) => isTraffic(rule, packet) && Cidr.parse(rule.cidr).contains(address),
    );
    const rule = rules[place];
    if (rule === undefined) {
      const passedOver = rules.map(({number}) => number);
      return {allowed: false, passedOver, reason: `${this.id} rule * denies all else`};
    }
    const passedOver = rules.slice(0, place).map(({number}) => number);
    const verb = rule.action === "allow" ? "allows" : "denies";
    const reason = `${this.id} rule ${rule.number} ${verb} ${formatTraffic(rule)} ${rule.cidr}`;
    return {allowed: rule.action === "allow", rule, passedOver, reason};
  }

  /** The id, and a line for each rule in the order of evaluation. */
  describe(): string {
    const lines = (["inbound", "outbound"] as const).flatMap((direction) => [
      ...this.rules[direction].map(
        (rule) =>
          `  ${direction} ${rule.number} ${formatTraffic(rule)} ${rule.cidr} ${rule.action}`,
      ),
      `  ${direction} * all 0.0.0.0/0 deny`,
    ]);
    return [this.id, ...lines].join("\n");
  }
}
