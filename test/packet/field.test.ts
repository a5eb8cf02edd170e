import {formatFields, IPV4_HEADER_FIELDS, DHCP_MESSAGE_FIELDS} from "kernel-lib/packet";
import {expect, it} from "vitest";

it("formatFields() draws the header of IPv4 as RFC 791 §3.1 does", () => {
  expect(`\n${formatFields(IPV4_HEADER_FIELDS)}\n`).toMatchInlineSnapshot(`
    "
    +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    |version|headerL|   dscp    |ecn|          totalLength          |
    +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    |        identification         |r|d|m|   fragmentOffsetBytes   |
    +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    |      ttl      |   protocol    |           checksum            |
    +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    |                            source                             |
    +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    |                          destination                          |
    +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    "
  `);
});

it("formatFields() cuts a field of many rows to two", () => {
  const lines = formatFields(DHCP_MESSAGE_FIELDS).split("\n");
  expect(lines.every((line) => line.length === 65)).toBe(true);
  expect(
    lines.filter((line) => /bytes/.test(line)).map((line) => line.replace(/[| ]/g, "")),
  ).toEqual(["(16bytes)", "(64bytes)", "(128bytes)"]);
});
