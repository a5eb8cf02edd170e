import {encodeFrame} from "kernel-lib/packet";
import type {FrameParts} from "kernel-lib/packet";
import {packetSummary} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";
import {icmp, packet} from "./packets.js";

const ethernet = {source: "02:00:00:00:00:01", destination: "02:00:00:00:00:02"};
const ipv4 = {source: "10.0.1.5", destination: "10.0.2.10"};

function summaryOf(parts: Omit<FrameParts, "ethernet" | "ipv4">, more: object = {}): unknown {
  return packetSummary(encodeFrame({ethernet, ipv4: {...ipv4, ...more}, ...parts}));
}

describe("packetSummary", () => {
  it("packetSummary() has the ports of TCP and UDP", () => {
    const ends = {sourcePort: 40_000, destinationPort: 443};
    expect(summaryOf({tcp: ends})).toEqual(packet("10.0.1.5:40000 > 10.0.2.10:443"));
    expect(summaryOf({udp: ends})).toEqual(packet("10.0.1.5:40000 > 10.0.2.10:443", 17));
  });

  it("packetSummary() has type and code of ICMP, and no ports, although an echo has an identifier", () => {
    const echo = {kind: "echo", type: 8, code: 0, identifier: 443, sequence: 1} as const;
    expect(summaryOf({icmp: echo})).toEqual(icmp("10.0.1.5 > 10.0.2.10", 8, 0));
  });

  it("packetSummary() takes nothing from a later fragment but the addresses", () => {
    const payload = Uint8Array.of(8, 0, 1, 2, 3, 4, 5, 6);
    const later = {fragmentOffsetBytes: 8, dontFragment: false};
    expect(summaryOf({payload}, {...later, protocol: 1})).toEqual(
      packet("10.0.1.5:0 > 10.0.2.10:0", 1),
    );
    expect(summaryOf({payload}, {...later, protocol: 17})).toEqual(
      packet("10.0.1.5:0 > 10.0.2.10:0", 17),
    );
  });

  it("packetSummary() has nothing to say about ARP", () => {
    const [senderMac, targetMac] = ["02:00:00:00:00:01", "00:00:00:00:00:00"];
    const arp = {operation: 1, senderMac, senderIp: "10.0.1.5", targetMac, targetIp: "10.0.1.1"};
    expect(packetSummary(encodeFrame({ethernet, arp}))).toBeUndefined();
  });
});
