import fc from "fast-check";
import {parseHex} from "kernel-lib/bytes";
import {
  decodeUdpHeader,
  describeUdpHeader,
  encodeUdpHeader,
  UDP_HEADER_FIELDS,
} from "kernel-lib/packet";
import {expect, it} from "vitest";
import {bits, itIsAFormat} from "./format-laws.js";
import {VECTORS} from "./packet-vectors.js";

const golden = parseHex(VECTORS.udp.bytes);

itIsAFormat({
  name: "UdpHeader",
  fields: UDP_HEADER_FIELDS,
  encode: encodeUdpHeader,
  decode: decodeUdpHeader,
  describe: describeUdpHeader,
  goldens: [{bytes: golden, sizeBytes: 8}],
  values: fc.record({
    sourcePort: bits(16),
    destinationPort: bits(16),
    length: fc.integer({min: 8, max: 65535}),
    checksum: bits(16),
  }),
  limits: {sourcePort: 65536, destinationPort: 65536, length: 65536, checksum: 65536},
});

it("decodeUdpHeader() reads the published datagram", () => {
  expect(decodeUdpHeader(golden)).toEqual({
    sourcePort: 48896,
    destinationPort: 53,
    length: 12,
    checksum: 0x124d,
  });
});

it("decodeUdpHeader() refuses a length that does not cover the header", () => {
  const short = golden.slice();
  short[5] = 7;
  expect(() => decodeUdpHeader(short)).toThrow(expect.objectContaining({offset: 4}));
});

it("describeUdpHeader() says when there is no checksum", () => {
  const header = decodeUdpHeader(golden);
  expect(describeUdpHeader(header)).toBe("UDP 48896 → 53, 12 bytes, checksum 0x124d");
  expect(describeUdpHeader({...header, checksum: 0})).toContain("no checksum");
});
