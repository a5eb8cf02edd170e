import {Cidr, IP_PROTOCOL} from "../packet/index.js";
import type {PacketSummary} from "./packet-summary.js";
import {formatRule, SECURITY_GROUP_LIMITS} from "./security-group.js";
import type {SecurityGroup, SecurityGroupRule} from "./security-group.js";
import {isEveryPort, isTraffic, protocolNumber} from "./traffic.js";
import type {Direction} from "./traffic.js";
import {unfilteredService} from "./unfiltered.js";

/** A packet at a network interface, and what its groups' rules refer to. */
export interface SecurityGroupRequest {
  direction: Direction;
  packet: PacketSummary;
  /** The groups of the interface. */
  groups: readonly SecurityGroup[];
  /** Whether an address is one of an interface of a group. Default: none is. */
  isMember?: (groupId: string, address: number) => boolean;
  /** The entries of prefix lists that rules name. */
  prefixLists?: ReadonlyMap<string, readonly Cidr[]>;
  /** The VPC's first block, for its resolver. */
  vpcCidr?: Cidr;
  /** The flow goes through something that is always tracked, as a NAT gateway. Default: no. */
  alwaysTracked?: boolean;
  /** Most groups of an interface. Default: 5. */
  maxGroups?: number;
}

/** What the rules of an interface's groups say about a packet that belongs to no tracked flow. */
export interface SecurityGroupVerdict {
  readonly allowed: boolean;
  /** Whether the flow is to be tracked, so that it outlives its rule. */
  readonly tracked: boolean;
  /** Which rule allowed it, and whose. */
  readonly rule?: SecurityGroupRule;
  readonly groupId?: string;
  readonly reason: string;
}

/**
 * Decides whether the security groups of an interface let a packet pass: if any rule of any of them
 * does. This is for packets that belong to no tracked flow; the tracker lets the others pass.
 *
 * A flow is *not* tracked if it is TCP or UDP, a rule allows it for 0.0.0.0/0, and a rule of the
 * other direction allows every port for 0.0.0.0/0: then each packet is judged by the rules alone, and
 * removing the rule cuts the flow. Everything else that is allowed is tracked.
 *
 * Source: EC2 User Guide, "Security group connection tracking", "Untracked connections". Fidelity:
 * public. Inferred: where a narrow rule and an open one both allow a packet, the open one decides.
 *
 * @throws RangeError if an interface has no group, or more than it may
 * @throws TypeError if a rule names a prefix list that is not given
 * @example
 * import {parseIpv4Address} from "kernel-lib/packet";
 * import {evaluateSecurityGroups, SecurityGroup} from "kernel-lib/vpc";
 * const ssh = {protocol: "tcp", ports: [22, 22], peer: "203.0.113.0/24"} as const;
 * const groups = [new SecurityGroup({id: "sg-1", inbound: [ssh]})];
 * const [source, destination] = ["203.0.113.9", "10.0.1.5"].map(parseIpv4Address);
 * const packet = {protocol: 6, source, destination, sourcePort: 40000, destinationPort: 22};
 * evaluateSecurityGroups({direction: "inbound", packet, groups}).reason // => 'sg-1 allows tcp 22 203.0.113.0/24; tracked'
 */
export function evaluateSecurityGroups(request: SecurityGroupRequest): SecurityGroupVerdict {
  const {direction, packet, groups, alwaysTracked = false} = request;
  const most = request.maxGroups ?? SECURITY_GROUP_LIMITS.groupsPerInterface;
  if (groups.length < 1 || groups.length > most) {
    throw new RangeError(
      `Cannot evaluate security groups: need 1 to ${most} of an interface, got ${groups.length}`,
    );
  }
  const service = unfilteredService(packet, request.vpcCidr);
  if (service) return {allowed: true, tracked: false, reason: `${service} is not filtered`};
  const matching = groups.flatMap((group) =>
    group[direction]
      .filter((rule) => isTraffic(rule, packet) && isPeer(rule, request))
      .map((rule) => ({rule, groupId: group.id})),
  );
  const decider = matching.find(({rule}) => isOpen(rule)) ?? matching[0];
  const ids = groups.map(({id}) => id).join(", ");
  if (decider === undefined) {
    return {allowed: false, tracked: false, reason: `no ${direction} rule of ${ids} allows it`};
  }
  const tracked = alwaysTracked || !isUntracked(decider.rule, request);
  const allows = `${decider.groupId} allows ${formatRule(decider.rule)}`;
  return {allowed: true, tracked, ...decider, reason: `${allows}; ${tracked ? "" : "un"}tracked`};
}

function isPeer({peer}: SecurityGroupRule, request: SecurityGroupRequest): boolean {
  const {direction, packet, isMember, prefixLists} = request;
  const address = direction === "inbound" ? packet.source : packet.destination;
  if (peer.startsWith("sg-")) return isMember?.(peer, address) ?? false;
  if (!peer.startsWith("pl-")) return Cidr.parse(peer).contains(address);
  const entries = prefixLists?.get(peer);
  if (entries === undefined) {
    throw new TypeError(`Cannot evaluate security groups: need prefix list ${peer}, got none`);
  }
  return entries.some((entry) => entry.contains(address));
}

function isOpen({peer}: SecurityGroupRule): boolean {
  return peer === "0.0.0.0/0";
}

function isUntracked(rule: SecurityGroupRule, request: SecurityGroupRequest): boolean {
  const {direction, packet, groups} = request;
  const {protocol} = packet;
  if (protocol !== IP_PROTOCOL.tcp && protocol !== IP_PROTOCOL.udp) return false;
  if (!isOpen(rule)) return false;
  const back: Direction = direction === "inbound" ? "outbound" : "inbound";
  return groups.some((group) =>
    group[back].some((other) => {
      const number = protocolNumber(other);
      return isOpen(other) && isEveryPort(other) && (number === -1 || number === protocol);
    }),
  );
}
