/**
 * Security groups: lists of what may pass, attached to network interfaces.
 *
 * Source: Amazon VPC User Guide, "Security groups", "Security group rules", "Default security
 * groups", "Amazon VPC quotas". Fidelity: public; where the rules are evaluated (the Nitro card) is
 * said in talks only.
 */
import {Cidr} from "../packet/index.js";
import {checkTraffic, formatTraffic} from "./traffic.js";
import type {Direction, Traffic} from "./traffic.js";

/** Something that may pass. There are no rules that deny. */
export interface SecurityGroupRule extends Traffic {
  /**
   * Where from (inbound) or to (outbound): a block like "10.0.0.0/16", a security group "sg-…", whose
   * members are meant and not its rules, or a prefix list "pl-…".
   */
  readonly peer: string;
  readonly description?: string;
}

export interface SecurityGroupOptions {
  /** For example "sg-web". */
  id: string;
  /** Default: none, so that nothing may come in. */
  inbound?: readonly SecurityGroupRule[];
  /** Default: everything to everywhere, as EC2 makes every new group. */
  outbound?: readonly SecurityGroupRule[];
  /** Most rules in each direction. Default: 60. */
  maxRules?: number;
}

/** Documented ("Amazon VPC quotas", "Security groups"). */
export const SECURITY_GROUP_LIMITS = {
  /** Each direction on its own; on request more, while rules × groups stays at `mostProduct`. */
  rulesPerDirection: 60,
  groupsPerInterface: 5,
  mostGroupsPerInterface: 16,
  mostProduct: 1000,
} as const;

/** The rule that EC2 puts into every new group's outbound list. */
export const ALLOW_ALL_OUTBOUND: SecurityGroupRule = {protocol: "all", peer: "0.0.0.0/0"};

/**
 * A security group.
 *
 * @example
 * import {SecurityGroup} from "kernel-lib/vpc";
 * const web = new SecurityGroup({
 *   id: "sg-web",
 *   inbound: [{protocol: "tcp", ports: [443, 443], peer: "0.0.0.0/0"}],
 * });
 * web.outbound // => [ { protocol: 'all', peer: '0.0.0.0/0' } ]
 * web.describe() // => 'sg-web\n  inbound tcp 443 0.0.0.0/0\n  outbound all 0.0.0.0/0'
 */
export class SecurityGroup {
  readonly id: string;
  readonly maxRules: number;
  private readonly rules: Record<Direction, SecurityGroupRule[]> = {inbound: [], outbound: []};

  /**
   * @throws SyntaxError if the id does not begin with "sg-", or a peer is no block, group or list
   * @throws TypeError if a protocol has no such name
   * @throws RangeError if a rule contradicts itself, is there twice, or there are too many
   */
  constructor({id, inbound = [], outbound = [ALLOW_ALL_OUTBOUND], maxRules}: SecurityGroupOptions) {
    if (!id.startsWith("sg-")) {
      throw new SyntaxError(`Cannot make security group: need an id like "sg-web", got "${id}"`);
    }
    this.id = id;
    this.maxRules = maxRules ?? SECURITY_GROUP_LIMITS.rulesPerDirection;
    for (const rule of inbound) this.addRule("inbound", rule);
    for (const rule of outbound) this.addRule("outbound", rule);
  }

  /**
   * The group that comes with a VPC, and that an instance gets where nobody names one: its members
   * may reach each other, and everything may go out.
   */
  static default(id: string): SecurityGroup {
    return new SecurityGroup({id, inbound: [{protocol: "all", peer: id}]});
  }

  get inbound(): readonly SecurityGroupRule[] {
    return this.rules.inbound;
  }

  get outbound(): readonly SecurityGroupRule[] {
    return this.rules.outbound;
  }

  /**
   * Allows something more, from now on and for every interface of the group.
   *
   * @throws SyntaxError if the peer is no block, group or list
   * @throws TypeError if the protocol has no such name
   * @throws RangeError if the rule contradicts itself or is there, or there are too many
   */
  addRule(direction: Direction, rule: SecurityGroupRule): void {
    checkTraffic(rule, "add rule");
    if (!/^(sg|pl)-/.test(rule.peer)) Cidr.parse(rule.peer);
    const rules = this.rules[direction];
    if (this.find(direction, rule) >= 0) {
      throw new RangeError(`Cannot add rule: need a new one, got ${formatRule(rule)} again`);
    }
    if (rules.length >= this.maxRules) {
      throw new RangeError(
        `Cannot add rule: need at most ${this.maxRules} ${direction} rules, got one more`,
      );
    }
    rules.push(rule);
  }

  /**
   * Allows something no longer. What is tracked goes on; see `evaluateSecurityGroups`.
   *
   * @returns whether there was such a rule
   */
  removeRule(direction: Direction, rule: SecurityGroupRule): boolean {
    const place = this.find(direction, rule);
    if (place >= 0) this.rules[direction].splice(place, 1);
    return place >= 0;
  }

  private find(direction: Direction, rule: SecurityGroupRule): number {
    const text = formatRule(rule);
    return this.rules[direction].findIndex((other) => formatRule(other) === text);
  }

  /** The id, and a line for each rule. */
  describe(): string {
    const lines = (["inbound", "outbound"] as const).flatMap((direction) =>
      this.rules[direction].map((rule) => `  ${direction} ${formatRule(rule)}`),
    );
    return [this.id, ...lines].join("\n");
  }
}

/** A rule in one line, "tcp 443 0.0.0.0/0"; rules with the same line are the same. */
export function formatRule(rule: SecurityGroupRule): string {
  return `${formatTraffic(rule)} ${rule.peer}`;
}
