/**
 * Whole frames with right lengths and checksums: what you say is written as you say it, what you
 * leave out is made right.
 *
 * Fidelity: public. Defaults are those of a Linux host where the RFCs leave a choice. A frame is
 * not padded to Ethernet's 60 bytes: a capture on the sender shows it without.
 */
import type {ArpPacket} from "./arp.js";
import {ARP_PACKET_BYTES, encodeArpPacket} from "./arp.js";
import {parseIpv4Address} from "./address.js";
import {write16} from "./big-endian.js";
import {fold, pseudoHeaderSum, sumWords} from "./checksum.js";
import {dhcpMessageBytes, encodeDhcpMessage} from "./dhcp.js";
import type {DhcpMessage} from "./dhcp.js";
import {encodeEthernetHeader, ETHER_TYPE, ETHERNET_HEADER_BYTES} from "./ethernet.js";
import type {EthernetHeader} from "./ethernet.js";
import {encodeGeneveHeader, geneveHeaderBytes} from "./geneve.js";
import type {GeneveHeader} from "./geneve.js";
import {encodeIcmpHeader, ICMP_HEADER_BYTES} from "./icmp.js";
import type {IcmpHeader} from "./icmp.js";
import {encodeIpv4Header, IP_PROTOCOL, ipv4HeaderBytes} from "./ipv4.js";
import type {Ipv4Header} from "./ipv4.js";
import {NO_OPTIONS} from "./option-list.js";
import {encodeTcpHeader, tcpHeaderBytes} from "./tcp.js";
import type {TcpHeader} from "./tcp.js";
import {tunnelSourcePort} from "./tunnel-source-port.js";
import {encodeUdpHeader, UDP_HEADER_BYTES, UDP_PORT} from "./udp.js";
import type {UdpHeader} from "./udp.js";
import {encodeVxlanHeader, VXLAN_HEADER_BYTES} from "./vxlan.js";
import type {VxlanHeader} from "./vxlan.js";

/** What a frame is made of: Ethernet, then at most one of each row. */
export interface FrameParts {
  readonly ethernet: Partial<EthernetHeader> & Pick<EthernetHeader, "source" | "destination">;
  readonly arp?: ArpPacket;
  /** Protocol from what follows, ttl 64, don't fragment, identification 0. */
  readonly ipv4?: Partial<Ipv4Header> & Pick<Ipv4Header, "source" | "destination">;
  /** Numbers 0 but for a window of 64,240, Linux's first one with a segment size of 1460. */
  readonly tcp?: Partial<TcpHeader> & Pick<TcpHeader, "sourcePort" | "destinationPort">;
  /** Ports may be left out where a tunnel or DHCP follows. */
  readonly udp?: Partial<UdpHeader>;
  readonly icmp?: WithoutChecksum<IcmpHeader>;
  /** Over UDP, whose checksum is then 0 if none is given (RFC 7348 §5). */
  readonly vxlan?: Partial<VxlanHeader> & Pick<VxlanHeader, "vni">;
  /** Over UDP; payload an Ethernet frame if no protocol is given. */
  readonly geneve?: Partial<GeneveHeader> & Pick<GeneveHeader, "vni">;
  /** Over UDP. */
  readonly dhcp?: DhcpMessage;
  /** What follows; behind a tunnel's header the inner frame. */
  readonly payload?: Uint8Array;
}

/** Each kind of a header, with the checksum left to be computed. */
export type WithoutChecksum<Header extends {checksum: number}> = Header extends unknown
  ? Omit<Header, "checksum"> & {readonly checksum?: number}
  : never;

const NOTHING = new Uint8Array(0);

/**
 * A frame with right lengths and checksums.
 *
 * @throws TypeError if a part is missing that another needs
 * @throws RangeError if a number does not fit its field, or the packet is longer than 65,535 bytes
 * @throws SyntaxError if an address is none
 * @example
 * import {formatHex} from "kernel-lib/bytes";
 * import {encodeFrame, TCP_FLAG} from "kernel-lib/packet";
 * const frame = encodeFrame({
 *   ethernet: {destination: "02:00:00:00:00:02", source: "02:00:00:00:00:01"},
 *   ipv4: {source: "10.0.1.5", destination: "10.0.2.10", identification: 0x1234},
 *   tcp: {sourcePort: 44321, destinationPort: 443, sequence: 1000, flags: TCP_FLAG.syn},
 * });
 * formatHex(frame.subarray(14, 26)) // => '45 00 00 28 12 34 40 00 40 06 11 8e'
 */
