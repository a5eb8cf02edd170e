/** Frames of every kind this library knows, by seed: valid, and as varied as the formats allow. */
import {
  DHCP_MESSAGE_TYPE,
  DHCP_OPTION,
  dhcpAddresses,
  dhcpNumber,
  dhcpReply,
  dhcpRequest,
  encodeFrame,
  formatIpv4Address,
  ICMP_TYPE,
  TCP_FLAG,
} from "kernel-lib/packet";
import type {FrameParts, TcpOption} from "kernel-lib/packet";
import type {Random} from "kernel-lib/random";

export const KINDS = [
  ...["arp", "tcp", "udp", "echo", "unreachable", "timeExceeded", "redirect"],
  ...["dhcpRequest", "dhcpReply", "firstFragment", "laterFragment", "ipv4Options"],
  ...["vxlan", "geneve", "other"],
] as const;

/** A frame of one kind. */
export function randomFrame(random: Random, kind: (typeof KINDS)[number]): Uint8Array {
  const number = (bits: number): number => random.integer({min: 0, max: 2 ** bits - 1});
  const payload = random.bytes(random.integer({min: 0, max: 40}));
  const base = {ethernet: randomEthernet(random), ipv4: randomIpv4(random)};
  const quote = encodeFrame({...base, ...randomUdp(random), payload}).slice(14, 42);
  const error = {...base, payload: quote};
  switch (kind) {
    case "arp":
      return encodeFrame({ethernet: base.ethernet, arp: randomArp(random)});
    case "tcp": {
      const tcp = randomTcp(random);
      // What follows a reset is its reason in words (RFC 9293 §3.10.7), which tshark reads.
      return encodeFrame({...base, tcp, ...((tcp.flags! & TCP_FLAG.rst) !== 0 ? {} : {payload})});
    }
    case "udp":
      return encodeFrame({...base, ...randomUdp(random), payload});
    case "echo": {
      const type = random.choice([ICMP_TYPE.echoRequest, ICMP_TYPE.echoReply]);
      const numbers = {identifier: number(16), sequence: number(16)};
      return encodeFrame({...base, icmp: {kind: "echo", type, code: 0, ...numbers}, payload});
    }
    case "unreachable": {
      const code = random.choice([0, 1, 2, 3, 4, 13]);
      const nextHopMtu = code === 4 ? random.integer({min: 68, max: 9001}) : 0;
      const icmp = {kind: "unreachable", type: 3, code, unused: 0, nextHopMtu} as const;
      return encodeFrame({...error, icmp});
    }
    case "timeExceeded":
      return encodeFrame({
        ...error,
        icmp: {kind: "timeExceeded", type: 11, code: random.choice([0, 1]), unused: 0},
      });
    case "redirect": {
      const gateway = randomAddress(random);
      return encodeFrame({...error, icmp: {kind: "redirect", type: 5, code: 1, gateway}});
    }
    case "dhcpRequest":
    case "dhcpReply":
      return encodeFrame({...base, udp: {}, dhcp: randomDhcp(random, kind)});
    case "firstFragment":
    case "laterFragment": {
      const first = kind === "firstFragment";
      const ipv4 = {
        ...base.ipv4,
        dontFragment: false,
        moreFragments: first || random.choice([true, false]),
        fragmentOffsetBytes: first ? 0 : 8 * random.integer({min: 1, max: 4000}),
        protocol: 17,
      };
      const whole = encodeFrame({...base, ...randomUdp(random), payload: random.bytes(64)});
      const length = 8 * random.integer({min: 2, max: 5});
      const piece = first ? whole.slice(34, 34 + length) : random.bytes(length);
      return encodeFrame({...base, ipv4, payload: piece});
    }
    case "ipv4Options": {
      const options = [
        {kind: "other", code: 148, data: Uint8Array.of(0, 0)},
        {kind: "noOperation"},
        {kind: "other", code: 7, data: Uint8Array.of(4, 0, 0, 0, 0)},
      ] as const;
      return encodeFrame({...base, ipv4: {...base.ipv4, options}, ...randomUdp(random), payload});
    }
    case "vxlan":
      return encodeFrame({
        ...{...base, udp: {}, vxlan: {vni: number(24)}},
        payload: randomFrame(random, random.choice(["tcp", "udp", "arp", "echo"])),
      });
    case "geneve": {
      const data = random.bytes(4 * random.integer({min: 0, max: 3}));
      const options = [{optionClass: 0x0108, type: number(7), reserved: 0, data}];
      return encodeFrame({
        ...{...base, udp: {}},
        geneve: {vni: number(24), options: random.choice([[], options])},
        payload: randomFrame(random, random.choice(["tcp", "udp", "arp", "echo"])),
      });
    }
    case "other":
      return encodeFrame({...base, ipv4: {...base.ipv4, protocol: 253}, payload});
    default:
      throw new Error(`no frame of kind ${kind satisfies string}`);
  }
}

