import fc from "fast-check";
import {parseHex} from "kernel-lib/bytes";
import {
  decodeIpv4Header,
  describeIpv4Header,
  encodeIpv4Header,
  IPV4_HEADER_FIELDS,
} from "kernel-lib/packet";
import type {Ipv4Header, Ipv4Option} from "kernel-lib/packet";
import {expect, it} from "vitest";
import {bits, ipv4Addresses, itIsAFormat} from "./format-laws.js";
import {VECTORS} from "./packet-vectors.js";

const syn = parseHex(VECTORS.facts.inner).slice(14);
const fragment = parseHex(VECTORS.ipv4.bytes);
/** A router alert, no operation, and an end with a byte of padding. */
const withOptions = parseHex(`47${VECTORS.ipv4.bytes.slice(2, 40)} 94040000 01000000 aa`);

/** Options that fill whole words, as a decoder gives them back. */
const options: fc.Arbitrary<Ipv4Option[]> = fc
  .array(
    fc.oneof(
      fc.constant<Ipv4Option>({kind: "noOperation"}),
      fc.record({
        kind: fc.constant("other" as const),
        code: fc.integer({min: 2, max: 255}),
        data: fc.uint8Array({maxLength: 7}),
      }),
    ),
    {maxLength: 3},
  )
  .map((list) => {
    const length = list.reduce((n, o) => n + (o.kind === "other" ? 2 + o.data.length : 1), 0);
    const missing = (4 - (length % 4)) % 4;
    const padding = new Uint8Array(Math.max(0, missing - 1));
    return missing === 0 ? list : [...list, {kind: "endOfList" as const, padding}];
  });

const values: fc.Arbitrary<Ipv4Header> = fc.record({
  dscp: bits(6),
  ecn: bits(2),
  totalLength: fc.integer({min: 60, max: 65535}),
  identification: bits(16),
  reservedFlag: fc.boolean(),
  dontFragment: fc.boolean(),
  moreFragments: fc.boolean(),
  fragmentOffsetBytes: bits(13).map((units) => 8 * units),
  ttl: bits(8),
  protocol: bits(8),
  checksum: bits(16),
  source: ipv4Addresses,
  destination: ipv4Addresses,
  options,
});

itIsAFormat({
  name: "Ipv4Header",
  fields: IPV4_HEADER_FIELDS,
  encode: encodeIpv4Header,
  decode: decodeIpv4Header,
  describe: describeIpv4Header,
  goldens: [
    {bytes: syn, sizeBytes: 20},
    {bytes: fragment, sizeBytes: 20},
    {bytes: withOptions, sizeBytes: 28},
  ],
  values,
  structural: ["headerLength"],
  limits: {
    ...{dscp: 64, ecn: 4, totalLength: 65536, identification: 65536, ttl: 256, protocol: 256},
    ...{fragmentOffsetBytes: 65536, checksum: 65536},
  },
});

it("decodeIpv4Header() reads the published fragment", () => {
  expect(decodeIpv4Header(fragment)).toEqual({
    dscp: 0,
    ecn: 0,
    totalLength: 30,
    identification: 0x102,
    reservedFlag: false,
    dontFragment: true,
    moreFragments: true,
    fragmentOffsetBytes: 0x203 * 8,
    ttl: 0x1a,
    protocol: 1,
    checksum: 0xd56e,
    source: "17.18.19.20",
    destination: "33.34.35.36",
    options: [],
  });
});

it("decodeIpv4Header() reads options, and gives their data as views", () => {
  const header = decodeIpv4Header(withOptions);
  expect(header.options).toEqual([
    {kind: "other", code: 148, data: Uint8Array.of(0, 0)},
    {kind: "noOperation"},
    {kind: "endOfList", padding: Uint8Array.of(0, 0)},
  ]);
  expect((header.options[0] as {data: Uint8Array}).data.buffer).toBe(withOptions.buffer);
  expect(describeIpv4Header(header)).toContain("router alert (00 00), no operation, end of list");
});

it("decodeIpv4Header() says where the damage is", () => {
  const damaged = (at: number, byte: number): Uint8Array => {
    const bytes = withOptions.slice();
    bytes[at] = byte;
    return bytes;
  };
  const offsets: [Uint8Array, number][] = [
    [damaged(0, 0x67), 0], // version 6
    [damaged(0, 0x44), 0], // a header of 16 bytes
    [damaged(0, 0x4f), withOptions.length], // a header of 60 bytes
    [damaged(3, 27), 2], // a total length below the header's
    [damaged(21, 1), 20], // an option of one byte
    [damaged(21, 9), 20], // an option that runs over the header
  ];
  for (const [bytes, offset] of offsets) {
    expect(() => decodeIpv4Header(bytes)).toThrow(expect.objectContaining({offset}));
  }
});

it("encodeIpv4Header() pads options with zeros, and refuses more than 40 bytes of them", () => {
  const header = decodeIpv4Header(syn);
  const encoded = encodeIpv4Header({...header, options: [{kind: "noOperation"}]});
  expect(encoded.subarray(20)).toEqual(Uint8Array.of(1, 0, 0, 0));
  expect(encoded[0]).toBe(0x46);
  const other = (code: number, length: number): Ipv4Option[] => [
    {kind: "other", code, data: new Uint8Array(length)},
  ];
  expect(encodeIpv4Header({...header, options: other(7, 38)})).toHaveLength(60);
  expect(() => encodeIpv4Header({...header, options: other(7, 39)})).toThrow(RangeError);
  expect(() => encodeIpv4Header({...header, options: other(1, 2)})).toThrow(RangeError);
  expect(() => encodeIpv4Header({...header, options: other(256, 2)})).toThrow(RangeError);
});

it("encodeIpv4Header() refuses a fragment offset that is no multiple of 8", () => {
  const header = decodeIpv4Header(syn);
  expect(() => encodeIpv4Header({...header, fragmentOffsetBytes: 12})).toThrow(
    "need a fragment offset in units of 8 bytes, got 12",
  );
  expect(() => encodeIpv4Header({...header, source: "10.0.1"})).toThrow(SyntaxError);
});

it("describeIpv4Header() names what is out of the ordinary", () => {
  const header = {...decodeIpv4Header(fragment), reservedFlag: true, dscp: 46, ecn: 3};
  const text = describeIpv4Header({...header, protocol: 47});
  for (const word of ["dscp 46", "ecn 3", "reserved flag", "fragment at 4120", "protocol 47"]) {
    expect(text).toContain(word);
  }
});
