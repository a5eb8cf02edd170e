import {Cidr, formatIpv4Address, parseIpv4Address} from "../packet/index.js";
import {reservedFor} from "./reserved-addresses.js";

/** A machine of the provider, on the network below. */
export interface Host {
  /** Its IPv4 address there. */
  readonly address: string;
  readonly mac: string;
}

/** Where an address of a VPC is: on which host, behind which interface. */
export interface Mapping {
  readonly host: Host;
  readonly eniId: string;
  /** The interface's MAC address. */
  readonly mac: string;
}

/** An address in a VPC; two VPCs may both have 10.0.1.5. */
export interface VpcAddress {
  readonly vpcId: string;
  /** Text, or a whole number in [0, 2^32). */
  readonly address: string | number;
}

export interface MappingServiceOptions {
  /** How long a change is on its way to the hosts, in ms. Default: 0. */
  propagationDelayMs?: number;
}

/** A mapping, or that there is none, from a time on. */
interface Change {
  visibleAtMs: number;
  mapping: Mapping | undefined;
}

/**
 * The mapping service: which host has an address of a VPC. It takes the place of ARP's broadcasts: a
 * host asks it, or its copy of it, before it encapsulates a packet.
 *
 * A change is known to the service at once (`current`) and to the hosts after the propagation delay
 * (`lookup`). Until then packets go to where the address was.
 *
 * Source: talks on AWS's networking, second-hand ("A day in the life of a billion packets", 2013);
 * Dalton et al., Andromeda, NSDI 2018 §3 for a published design. Fidelity: inferred. Simplified: all
 * hosts learn of a change at the same time, and all of it.
 *
 * @example
 * import {MappingService} from "kernel-lib/vpc";
 * const service = new MappingService({propagationDelayMs: 200});
 * service.addSubnet({vpcId: "vpc-a", subnetId: "subnet-1", cidr: "10.0.1.0/24"});
 * const at = {vpcId: "vpc-a", address: "10.0.1.5"};
 * const host = {address: "192.168.0.1", mac: "02:aa:00:00:00:01"};
 * service.register({...at, mapping: {host, eniId: "eni-1", mac: "02:00:00:00:00:01"}}, 1000);
 * service.lookup(at, 1199) // => undefined
 * service.lookup(at, 1200)?.eniId // => 'eni-1'
 */
export class MappingService {
  readonly propagationDelayMs: number;
  /** Changes by VPC and address, in the order of time; the last is what is true now. */
  private readonly changes: Map<string, Change[]> = new Map();
  /** By VPC and MAC address, the keys in `changes` of the addresses that it has now. */
  private readonly attached: Map<string, Set<string>> = new Map();
  private readonly subnets: Map<string, {subnetId: string; cidr: Cidr}[]> = new Map();

  /** @throws RangeError if the delay is no number >= 0 */
  constructor({propagationDelayMs = 0}: MappingServiceOptions = {}) {
    if (!(propagationDelayMs >= 0)) {
      throw new RangeError(
        `Cannot make mapping service: need propagationDelayMs >= 0, got ${propagationDelayMs}`,
      );
    }
    this.propagationDelayMs = propagationDelayMs;
  }

  /**
   * Makes a subnet known, whose addresses can then be registered.
   *
   * @throws SyntaxError if the block is none
   * @throws RangeError if it overlaps another of the VPC, or is not between /16 and /28
   */
  addSubnet({vpcId, subnetId, cidr}: {vpcId: string; subnetId: string; cidr: string | Cidr}): void {
    const block = typeof cidr === "string" ? Cidr.parse(cidr) : cidr;
    const others = this.subnets.get(vpcId) ?? [];
    const other = others.find((subnet) => subnet.cidr.overlaps(block));
    // Amazon VPC User Guide, "Subnet sizing for IPv4".
    if (other || block.prefixLength < 16 || block.prefixLength > 28) {
      throw new RangeError(
        `Cannot add subnet: need a block from /16 to /28 apart from others, ` +
          `got ${block}${other ? ` beside ${other.cidr}` : ""}`,
      );
    }
    this.subnets.set(vpcId, [...others, {subnetId, cidr: block}]);
  }

  /** The subnet that an address lies in. */
  subnetOf({vpcId, address}: VpcAddress): {subnetId: string; cidr: Cidr} | undefined {
    return this.subnets.get(vpcId)?.find(({cidr}) => cidr.contains(address));
  }

  /**
   * Says where an address is from now on; a second time, that it moved.
   *
   * @param nowMs not before the last change of this address
   * @throws RangeError if the address lies in no subnet or is reserved there, or the time goes back
   */
  register({mapping, ...at}: VpcAddress & {mapping: Mapping}, nowMs: number): void {
    const subnet = this.subnetOf(at);
    const reserved = subnet && reservedFor(subnet.cidr, at.address);
    if (subnet === undefined || reserved !== undefined) {
      const why = reserved === undefined ? "outside of all" : `reserved (${reserved})`;
      throw new RangeError(
        `Cannot register: need an address of a subnet of ${at.vpcId}, got ${text(at)}, ${why}`,
      );
    }
    this.change(at, mapping, nowMs);
  }

  /**
   * Says that an address is nowhere from now on.
   *
   * @returns whether it was somewhere
   * @throws RangeError if the time goes back
   */
  remove(at: VpcAddress, nowMs: number): boolean {
    if (this.current(at) === undefined) return false;
    this.change(at, undefined, nowMs);
    return true;
  }

  private change(at: VpcAddress, mapping: Mapping | undefined, nowMs: number): void {
    const key = keyOf(at);
    const visibleAtMs = nowMs + this.propagationDelayMs;
    const changes = this.changes.get(key) ?? [];
    const last = changes.at(-1);
    if (!Number.isFinite(nowMs) || (last !== undefined && visibleAtMs < last.visibleAtMs)) {
      throw new RangeError(
        `Cannot change mapping of ${text(at)}: need a time not before the last one, got ${nowMs}`,
      );
    }
    this.changes.set(key, [...changes, {visibleAtMs, mapping}]);
    if (last?.mapping) this.attached.get(`${at.vpcId} ${last.mapping.mac}`)?.delete(key);
    if (mapping === undefined) return;
    const macKey = `${at.vpcId} ${mapping.mac}`;
    this.attached.set(macKey, (this.attached.get(macKey) ?? new Set()).add(key));
  }

  /** Where the hosts believe an address to be; undefined if it is nowhere. */
  lookup(at: VpcAddress, nowMs: number): Mapping | undefined {
    const changes = this.changes.get(keyOf(at)) ?? [];
    let place = changes.length - 1;
    while (place >= 0 && changes[place]!.visibleAtMs > nowMs) place--;
    return changes[place]?.mapping;
  }

  /** Where an address is. */
  current(at: VpcAddress): Mapping | undefined {
    return this.changes.get(keyOf(at))?.at(-1)?.mapping;
  }

  /** Where the interface with a MAC address is: what its host knows without asking. */
  currentInterface({vpcId, mac}: {vpcId: string; mac: string}): Mapping | undefined {
    const [key] = this.attached.get(`${vpcId} ${mac}`) ?? [];
    return key === undefined ? undefined : this.changes.get(key)?.at(-1)?.mapping;
  }
}

/** @throws SyntaxError if a text is no address */
function keyOf({vpcId, address}: VpcAddress): string {
  return `${vpcId} ${typeof address === "number" ? address : parseIpv4Address(address)}`;
}

function text({address}: VpcAddress): string {
  return typeof address === "number" ? formatIpv4Address(address) : address;
}
