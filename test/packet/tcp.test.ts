import fc from "fast-check";
import {parseHex} from "kernel-lib/bytes";
import {
  decodeTcpHeader,
  describeTcpHeader,
  encodeTcpHeader,
  formatTcpFlags,
  TCP_FLAG,
  TCP_HEADER_FIELDS,
} from "kernel-lib/packet";
import type {TcpHeader, TcpOption} from "kernel-lib/packet";
import {expect, it} from "vitest";
import {bits, itIsAFormat} from "./format-laws.js";
import {VECTORS} from "./packet-vectors.js";

const syn = parseHex(VECTORS.facts.inner).slice(34);
const golden = parseHex(VECTORS.tcp.bytes);
/** As Linux opens a connection, and as it acknowledges what came out of order. */
const opening = parseHex(
  "ad2101bb000003e800000000a002faf0eb1e0000 020405b4 0402 080a0000000100000002 01 030307",
);
const gap = parseHex(
  "ad2101bb000003e800000000a010faf0eb1e0000 0101 050a0000100000001800 1e04aabb 00000000",
);
/** Known codes with wrong lengths, which are kept, and padding that is not zero. */
const odd = parseHex("ad2101bb000003e8000000008010faf0eb1e0000 0203aa 0402 0502 1f03bb 0077");

const option: fc.Arbitrary<TcpOption> = fc.oneof(
  fc.constant<TcpOption>({kind: "noOperation"}),
  fc.record({kind: fc.constant("maximumSegmentSize" as const), bytes: bits(16)}),
  fc.record({kind: fc.constant("windowScale" as const), shift: bits(8)}),
  fc.constant<TcpOption>({kind: "sackPermitted"}),
  fc.record({
    kind: fc.constant("sack" as const),
    blocks: fc.array(fc.record({left: bits(32), right: bits(32)}), {minLength: 1, maxLength: 1}),
  }),
  fc.record({kind: fc.constant("timestamps" as const), value: bits(32), echo: bits(32)}),
  fc.record({
    kind: fc.constant("other" as const),
    code: fc.integer({min: 9, max: 255}),
    data: fc.uint8Array({maxLength: 8}),
  }),
);
const sizes: Record<string, number> = {
  ...{noOperation: 1, maximumSegmentSize: 4, windowScale: 3, sackPermitted: 2, sack: 10},
  timestamps: 10,
};
const options = fc.array(option, {maxLength: 3}).map((list): TcpOption[] => {
  const length = list.reduce(
    (sum, one) => sum + (one.kind === "other" ? 2 + one.data.length : sizes[one.kind]!),
    0,
  );
  const missing = (4 - (length % 4)) % 4;
  const padding = new Uint8Array(Math.max(0, missing - 1));
  return missing === 0 ? list : [...list, {kind: "endOfList", padding}];
});

const values: fc.Arbitrary<TcpHeader> = fc.record({
  sourcePort: bits(16),
  destinationPort: bits(16),
  sequence: bits(32),
  acknowledgment: bits(32),
  reserved: bits(4),
  flags: bits(8),
  window: bits(16),
  checksum: bits(16),
  urgentPointer: bits(16),
  options,
});

itIsAFormat({
  name: "TcpHeader",
  fields: TCP_HEADER_FIELDS,
  encode: encodeTcpHeader,
  decode: decodeTcpHeader,
  describe: describeTcpHeader,
  goldens: [
    {bytes: syn, sizeBytes: 20},
    {bytes: golden, sizeBytes: 24},
    {bytes: opening, sizeBytes: 40},
    {bytes: odd, sizeBytes: 32},
  ],
  values,
  structural: ["headerLength"],
  limits: {
    ...{sourcePort: 65536, destinationPort: 65536, sequence: 2 ** 32, acknowledgment: 2 ** 32},
    ...{reserved: 16, flags: 256, window: 65536, checksum: 65536, urgentPointer: 65536},
  },
});

