import fc from "fast-check";
import {parseHex} from "kernel-lib/bytes";
import {
  ARP_PACKET_FIELDS,
  decodeArpPacket,
  describeArpPacket,
  encodeArpPacket,
} from "kernel-lib/packet";
import {expect, it} from "vitest";
import {bits, ipv4Addresses, itIsAFormat, macAddresses} from "./format-laws.js";
import {VECTORS} from "./packet-vectors.js";

const golden = parseHex(VECTORS.arp.bytes);

itIsAFormat({
  name: "ArpPacket",
  fields: ARP_PACKET_FIELDS,
  encode: encodeArpPacket,
  decode: decodeArpPacket,
  describe: describeArpPacket,
  goldens: [{bytes: golden, sizeBytes: 28}],
  values: fc.record({
    operation: bits(16),
    senderMac: macAddresses,
    senderIp: ipv4Addresses,
    targetMac: macAddresses,
    targetIp: ipv4Addresses,
  }),
  limits: {operation: 65536},
});

it("decodeArpPacket() reads the published packet", () => {
  expect(decodeArpPacket(golden)).toEqual({
    operation: 1,
    senderMac: "11:12:13:14:15:16",
    senderIp: "33.34.35.36",
    targetMac: "31:32:33:34:35:36",
    targetIp: "65.66.67.68",
  });
});

it("decodeArpPacket() refuses other links and protocols, and says where", () => {
  const [token, ipv6] = [golden.slice(), golden.slice()];
  token[1] = 6;
  ipv6[5] = 16;
  expect(() => decodeArpPacket(token)).toThrow(expect.objectContaining({offset: 0}));
  expect(() => decodeArpPacket(ipv6)).toThrow(expect.objectContaining({offset: 4}));
});

it("describeArpPacket() puts question and answer into words", () => {
  const packet = decodeArpPacket(golden);
  expect(describeArpPacket(packet)).toContain("who has 65.66.67.68");
  expect(describeArpPacket({...packet, operation: 2})).toContain("33.34.35.36 is at 11:12:");
  expect(describeArpPacket({...packet, operation: 9})).toContain("operation 9");
});
