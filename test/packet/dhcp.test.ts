import fc from "fast-check";
import {parseHex} from "kernel-lib/bytes";
import {
  decodeDhcpMessage,
  describeDhcpMessage,
  DHCP_MESSAGE_FIELDS,
  DHCP_OPTION,
  encodeDhcpMessage,
} from "kernel-lib/packet";
import type {DhcpMessage, DhcpOption} from "kernel-lib/packet";
import {expect, it} from "vitest";
import {bits, ipv4Addresses, itIsAFormat} from "./format-laws.js";
import {VECTORS} from "./packet-vectors.js";

const discover = parseHex(VECTORS.dhcpDiscover.bytes);
const ack = parseHex(VECTORS.dhcpAck.bytes);

const option: fc.Arbitrary<DhcpOption> = fc.oneof(
  fc.record({
    code: fc.integer({min: 1, max: 254}),
    data: fc.uint8Array({maxLength: 255, size: "max"}),
  }),
  fc.constant({code: 0, data: new Uint8Array(0)}),
);
const exactly = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({minLength: length, maxLength: length});

itIsAFormat<DhcpMessage>({
  name: "DhcpMessage",
  fields: DHCP_MESSAGE_FIELDS,
  encode: encodeDhcpMessage,
  decode: decodeDhcpMessage,
  describe: describeDhcpMessage,
  goldens: [
    {bytes: discover, sizeBytes: 269},
    {bytes: ack, sizeBytes: 268},
  ].map(({bytes, sizeBytes}) => ({bytes: bytes.slice(0, sizeBytes), sizeBytes})),
  values: fc.record({
    ...{op: bits(8), hardwareType: bits(8), hardwareLength: bits(8), hops: bits(8)},
    ...{transactionId: bits(32), seconds: bits(16), flags: bits(16)},
    ...{clientAddress: ipv4Addresses, yourAddress: ipv4Addresses},
    ...{serverAddress: ipv4Addresses, relayAddress: ipv4Addresses},
    ...{clientHardware: exactly(16), serverName: exactly(64), bootFile: exactly(128)},
    options: fc
      .tuple(fc.array(option, {maxLength: 5}), fc.uint8Array({maxLength: 9}))
      .map(([list, data]) => [...list, {code: DHCP_OPTION.end, data}]),
  }),
  limits: {
    ...{op: 256, hardwareType: 256, hardwareLength: 256, hops: 256},
    ...{transactionId: 2 ** 32, seconds: 65536, flags: 65536},
  },
});

it("decodeDhcpMessage() reads the published discover, and keeps what follows its end", () => {
  const message = decodeDhcpMessage(discover);
  expect(message).toMatchObject({op: 1, transactionId: 0x3d1d, yourAddress: "0.0.0.0"});
  expect(message.options.map(({code, data}) => [code, data.length])).toEqual([
    ...[[53, 1]],
    ...[[61, 7]],
    ...[[50, 4]],
    ...[[57, 2]],
    ...[[55, 4]],
    ...[[255, 7]],
  ]);
  expect(encodeDhcpMessage(message)).toEqual(discover);
});

it("decodeDhcpMessage() reads the published ack", () => {
  const message = decodeDhcpMessage(ack);
  expect(message).toMatchObject({op: 2, yourAddress: "10.34.16.11", serverAddress: "10.34.16.10"});
  expect(describeDhcpMessage(message)).toBe(
    "DHCP to client 04 91 62 d2 a8 6f, transaction 0x00000006, your address 10.34.16.11, " +
      "server address 10.34.16.10, message type ack, server identifier 10.34.16.10, " +
      "lease seconds 598, subnet mask 255.255.255.0, router 10.34.16.10",
  );
  expect(encodeDhcpMessage(message)).toEqual(ack);
});

it("decodeDhcpMessage() says where the damage is", () => {
  const damaged = (at: number, byte: number): Uint8Array => {
    const bytes = ack.slice(0, 268);
    bytes[at] = byte;
    return bytes;
  };
  const offsets: [Uint8Array, number][] = [
    [damaged(237, 0), 236], // no magic cookie: BOOTP without options
    [damaged(262, 9), 261], // the router's option runs over the end
    [damaged(267, 0), 268], // no end option (RFC 2131 §4.1)
    [damaged(267, 7), 267], // an option without a length
  ];
  for (const [bytes, offset] of offsets) {
    expect(() => decodeDhcpMessage(bytes)).toThrow(expect.objectContaining({offset}));
  }
});

it("encodeDhcpMessage() refuses blocks of a wrong length and options that cannot be written", () => {
  const message = decodeDhcpMessage(ack);
  const end = {code: DHCP_OPTION.end, data: new Uint8Array(0)};
  expect(() => encodeDhcpMessage({...message, serverName: new Uint8Array(63)})).toThrow(
    "need 64 bytes of serverName, got 63",
  );
  const refused: DhcpOption[][] = [
    [],
    [{code: 1, data: new Uint8Array(4)}],
    [end, end],
    [{code: 256, data: new Uint8Array(0)}, end],
    [{code: 12, data: new Uint8Array(256)}, end],
    [{code: 0, data: new Uint8Array(1)}, end],
  ];
  for (const options of refused) {
    expect(() => encodeDhcpMessage({...message, options})).toThrow(RangeError);
  }
});