export function encodeFrame(parts: FrameParts): Uint8Array {
  checkParts(parts);
  const {payload = NOTHING} = parts;
  const sizes = sizesOf(parts);
  const frame = new Uint8Array(
    ETHERNET_HEADER_BYTES + sizes.network + sizes.transport + sizes.inner,
  );
  frame.set(payload, frame.length - payload.length);
  const networkAt = ETHERNET_HEADER_BYTES;
  const transportAt = networkAt + sizes.network;
  const innerAt = transportAt + sizes.transport;
  encodeEthernetHeader({...parts.ethernet, etherType: etherTypeOf(parts)}, frame);
  if (parts.arp !== undefined) encodeArpPacket(parts.arp, frame, networkAt);
  if (parts.ipv4 !== undefined) writeIpv4(parts, frame, networkAt, sizes.network);
  writeInner(parts, frame, innerAt);
  writeTransport(parts, frame, transportAt);
  return frame;
}

function checkParts({arp, ipv4, tcp, udp, icmp, vxlan, geneve, dhcp}: FrameParts): void {
  const count = (...choices: unknown[]): number => choices.filter((c) => c !== undefined).length;
  const [network, transport, inner] = [
    count(arp, ipv4),
    count(tcp, udp, icmp),
    count(vxlan, geneve, dhcp),
  ];
  if (network > 1 || transport > 1 || inner > 1) {
    throw new TypeError("Cannot encode frame: need at most one of each layer, got several");
  }
  if (transport > 0 && ipv4 === undefined) {
    throw new TypeError("Cannot encode frame: need ipv4 under tcp, udp and icmp, got none");
  }
  if (inner > 0 && udp === undefined) {
    throw new TypeError("Cannot encode frame: need udp under vxlan, geneve and dhcp, got none");
  }
}

/** Bytes of each layer that is there; payload counts to the innermost. */
function sizesOf(parts: FrameParts): {network: number; transport: number; inner: number} {
  const {arp, ipv4, tcp, udp, icmp, vxlan, geneve, dhcp, payload = NOTHING} = parts;
  const inner = vxlan
    ? VXLAN_HEADER_BYTES
    : geneve
      ? geneveHeaderBytes({options: geneve.options ?? NO_OPTIONS})
      : dhcp
        ? dhcpMessageBytes(dhcp)
        : 0;
  return {
    network: arp
      ? ARP_PACKET_BYTES
      : ipv4
        ? ipv4HeaderBytes({options: ipv4.options ?? NO_OPTIONS})
        : 0,
    transport: tcp
      ? tcpHeaderBytes({options: tcp.options ?? NO_OPTIONS})
      : udp
        ? UDP_HEADER_BYTES
        : icmp
          ? ICMP_HEADER_BYTES
          : 0,
    inner: inner + payload.length,
  };
}

function etherTypeOf({ethernet, arp, ipv4}: FrameParts): number {
  if (ethernet.etherType !== undefined) return ethernet.etherType;
  if (arp !== undefined) return ETHER_TYPE.arp;
  if (ipv4 !== undefined) return ETHER_TYPE.ipv4;
  throw new TypeError("Cannot encode frame: need an etherType without arp and ipv4, got none");
}

