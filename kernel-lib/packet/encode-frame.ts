/**
 * Whole frames with right lengths and checksums: what you say is written as you say it, what you
 * leave out is made right.
 *
 * Fidelity: public. Defaults are those of a Linux host where the RFCs leave a choice. A frame is
 * not padded to Ethernet's 60 bytes: a capture on the sender shows it without.
 */
import {ARP_PACKET_BYTES, encodeArpPacket} from "./arp.js";
import {parseIpv4Address} from "./address.js";
import {write16} from "./big-endian.js";
import {fold, pseudoHeaderSum, sumWords} from "./checksum.js";
import {dhcpMessageBytes, encodeDhcpMessage} from "./dhcp.js";
import {encodeEthernetHeader, ETHER_TYPE, ETHERNET_HEADER_BYTES} from "./ethernet.js";
import {
  fullGeneveHeader,
  fullIpv4Header,
  fullTcpHeader,
  fullUdpHeader,
  fullVxlanHeader,
} from "./frame-parts.js";
import type {FrameParts} from "./frame-parts.js";
import {encodeGeneveHeader, geneveHeaderBytes} from "./geneve.js";
import {encodeIcmpHeader, ICMP_HEADER_BYTES} from "./icmp.js";
import {encodeIpv4Header, IP_PROTOCOL, ipv4HeaderBytes} from "./ipv4.js";
import {NO_OPTIONS} from "./option-list.js";
import {encodeTcpHeader, tcpHeaderBytes} from "./tcp.js";
import {encodeUdpHeader, UDP_HEADER_BYTES} from "./udp.js";
import {encodeVxlanHeader, VXLAN_HEADER_BYTES} from "./vxlan.js";

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
  const {source, destination} = parts.ethernet;
  encodeEthernetHeader({source, destination, etherType: etherTypeOf(parts)}, frame);
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
  const header = fullIpv4Header(parts, frame.length - at);
  encodeIpv4Header(header, frame, at);
  if (parts.ipv4!.checksum === undefined) {
    write16(frame, at + 10, ~fold(sumWords(frame, at, at + sizeBytes)) & 0xffff);
  }
}

function writeInner({vxlan, geneve, dhcp}: FrameParts, frame: Uint8Array, at: number): void {
  if (vxlan) encodeVxlanHeader(fullVxlanHeader(vxlan), frame, at);
  if (geneve) encodeGeneveHeader(fullGeneveHeader(geneve), frame, at);
  if (dhcp) encodeDhcpMessage(dhcp, frame, at);
}

/** Written last: its checksum covers all that follows. */
function writeTransport(parts: FrameParts, frame: Uint8Array, at: number): void {
  const {tcp, udp, icmp, ipv4, vxlan} = parts;
  if (tcp) {
    encodeTcpHeader(fullTcpHeader(tcp), frame, at);
    if (tcp.checksum === undefined) write16(frame, at + 16, checksumFrom(frame, at, ipv4!, TCP));
  } else if (udp) {
    encodeUdpHeader(fullUdpHeader(parts, frame.length - at), frame, at);
    if (udp.checksum === undefined && vxlan === undefined) {
      // RFC 768: zero would mean that there is none.
      write16(frame, at + 6, checksumFrom(frame, at, ipv4!, UDP) || 0xffff);
    }
  } else if (icmp) {
    encodeIcmpHeader({...icmp, checksum: icmp.checksum ?? 0}, frame, at);
    if (icmp.checksum === undefined) {
      write16(frame, at + 2, ~fold(sumWords(frame, at, frame.length)) & 0xffff);
    }
  }
}

const {tcp: TCP, udp: UDP} = IP_PROTOCOL;

/** Over pseudo-header and frame[at, end). */
function checksumFrom(
  frame: Uint8Array,
  at: number,
  {source, destination}: {readonly source: string; readonly destination: string},
  protocol: number,
): number {
  const [from, to] = [parseIpv4Address(source), parseIpv4Address(destination)];
  const sum = pseudoHeaderSum(from, to, protocol, frame.length - at);
  return ~fold(sum + sumWords(frame, at, frame.length)) & 0xffff;
}
