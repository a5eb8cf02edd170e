import fc from "fast-check";
import {parseHex} from "kernel-lib/bytes";
import {
  decodeIcmpHeader,
  describeIcmpHeader,
  encodeIcmpHeader,
  ICMP_ECHO_FIELDS,
  ICMP_HEADER_FIELDS,
  ICMP_REDIRECT_FIELDS,
  ICMP_TYPE,
  ICMP_UNREACHABLE_FIELDS,
  internetChecksum,
} from "kernel-lib/packet";
import type {IcmpHeader} from "kernel-lib/packet";
import {expect, it} from "vitest";
import {bits, ipv4Addresses, itIsAFormat} from "./format-laws.js";
import {VECTORS} from "./packet-vectors.js";

const echo = parseHex(VECTORS.icmpEcho.bytes);
const tooBig = parseHex("0304 f71f 0000 05dc");
const redirect = parseHex("0501 effd 0a000101");
const expired = parseHex("0b00 f4ff 00000000");
const router = parseHex("0900 f2f9 01020304");

const start = {code: bits(8), checksum: bits(16)};
const values: fc.Arbitrary<IcmpHeader> = fc.oneof(
  fc.record({
    kind: fc.constant("echo" as const),
    type: fc.constantFrom(0, 8),
    ...start,
    identifier: bits(16),
    sequence: bits(16),
  }),
  fc.record({
    kind: fc.constant("unreachable" as const),
    type: fc.constant(3),
    ...start,
    unused: bits(16),
    nextHopMtu: bits(16),
  }),
  fc.record({
    kind: fc.constant("timeExceeded" as const),
    type: fc.constant(11),
    ...start,
    unused: bits(32),
  }),
  fc.record({
    kind: fc.constant("redirect" as const),
    type: fc.constant(5),
    ...start,
    gateway: ipv4Addresses,
  }),
  fc.record({
    kind: fc.constant("other" as const),
    type: bits(8).filter((type) => ![0, 3, 5, 8, 11].includes(type)),
    ...start,
    rest: bits(32),
  }),
);

/** The four bytes that depend on the type, by the table of that type. */
const rests = [
  {bytes: echo, fields: ICMP_ECHO_FIELDS},
  {bytes: tooBig, fields: ICMP_UNREACHABLE_FIELDS},
  {bytes: redirect, fields: ICMP_REDIRECT_FIELDS},
  {bytes: router, fields: [{name: "rest", bits: 32, meaning: ""}]},
  {bytes: expired, fields: [{name: "unused", bits: 32, meaning: ""}]},
];
for (const {bytes, fields} of rests) {
  itIsAFormat<IcmpHeader>({
    name: "IcmpHeader",
    fields: [...ICMP_HEADER_FIELDS.slice(0, 3), ...fields],
    encode: encodeIcmpHeader,
    decode: decodeIcmpHeader,
    describe: describeIcmpHeader,
    goldens: [{bytes, sizeBytes: 8}],
    values,
    structural: ["type"],
    limits: {type: 256, code: 256, checksum: 65536},
  });
}

it("decodeIcmpHeader() reads the published echo request", () => {
  expect(decodeIcmpHeader(echo)).toEqual({
    kind: "echo",
    type: ICMP_TYPE.echoRequest,
    code: 0,
    checksum: 0x8efe,
    identifier: 0x1234,
    sequence: 0xabcd,
  });
  expect(internetChecksum(echo)).toBe(0);
});

it("the other messages of this test have right checksums", () => {
  for (const bytes of [tooBig, redirect, expired, router]) expect(internetChecksum(bytes)).toBe(0);
});

it("decodeIcmpHeader() reads the MTU of the next hop (RFC 1191 §4)", () => {
  expect(decodeIcmpHeader(tooBig)).toMatchObject({kind: "unreachable", code: 4, nextHopMtu: 1500});
});

it("encodeIcmpHeader() refuses a kind that is not the type's, and numbers that do not fit", () => {
  const header = decodeIcmpHeader(echo);
  expect(() => encodeIcmpHeader({...header, type: 3})).toThrow(
    "need kind unreachable for type 3, got echo",
  );
  const wrong: IcmpHeader[] = [
    {kind: "echo", type: 8, code: 0, checksum: 0, identifier: 65536, sequence: 0},
    {kind: "unreachable", type: 3, code: 0, checksum: 0, unused: 0, nextHopMtu: -1},
    {kind: "timeExceeded", type: 11, code: 0, checksum: 0, unused: 2 ** 32},
    {kind: "other", type: 9, code: 0, checksum: 0, rest: 0.5},
  ];
  for (const one of wrong) expect(() => encodeIcmpHeader(one)).toThrow(RangeError);
});

it("describeIcmpHeader() puts each message into words", () => {
  const text = (hex: string): string => describeIcmpHeader(decodeIcmpHeader(parseHex(hex)));
  expect(text("0000 0000 0001 0002")).toContain("echo reply 2 of ping 1");
  expect(text("0304 f71f 0000 05dc")).toContain("fragmentation needed, next hop takes 1500 bytes");
  expect(text("0303 0000 0000 0000")).toContain("port unreachable");
  expect(text("030d 0000 0000 0000")).toContain("prohibited by a filter");
  expect(text("0309 0000 0000 0000")).toContain("code 9: unreachable");
  expect(text("0b00 0000 0000 0000")).toContain("time exceeded in transit");
  expect(text("0b01 0000 0000 0000")).toContain("time exceeded for the other fragments");
  expect(text("0501 0000 0a000101")).toContain("redirect to 10.0.1.1");
  expect(text("0900 0000 01020304")).toContain("type 9, code 0, rest 0x01020304");
});
