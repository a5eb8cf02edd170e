import fc from "fast-check";
import {
  decodeVxlanHeader,
  describeVxlanHeader,
  encodeVxlanHeader,
  VXLAN_HEADER_FIELDS,
} from "kernel-lib/packet";
import {expect, it} from "vitest";
import {bits, itIsAFormat} from "./format-laws.js";
import {GOLDEN_FRAMES} from "./packet-vectors.js";

/** Behind outer Ethernet, IPv4 and UDP. */
const golden = GOLDEN_FRAMES["tcpSynInVxlan"]!.slice(42);
const peers = GOLDEN_FRAMES["pingInVxlan"]!.slice(42);

itIsAFormat({
  name: "VxlanHeader",
  fields: VXLAN_HEADER_FIELDS,
  encode: encodeVxlanHeader,
  decode: decodeVxlanHeader,
  describe: describeVxlanHeader,
  goldens: [
    {bytes: golden, sizeBytes: 8},
    {bytes: peers, sizeBytes: 8},
  ],
  values: fc.record({
    flags: bits(8).map((flags) => flags | 8),
    reserved: bits(24),
    vni: bits(24),
    reservedLast: bits(8),
  }),
  limits: {flags: 256, reserved: 2 ** 24, vni: 2 ** 24, reservedLast: 256},
});

it("decodeVxlanHeader() reads the published headers", () => {
  const plain = {flags: 8, reserved: 0, reservedLast: 0};
  expect(decodeVxlanHeader(golden)).toEqual({...plain, vni: 0xabcde});
  expect(decodeVxlanHeader(peers)).toEqual({...plain, vni: 0xff});
});

it("decodeVxlanHeader() refuses a header without the I flag (RFC 7348 §5)", () => {
  const bytes = golden.slice();
  bytes[0] = 0xf7;
  expect(() => decodeVxlanHeader(bytes)).toThrow(expect.objectContaining({offset: 0}));
});

it("describeVxlanHeader() shows what should be zero and is not", () => {
  const text = describeVxlanHeader({flags: 9, reserved: 1, vni: 5, reservedLast: 2});
  expect(text).toBe(
    "VXLAN network 5 (0x000005), flags 0x09, reserved 0x000001, last reserved 0x02",
  );
});
