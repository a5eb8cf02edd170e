import {parseIpv4Address} from "../packet/index.js";
import type {Cidr} from "../packet/index.js";

/** What an address of a subnet is kept for. */
export type ReservedAddress = "network" | "router" | "dns" | "future use" | "broadcast";

/**
 * The first four addresses of a subnet and the last, which no interface gets, by their offset.
 *
 * Source: Amazon VPC User Guide, "Subnet sizing for IPv4". Fidelity: public.
 */
export const RESERVED_OFFSETS: readonly ReservedAddress[] = [
  "network",
  "router",
  "dns",
  "future use",
];

/**
 * What an address is kept for in its subnet, if it is one of the five.
 *
 * @param address text, or a whole number in [0, 2^32)
 * @example
 * import {Cidr} from "kernel-lib/packet";
 * import {reservedFor} from "kernel-lib/vpc";
 * const subnet = Cidr.parse("10.0.0.0/24");
 * reservedFor(subnet, "10.0.0.1") // => 'router'
 * reservedFor(subnet, "10.0.0.255") // => 'broadcast'
 * reservedFor(subnet, "10.0.0.4") // => undefined
 */
export function reservedFor(subnet: Cidr, address: string | number): ReservedAddress | undefined {
  const number = typeof address === "number" ? address : parseIpv4Address(address);
  // There is no broadcast in a VPC; the address is kept all the same.
  if (number === subnet.last) return "broadcast";
  return RESERVED_OFFSETS[number - subnet.network];
}