function writeIpv4(parts: FrameParts, frame: Uint8Array, at: number, sizeBytes: number): void {
  const {tcp, udp, icmp} = parts;
  const protocol = tcp
    ? IP_PROTOCOL.tcp
    : udp
      ? IP_PROTOCOL.udp
      : icmp
        ? IP_PROTOCOL.icmp
        : parts.ipv4!.protocol;
  if (protocol === undefined) {
    throw new TypeError(
      "Cannot encode frame: need ipv4.protocol without tcp, udp and icmp, got none",
    );
  }
  const header: Ipv4Header = {
    dscp: 0,
    ecn: 0,
    totalLength: frame.length - at,
    // RFC 6864 §4.1: of no meaning where the packet is not to be split.
    identification: 0,
    reservedFlag: false,
    dontFragment: true,
    moreFragments: false,
    fragmentOffsetBytes: 0,
    // RFC 1340, "IP TIME TO LIVE PARAMETER"; Linux's default.
    ttl: 64,
    protocol,
    checksum: 0,
    options: NO_OPTIONS,
    ...parts.ipv4!,
  };
  encodeIpv4Header(header, frame, at);
  if (parts.ipv4!.checksum === undefined) {
    write16(frame, at + 10, ~fold(sumWords(frame, at, at + sizeBytes)) & 0xffff);
  }
}

function writeInner({vxlan, geneve, dhcp}: FrameParts, frame: Uint8Array, at: number): void {
  // RFC 7348 §5: the I flag set, what is reserved zero.
  if (vxlan) encodeVxlanHeader({flags: 0x08, reserved: 0, reservedLast: 0, ...vxlan}, frame, at);
  if (geneve) {
    const plain = {control: false, critical: false, reserved: 0, reservedLast: 0};
    const defaults = {...plain, protocol: ETHER_TYPE.ethernet, options: NO_OPTIONS};
    encodeGeneveHeader({...defaults, ...geneve}, frame, at);
  }
  if (dhcp) encodeDhcpMessage(dhcp, frame, at);
}

/** Written last: its checksum covers all that follows. */
function writeTransport(parts: FrameParts, frame: Uint8Array, at: number): void {
  const {tcp, udp, icmp, ipv4} = parts;
  if (ipv4 === undefined) return;
  const [from, to] = [parseIpv4Address(ipv4.source), parseIpv4Address(ipv4.destination)];
  const checksum = (protocol: number): number => {
    const pseudo = protocol === 0 ? 0 : pseudoHeaderSum(from, to, protocol, frame.length - at);
    return ~fold(pseudo + sumWords(frame, at, frame.length)) & 0xffff;
  };
  if (tcp) {
    const numbers = {sequence: 0, acknowledgment: 0, reserved: 0, flags: 0, urgentPointer: 0};
    const defaults = {...numbers, window: 64_240, checksum: 0, options: NO_OPTIONS};
    encodeTcpHeader({...defaults, ...tcp}, frame, at);
    if (tcp.checksum === undefined) write16(frame, at + 16, checksum(IP_PROTOCOL.tcp));
  } else if (udp) {
    encodeUdpHeader(udpHeader(parts, frame.length - at), frame, at);
    if (udp.checksum === undefined && parts.vxlan === undefined) {
      // RFC 768: zero would mean that there is none.
      write16(frame, at + 6, checksum(IP_PROTOCOL.udp) || 0xffff);
    }
  } else if (icmp) {
    encodeIcmpHeader({checksum: 0, ...icmp}, frame, at);
    if (icmp.checksum === undefined) write16(frame, at + 2, checksum(0));
  }
}

function udpHeader(
  {udp, vxlan, geneve, dhcp, payload = NOTHING}: FrameParts,
  length: number,
): UdpHeader {
  let ports: {sourcePort: number; destinationPort: number} | undefined;
  if (vxlan) ports = {sourcePort: tunnelSourcePort(payload), destinationPort: UDP_PORT.vxlan};
  if (geneve) ports = {sourcePort: tunnelSourcePort(payload), destinationPort: UDP_PORT.geneve};
  if (dhcp) {
    const {dhcpClient, dhcpServer} = UDP_PORT;
    ports =
      dhcp.op === 1
        ? {sourcePort: dhcpClient, destinationPort: dhcpServer}
        : {sourcePort: dhcpServer, destinationPort: dhcpClient};
  }
  const {sourcePort = ports?.sourcePort, destinationPort = ports?.destinationPort} = udp!;
  if (sourcePort === undefined || destinationPort === undefined) {
    throw new TypeError("Cannot encode frame: need ports of udp without a tunnel, got none");
  }
  return {length, checksum: 0, ...udp, sourcePort, destinationPort};
}
