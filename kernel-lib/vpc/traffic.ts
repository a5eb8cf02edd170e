/**
 * The part of a rule that security groups and network ACLs share: which protocol, ports and ICMP
 * messages it means.
 *
 * Source: EC2 API, IpPermission and NetworkAclEntry; Amazon VPC User Guide, "Security group rules"
 * and "Network ACL rules". Fidelity: public.
 */
import {IP_PROTOCOL} from "../packet/index.js";
import type {PacketSummary} from "./packet-summary.js";

/** Seen from the network interface or the subnet. */
export type Direction = "inbound" | "outbound";

/** What a rule is about, besides addresses. */
export interface Traffic {
  /** A number is an IPv4 protocol number; "all" is every protocol and port. */
  readonly protocol: "all" | "tcp" | "udp" | "icmp" | number;
  /** First and last destination port, of TCP and UDP. Default: all. */
  readonly ports?: readonly [number, number];
  /** ICMP type and code; without code all codes. Default: all. */
  readonly icmp?: {readonly type: number; readonly code?: number};
}

const NUMBERS: Readonly<Record<string, number>> = IP_PROTOCOL;

/** The protocol's number; −1 for all, as in the EC2 API. */
export function protocolNumber({protocol}: Pick<Traffic, "protocol">): number {
  if (typeof protocol === "number") return protocol;
  return protocol === "all" ? -1 : NUMBERS[protocol]!;
}

/** Whether a packet is of this traffic. */
export function isTraffic(traffic: Traffic, packet: PacketSummary): boolean {
  const number = protocolNumber(traffic);
  if (number !== -1 && number !== packet.protocol) return false;
  const {ports, icmp} = traffic;
  if (ports && (packet.destinationPort < ports[0] || packet.destinationPort > ports[1]))
    return false;
  if (icmp === undefined) return true;
  if (icmp.type !== packet.icmpType) return false;
  return icmp.code === undefined || icmp.code === packet.icmpCode;
}

/** Whether every port of the protocol is meant: what the reply of any flow needs. */
export function isEveryPort({ports}: Traffic): boolean {
  return ports === undefined || (ports[0] === 0 && ports[1] === 65_535);
}

/**
 * Checks a rule's traffic.
 *
 * @param what begins the message, for example "add rule"
 * @throws TypeError if the protocol has no such name
 * @throws RangeError if a number is outside its range, or ports or ICMP do not go with the protocol
 */
export function checkTraffic(traffic: Traffic, what: string): void {
  const {protocol, ports, icmp} = traffic;
  const number = protocolNumber(traffic);
  if (number === undefined) {
    throw new TypeError(`Cannot ${what}: need all, tcp, udp, icmp or a number, got ${protocol}`);
  }
  if (number !== -1 && !isWhole(number, 255)) {
    throw new RangeError(`Cannot ${what}: need a protocol in [0, 255], got ${protocol}`);
  }
  if (ports !== undefined) {
    const hasPorts = number === IP_PROTOCOL.tcp || number === IP_PROTOCOL.udp;
    const [first, last] = ports;
    if (!hasPorts || !isWhole(first, 65_535) || !isWhole(last, 65_535) || first > last) {
      throw new RangeError(
        `Cannot ${what}: need tcp or udp with ports first <= last in [0, 65535], ` +
          `got ${protocol} with ${first} to ${last}`,
      );
    }
  }
  if (icmp === undefined) return;
  if (number !== IP_PROTOCOL.icmp || !isWhole(icmp.type, 255) || !isWhole(icmp.code ?? 0, 255)) {
    throw new RangeError(
      `Cannot ${what}: need icmp with type and code in [0, 255], ` +
        `got ${protocol} with ${icmp.type} and ${icmp.code}`,
    );
  }
}

function isWhole(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= most;
}

/** "tcp 22", "udp 1024-65535", "icmp 3/4", "all". */
export function formatTraffic({protocol, ports, icmp}: Traffic): string {
  if (ports) return `${protocol} ${ports[0] === ports[1] ? ports[0] : ports.join("-")}`;
  if (icmp) return `${protocol} ${icmp.type}/${icmp.code ?? "*"}`;
  return typeof protocol === "number" ? `protocol ${protocol}` : protocol;
}