it("decodeTcpHeader() reads the published segment", () => {
  expect(decodeTcpHeader(golden)).toEqual({
    sourcePort: 48896,
    destinationPort: 80,
    sequence: 0x01234567,
    acknowledgment: 0x89abcdef,
    reserved: 0,
    flags: TCP_FLAG.fin | TCP_FLAG.rst | TCP_FLAG.ack | TCP_FLAG.urg,
    window: 0x0123,
    checksum: 0x01b6,
    urgentPointer: 0x0201,
    options: [{kind: "windowScale", shift: 12}, {kind: "noOperation"}],
  });
});

it("decodeTcpHeader() reads the options with which Linux opens a connection", () => {
  expect(decodeTcpHeader(opening).options).toEqual([
    {kind: "maximumSegmentSize", bytes: 1460},
    {kind: "sackPermitted"},
    {kind: "timestamps", value: 1, echo: 2},
    {kind: "noOperation"},
    {kind: "windowScale", shift: 7},
  ]);
});

it("decodeTcpHeader() reads selective acknowledgements and keeps what it does not know", () => {
  expect(decodeTcpHeader(gap).options).toEqual([
    {kind: "noOperation"},
    {kind: "noOperation"},
    {kind: "sack", blocks: [{left: 0x1000, right: 0x1800}]},
    {kind: "other", code: 0x1e, data: Uint8Array.of(0xaa, 0xbb)},
    {kind: "endOfList", padding: new Uint8Array(3)},
  ]);
});

it("decodeTcpHeader() keeps an option of a known code and a wrong length as it is", () => {
  const kinds = decodeTcpHeader(odd).options.map((one) =>
    one.kind === "other" ? `${one.code}:${one.data.length}` : one.kind,
  );
  expect(kinds).toEqual(["2:1", "sackPermitted", "5:0", "31:1", "endOfList"]);
  expect(encodeTcpHeader(decodeTcpHeader(odd))).toEqual(odd);
});

it("decodeTcpHeader() says where the damage is", () => {
  const damaged = (at: number, byte: number): Uint8Array => {
    const bytes = opening.slice();
    bytes[at] = byte;
    return bytes;
  };
  const offsets: [Uint8Array, number][] = [
    [damaged(12, 0x40), 12], // a header of 16 bytes
    [damaged(12, 0xb0), 40], // a header of 44 bytes
    [damaged(21, 0), 20], // an option of no bytes, which would never end
    [damaged(38, 4), 37], // an option that runs over the header
  ];
  for (const [bytes, offset] of offsets) {
    expect(() => decodeTcpHeader(bytes)).toThrow(expect.objectContaining({offset}));
  }
});

it("encodeTcpHeader() refuses option numbers that do not fit, and more than 40 bytes", () => {
  const header = decodeTcpHeader(syn);
  const refused: TcpOption[] = [
    {kind: "maximumSegmentSize", bytes: 65536},
    {kind: "windowScale", shift: 256},
    {kind: "timestamps", value: -1, echo: 0},
    {kind: "sack", blocks: [{left: 0, right: 2 ** 32}]},
    {kind: "sack", blocks: Array.from({length: 5}, () => ({left: 0, right: 0}))},
    {kind: "other", code: 0, data: new Uint8Array(0)},
  ];
  for (const one of refused) {
    expect(() => encodeTcpHeader({...header, options: [one]})).toThrow(RangeError);
  }
  const four = Array.from({length: 4}, (_, left) => ({left, right: left}));
  expect(encodeTcpHeader({...header, options: [{kind: "sack", blocks: four}]})).toHaveLength(56);
});

it("formatTcpFlags() names each of the eight bits", () => {
  const names = Array.from({length: 8}, (_, bit) => formatTcpFlags(1 << bit));
  expect(names).toEqual(["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"]);
  expect(formatTcpFlags(0)).toBe("none");
});
