import fc from "fast-check";
import {
  decodeGeneveHeader,
  describeGeneveHeader,
  encodeGeneveHeader,
  GENEVE_HEADER_FIELDS,
  GENEVE_OPTION_FIELDS,
} from "kernel-lib/packet";
import type {GeneveOption} from "kernel-lib/packet";
import {expect, it} from "vitest";
import {bits, itIsAFormat} from "./format-laws.js";
import {GOLDEN_FRAMES} from "./packet-vectors.js";

/** Behind outer Ethernet, IPv4 and UDP. */
const golden = GOLDEN_FRAMES["tcpSynInGeneve"]!.slice(42);
const withOption = GOLDEN_FRAMES["pingInGeneveWithOption"]!.slice(42);

const option: fc.Arbitrary<GeneveOption> = fc.record({
  optionClass: bits(16),
  type: bits(8),
  reserved: bits(3),
  data: fc.nat(3).chain((words) => fc.uint8Array({minLength: 4 * words, maxLength: 4 * words})),
});

itIsAFormat({
  name: "GeneveHeader",
  fields: GENEVE_HEADER_FIELDS,
  encode: encodeGeneveHeader,
  decode: decodeGeneveHeader,
  describe: describeGeneveHeader,
  goldens: [
    {bytes: golden, sizeBytes: 8},
    {bytes: withOption, sizeBytes: 16},
  ],
  values: fc.record({
    control: fc.boolean(),
    critical: fc.boolean(),
    reserved: bits(6),
    protocol: bits(16),
    vni: bits(24),
    reservedLast: bits(8),
    options: fc.array(option, {maxLength: 4}),
  }),
  structural: ["optionsLength"],
  limits: {reserved: 64, protocol: 65536, vni: 2 ** 24, reservedLast: 256},
});

it("decodeGeneveHeader() reads the published headers", () => {
  expect(decodeGeneveHeader(golden)).toEqual({
    ...{control: false, critical: false, reserved: 0, protocol: 0x6558},
    ...{vni: 0xabcde, reservedLast: 0, options: []},
  });
  expect(decodeGeneveHeader(withOption)).toEqual({
    ...{control: false, critical: true, reserved: 0, protocol: 0x6558},
    ...{vni: 0xa, reservedLast: 0},
    options: [{optionClass: 0, type: 0x80, reserved: 0, data: Uint8Array.of(0, 0, 0, 12)}],
  });
});

it("GENEVE_OPTION_FIELDS says where the parts of an option stand", () => {
  expect(GENEVE_OPTION_FIELDS.reduce((sum, {bits: count}) => sum + count, 0)).toBe(32);
});

it("decodeGeneveHeader() says where the damage is", () => {
  const damaged = (at: number, byte: number): Uint8Array => {
    const bytes = withOption.slice();
    bytes[at] = byte;
    return bytes;
  };
  expect(() => decodeGeneveHeader(damaged(0, 0x42))).toThrow(expect.objectContaining({offset: 0}));
  expect(() => decodeGeneveHeader(damaged(11, 2))).toThrow(expect.objectContaining({offset: 8}));
});

it("encodeGeneveHeader() refuses options that cannot be written", () => {
  const header = decodeGeneveHeader(golden);
  const [good, long] = [{optionClass: 1, type: 1, reserved: 0, data: new Uint8Array(124)}, 124 + 4];
  const refused: GeneveOption[][] = [
    [{...good, data: new Uint8Array(3)}],
    [{...good, data: new Uint8Array(long)}],
    [{...good, reserved: 8}],
    [{...good, optionClass: 65536}],
    [{...good, type: 256}],
    [good, good],
  ];
  for (const options of refused) {
    expect(() => encodeGeneveHeader({...header, options})).toThrow(RangeError);
  }
  const rest = {...good, data: new Uint8Array(120)};
  expect(encodeGeneveHeader({...header, options: [good, rest]})).toHaveLength(8 + 252);
});

it("describeGeneveHeader() shows flags, options and what should be zero", () => {
  const header = decodeGeneveHeader(withOption);
  const text = describeGeneveHeader({...header, control: true, reserved: 1, reservedLast: 2});
  expect(text).toBe(
    "Geneve network 10 (0x00000a), payload 0x6558 (Ethernet), control, critical, reserved 0x01, " +
      "last reserved 0x02, option 0x0000/128 (00 00 00 0c)",
  );
});
