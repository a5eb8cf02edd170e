import fc from "fast-check";
import {parseHex} from "kernel-lib/bytes";
import {
  decodeEthernetHeader,
  describeEthernetHeader,
  encodeEthernetHeader,
  ETHERNET_HEADER_FIELDS,
} from "kernel-lib/packet";
import {expect, it} from "vitest";
import {bits, itIsAFormat, macAddresses} from "./format-laws.js";
import {VECTORS} from "./packet-vectors.js";

const golden = parseHex(VECTORS.facts.inner);

itIsAFormat({
  name: "EthernetHeader",
  fields: ETHERNET_HEADER_FIELDS,
  encode: encodeEthernetHeader,
  decode: decodeEthernetHeader,
  describe: describeEthernetHeader,
  goldens: [{bytes: golden, sizeBytes: 14}],
  values: fc.record({destination: macAddresses, source: macAddresses, etherType: bits(16)}),
  limits: {etherType: 65536},
});

it("decodeEthernetHeader() reads the published frame", () => {
  expect(decodeEthernetHeader(golden)).toEqual({
    destination: "02:00:00:00:00:02",
    source: "02:00:00:00:00:01",
    etherType: 0x0800,
  });
});

it("encodeEthernetHeader() reads MAC addresses in either case and refuses all else", () => {
  const header = decodeEthernetHeader(golden);
  const upper = encodeEthernetHeader({...header, source: "AB:CD:EF:01:23:45"});
  expect(upper.subarray(6, 12)).toEqual(parseHex("abcdef012345"));
  for (const source of ["", "02:00:00:00:00", "02-00-00-00-00-01", "0g:00:00:00:00:01", 7]) {
    expect(() => encodeEthernetHeader({...header, source: source as string})).toThrow(SyntaxError);
  }
  for (const source of ["02:00:00:00:00:01:", "20:0:00:00:00:001", "02:00:00:00:00:1g"]) {
    expect(() => encodeEthernetHeader({...header, source})).toThrow(SyntaxError);
  }
});

it("describeEthernetHeader() names the types it knows", () => {
  const header = decodeEthernetHeader(golden);
  expect(describeEthernetHeader(header)).toContain("0x0800 (IPv4)");
  expect(describeEthernetHeader({...header, etherType: 0x8100})).toMatch(/type 0x8100$/);
});
