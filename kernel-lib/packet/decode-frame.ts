/**
 * A whole frame, layer by layer, down to what no format here explains.
 *
 * Which layer follows is decided by the EtherType, the IPv4 protocol and, for UDP, the port; a
 * frame inside a tunnel is decoded in turn. Fidelity: public. Simplified: a port decides alone,
 * where Wireshark also looks at the bytes.
 */
import {CorruptionError} from "../bytes/index.js";
import {ARP_PACKET_BYTES, decodeArpPacket} from "./arp.js";
import type {ArpPacket} from "./arp.js";
import {decodeDhcpMessage} from "./dhcp.js";
import type {DhcpMessage} from "./dhcp.js";
import {decodeEthernetHeader, ETHER_TYPE, ETHERNET_HEADER_BYTES} from "./ethernet.js";
import type {EthernetHeader} from "./ethernet.js";
import {decodeGeneveHeader, GENEVE_HEADER_BYTES} from "./geneve.js";
import type {GeneveHeader} from "./geneve.js";
import {decodeIcmpHeader, ICMP_HEADER_BYTES} from "./icmp.js";
import type {IcmpHeader} from "./icmp.js";
import {decodeIpv4Header, IP_PROTOCOL} from "./ipv4.js";
import type {Ipv4Header} from "./ipv4.js";
import {decodeTcpHeader, TCP_HEADER_BYTES} from "./tcp.js";
import type {TcpHeader} from "./tcp.js";
import {decodeUdpHeader, UDP_HEADER_BYTES, UDP_PORT} from "./udp.js";
import type {UdpHeader} from "./udp.js";
import {decodeVxlanHeader, VXLAN_HEADER_BYTES} from "./vxlan.js";
import type {VxlanHeader} from "./vxlan.js";

/** One header of a frame, and where it stands: bytes [at, at + sizeBytes). */
export type Layer =
  | LayerOf<"ethernet", EthernetHeader>
  | LayerOf<"arp", ArpPacket>
  | LayerOf<"ipv4", Ipv4Header>
  | LayerOf<"icmp", IcmpHeader>
  | LayerOf<"udp", UdpHeader>
  | LayerOf<"tcp", TcpHeader>
  | LayerOf<"vxlan", VxlanHeader>
  | LayerOf<"geneve", GeneveHeader>
  | LayerOf<"dhcp", DhcpMessage>;

/** A header with its name and its place. */
export interface LayerOf<Name extends string, Header> {
  readonly name: Name;
  /** Offset of its first byte in the frame. */
  readonly at: number;
  /** Its bytes, options included and payload not. */
  readonly sizeBytes: number;
  readonly header: Header;
}

/** A frame taken apart. */
export interface DecodedFrame {
  /** From the outside in. */
  readonly layers: readonly Layer[];
  /** What follows the last layer, without padding behind the IPv4 packet; a view into the frame. */
  readonly payload: Uint8Array;
}

/** What to go on with, and where: a layer's name, or "payload" for none. */
type Next = Layer["name"] | "payload";
const PROTOCOL_LAYER: Readonly<Record<number, Next>> = {
  [IP_PROTOCOL.icmp]: "icmp",
  [IP_PROTOCOL.tcp]: "tcp",
  [IP_PROTOCOL.udp]: "udp",
};

/**
 * Takes an Ethernet frame apart. Checksums are not verified: `verifyChecksums` does that.
 *
 * A piece of a fragmented packet is decoded as far as its own bytes go: a later fragment ends
 * with the IPv4 header. The packet quoted in an ICMP error is payload.
 *
 * Takes O(length) time: every layer takes at least 8 bytes.
 *
 * @param frame from the destination address on, without preamble and frame check sequence
 * @throws TypeError if `frame` is no Uint8Array
 * @throws CorruptionError if a layer cannot be decoded, or says that it is longer than what is there
 * @example
 * import {parseHex} from "kernel-lib/bytes";
 * import {decodeFrame} from "kernel-lib/packet";
 * const frame = parseHex(`020000000002 020000000001 0800
 *   45000028123440004006118e0a0001050a00020a ad2101bb000003e8000000005002faf0eb1e0000`);
 * decodeFrame(frame).layers.map((layer) => layer.name) // => [ 'ethernet', 'ipv4', 'tcp' ]
 */
export function decodeFrame(frame: Uint8Array): DecodedFrame {
  const layers: Layer[] = [];
  let bytes = frame;
  let at = 0;
  for (let next: Next = "ethernet"; next !== "payload";) {
    const layer = decodeLayer(next, bytes, at);
    if (layer.name === "ipv4") {
      bytes = cutAt(bytes, at + layer.header.totalLength, at + 2, "IPv4 packet");
    } else if (layer.name === "udp" && !isFirstFragment(layers.at(-1))) {
      bytes = cutAt(bytes, at + layer.header.length, at + 4, "UDP datagram");
    }
    next = after(layer, bytes, layers.at(-1));
    layers.push(layer);
    at += layer.sizeBytes;
  }
  return {layers, payload: bytes.subarray(at)};
}