function randomAddress(random: Random): string {
  // 10.0.0.0/8: no multicast and no loopback, which tshark remarks upon.
  return formatIpv4Address(0x0a000000 + random.integer({min: 256, max: 2 ** 24 - 257}));
}

function randomMac(random: Random): string {
  const bytes = [2, ...random.bytes(5)];
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(":");
}

function randomEthernet(random: Random): FrameParts["ethernet"] {
  return {destination: randomMac(random), source: randomMac(random)};
}

function randomIpv4(random: Random): NonNullable<FrameParts["ipv4"]> {
  return {
    source: randomAddress(random),
    destination: randomAddress(random),
    identification: random.integer({min: 0, max: 65535}),
    ttl: random.integer({min: 5, max: 255}),
    dscp: random.integer({min: 0, max: 63}),
    ecn: random.integer({min: 0, max: 3}),
    dontFragment: random.choice([true, false]),
  };
}

/** Ports that no dissector of tshark claims (`tshark -G decodes`). */
function randomPort(random: Random): number {
  return random.integer({min: 61_000, max: 65_535});
}

function randomUdp(random: Random): Pick<FrameParts, "udp"> {
  const ports = {sourcePort: randomPort(random), destinationPort: randomPort(random)};
  return {udp: random.choice([ports, ports, {...ports, checksum: 0}])};
}

function randomArp(random: Random): NonNullable<FrameParts["arp"]> {
  return {
    operation: random.choice([1, 2]),
    senderMac: randomMac(random),
    senderIp: randomAddress(random),
    targetMac: randomMac(random),
    targetIp: randomAddress(random),
  };
}

function randomTcp(random: Random): NonNullable<FrameParts["tcp"]> {
  const number = (bits: number): number => random.integer({min: 0, max: 2 ** bits - 1});
  const flags = random.choice([0x02, 0x12, 0x10, 0x18, 0x11, 0x04, 0x14, 0xc2, 0x52]);
  const opens = (flags & TCP_FLAG.syn) !== 0;
  const nop = {kind: "noOperation"} as const;
  const timestamps = {kind: "timestamps", value: number(32), echo: number(32)} as const;
  const acknowledgment = (flags & TCP_FLAG.ack) !== 0 ? number(31) : 0;
  // A gap lies between what is acknowledged and the block: otherwise it is a D-SACK (RFC 2883).
  const left = acknowledgment + 1460;
  const choices: TcpOption[][] = opens
    ? [
        [],
        [{kind: "maximumSegmentSize", bytes: random.integer({min: 536, max: 8961})}],
        [
          {kind: "maximumSegmentSize", bytes: 1460},
          {kind: "sackPermitted"},
          ...[timestamps, nop],
          {kind: "windowScale", shift: random.integer({min: 0, max: 14})},
        ],
      ]
    : [
        [],
        [nop, nop, timestamps],
        [nop, nop, {kind: "sack", blocks: [{left, right: left + 1460}]}],
        [
          {kind: "other", code: 253, data: random.bytes(4)},
          nop,
          {kind: "endOfList", padding: new Uint8Array(0)},
        ],
      ];
  return {
    sourcePort: randomPort(random),
    destinationPort: randomPort(random),
    sequence: number(32),
    acknowledgment,
    flags,
    window: number(16),
    options: random.choice(choices),
  };
}

function randomDhcp(
  random: Random,
  kind: "dhcpRequest" | "dhcpReply",
): NonNullable<FrameParts["dhcp"]> {
  const {messageType, subnetMask, router, leaseSeconds, requestedAddress} = DHCP_OPTION;
  const {discover, request, offer, ack} = DHCP_MESSAGE_TYPE;
  const question = dhcpRequest({
    mac: randomMac(random),
    transactionId: random.integer({min: 0, max: 2 ** 32 - 1}),
    options: [
      dhcpNumber(messageType, random.choice([discover, request]), 1),
      dhcpAddresses(requestedAddress, [randomAddress(random)]),
    ],
  });
  if (kind === "dhcpRequest") return question;
  const options = [
    dhcpNumber(messageType, random.choice([offer, ack]), 1),
    dhcpAddresses(subnetMask, ["255.255.255.0"]),
    dhcpAddresses(router, [randomAddress(random)]),
    dhcpNumber(leaseSeconds, random.integer({min: 60, max: 86_400}), 4),
  ];
  return dhcpReply(question, {yourAddress: randomAddress(random), options});
}
