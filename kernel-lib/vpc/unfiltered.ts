import {IP_PROTOCOL, parseIpv4Address} from "../packet/index.js";
import type {Cidr} from "../packet/index.js";
import type {PacketSummary} from "./packet-summary.js";

const METADATA = parseIpv4Address("169.254.169.254");
const TIME_SYNC = parseIpv4Address("169.254.169.123");
const RESOLVER = parseIpv4Address("169.254.169.253");
const DNS_PORT = 53;

/** A service of AWS whose traffic passes by every filter. */
export type UnfilteredService = "instance metadata" | "Amazon DNS" | "DHCP" | "Amazon Time Sync";

/**
 * Names the service of AWS that a packet goes to or comes from, if security groups and network ACLs
 * do not look at it. Flow logs leave the same traffic out.
 *
 * Source: Amazon VPC User Guide, "Network ACL basics" (DNS, metadata), "Security groups" (all four)
 * and "Flow log limitations". Fidelity: public. Simplified: without licences of Windows, ECS's task
 * metadata and the router's own address.
 *
 * @param vpcCidr the VPC's first block, whose third address is the resolver's ("VPC+2")
 * @example
 * import {Cidr, parseIpv4Address} from "kernel-lib/packet";
 * import {unfilteredService} from "kernel-lib/vpc";
 * const source = parseIpv4Address("10.0.1.5");
 * const destination = parseIpv4Address("10.0.0.2");
 * const query = {protocol: 17, source, destination, sourcePort: 40000, destinationPort: 53};
 * unfilteredService(query, Cidr.parse("10.0.0.0/16")) // => 'Amazon DNS'
 * unfilteredService(query, Cidr.parse("10.1.0.0/16")) // => undefined
 */
export function unfilteredService(
  packet: PacketSummary,
  vpcCidr?: Cidr,
): UnfilteredService | undefined {
  const {protocol, source, destination, sourcePort, destinationPort} = packet;
  const isEnd = (address: number): boolean => source === address || destination === address;
  if (isEnd(METADATA)) return "instance metadata";
  if (isEnd(TIME_SYNC)) return "Amazon Time Sync";
  if (protocol === IP_PROTOCOL.udp && isDhcp(sourcePort) && isDhcp(destinationPort)) return "DHCP";
  if (protocol !== IP_PROTOCOL.udp && protocol !== IP_PROTOCOL.tcp) return undefined;
  const isResolver = (address: number, port: number): boolean =>
    port === DNS_PORT && (address === RESOLVER || address === (vpcCidr && vpcCidr.network + 2));
  const isDns = isResolver(source, sourcePort) || isResolver(destination, destinationPort);
  return isDns ? "Amazon DNS" : undefined;
}

function isDhcp(port: number): boolean {
  return port === 67 || port === 68;
}