/** The layer of that name at `at`. Sizes of headers with options are read where their codecs do. */
function decodeLayer(name: Layer["name"], bytes: Uint8Array, at: number): Layer {
  switch (name) {
    case "ethernet":
      return {name, at, sizeBytes: ETHERNET_HEADER_BYTES, header: decodeEthernetHeader(bytes, at)};
    case "arp":
      return {name, at, sizeBytes: ARP_PACKET_BYTES, header: decodeArpPacket(bytes, at)};
    case "ipv4": {
      const header = decodeIpv4Header(bytes, at);
      return {name, at, sizeBytes: (bytes[at]! & 15) << 2, header};
    }
    case "icmp":
      return {name, at, sizeBytes: ICMP_HEADER_BYTES, header: decodeIcmpHeader(bytes, at)};
    case "tcp": {
      const header = decodeTcpHeader(bytes, at);
      return {name, at, sizeBytes: (bytes[at + 12]! >> 4) << 2, header};
    }
    case "udp":
      return {name, at, sizeBytes: UDP_HEADER_BYTES, header: decodeUdpHeader(bytes, at)};
    case "vxlan":
      return {name, at, sizeBytes: VXLAN_HEADER_BYTES, header: decodeVxlanHeader(bytes, at)};
    case "geneve": {
      const header = decodeGeneveHeader(bytes, at);
      return {name, at, sizeBytes: GENEVE_HEADER_BYTES + ((bytes[at]! & 63) << 2), header};
    }
    case "dhcp":
      return {name, at, sizeBytes: bytes.length - at, header: decodeDhcpMessage(bytes, at)};
  }
}

/** @param outer the layer around this one */
function after(layer: Layer, bytes: Uint8Array, outer: Layer | undefined): Next {
  switch (layer.name) {
    case "ethernet":
      return afterEtherType(layer.header.etherType);
    case "ipv4":
      return afterIpv4(layer.header, bytes, layer.at + layer.sizeBytes);
    case "udp":
      return isFirstFragment(outer) ? "payload" : afterUdp(layer.header);
    case "vxlan":
      return "ethernet";
    case "geneve":
      // A control packet carries nothing of a tenant (RFC 8926 §3.4).
      return layer.header.control ? "payload" : afterEtherType(layer.header.protocol);
    default:
      return "payload";
  }
}

function afterEtherType(etherType: number): Next {
  if (etherType === ETHER_TYPE.ipv4) return "ipv4";
  if (etherType === ETHER_TYPE.arp) return "arp";
  return etherType === ETHER_TYPE.ethernet ? "ethernet" : "payload";
}

/** @param at where the IPv4 packet's payload begins; the packet ends with `bytes` */
function afterIpv4(header: Ipv4Header, bytes: Uint8Array, at: number): Next {
  // RFC 791 §3.2: only the first fragment begins with a header of the next layer.
  if (header.fragmentOffsetBytes > 0) return "payload";
  const next = PROTOCOL_LAYER[header.protocol] ?? "payload";
  // A first fragment may be so small that the header goes on in the second (RFC 1858 §3).
  return header.moreFragments && !holdsHeader(next, bytes, at) ? "payload" : next;
}

function holdsHeader(next: Next, bytes: Uint8Array, at: number): boolean {
  const room = bytes.length - at;
  if (next !== "tcp") return room >= 8;
  return room >= TCP_HEADER_BYTES && room >= (bytes[at + 12]! >> 4) << 2;
}

function isFirstFragment(layer: Layer | undefined): boolean {
  return layer?.name === "ipv4" && layer.header.moreFragments;
}

function afterUdp({sourcePort, destinationPort}: UdpHeader): Next {
  if (destinationPort === UDP_PORT.vxlan) return "vxlan";
  if (destinationPort === UDP_PORT.geneve) return "geneve";
  return isDhcp(sourcePort) && isDhcp(destinationPort) ? "dhcp" : "payload";
}

function isDhcp(port: number): boolean {
  return port === UDP_PORT.dhcpClient || port === UDP_PORT.dhcpServer;
}

/**
 * Leaves off what lies behind a packet's own length.
 *
 * @param field where that length stands
 * @throws CorruptionError if the packet says that it is longer than what is there
 */
function cutAt(bytes: Uint8Array, end: number, field: number, what: string): Uint8Array {
  if (end === bytes.length) return bytes;
  if (end > bytes.length) {
    throw new CorruptionError(
      `Cannot decode ${what}: need ${end - bytes.length} more bytes, got none`,
      field,
    );
  }
  return bytes.subarray(0, end);
}
