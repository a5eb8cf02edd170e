/** Packets as filters see them, for tests. */
import {IP_PROTOCOL, parseIpv4Address} from "kernel-lib/packet";
import type {PacketSummary} from "kernel-lib/vpc";
import fc from "fast-check";

/** "10.0.1.5:40000 > 10.0.2.10:443", TCP unless a protocol is given. */
export function packet(flow: string, protocol: number = IP_PROTOCOL.tcp!): PacketSummary {
  const [source, sourcePort, destination, destinationPort] = flow.split(/ > |:/);
  return {
    protocol,
    source: parseIpv4Address(source!),
    destination: parseIpv4Address(destination!),
    sourcePort: Number(sourcePort),
    destinationPort: Number(destinationPort),
  };
}

export function icmp(ends: string, icmpType: number, icmpCode: number): PacketSummary {
  const [source, destination] = ends.split(" > ");
  return {...packet(`${source}:0 > ${destination}:0`, 1), icmpType, icmpCode};
}

/** The packet that answers. */
export function reply(asked: PacketSummary): PacketSummary {
  const {source, destination, sourcePort, destinationPort} = asked;
  return {
    ...asked,
    source: destination,
    destination: source,
    sourcePort: destinationPort,
    destinationPort: sourcePort,
  };
}

const addresses = fc.constantFrom("10.0.1.5", "10.0.2.10", "203.0.113.9").map(parseIpv4Address);
const ports = fc.constantFrom(0, 22, 443, 1024, 40_000, 65_535);

/** Few values, so that rules match often. */
export const somePackets: fc.Arbitrary<PacketSummary> = fc.record({
  protocol: fc.constantFrom(1, 6, 17, 47),
  source: addresses,
  destination: addresses,
  sourcePort: ports,
  destinationPort: ports,
});

/** Blocks that the packets' addresses are often in. */
export const someBlocks: fc.Arbitrary<string> = fc.constantFrom(
  ...["0.0.0.0/0", "10.0.0.0/16", "10.0.1.0/24", "203.0.113.9/32", "192.0.2.0/24"],
);

/** What rules say besides addresses. */
export const someTraffic = fc.oneof(
  fc.constant({protocol: "all"} as const),
  fc.record({
    protocol: fc.constantFrom("tcp" as const, "udp" as const),
    ports: fc.constantFrom<[number, number]>([22, 22], [443, 443], [1024, 65_535], [0, 65_535]),
  }),
);
