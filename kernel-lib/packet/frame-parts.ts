/**
 * The parts that a frame is made of, and what is put where they say nothing.
 *
 * Fidelity: public. Where the RFCs leave a choice it is that of a Linux host.
 */
import type {ArpPacket} from "./arp.js";
import type {DhcpMessage} from "./dhcp.js";
import {ETHER_TYPE} from "./ethernet.js";
import type {EthernetHeader} from "./ethernet.js";
import type {GeneveHeader} from "./geneve.js";
import type {IcmpHeader} from "./icmp.js";
import {IP_PROTOCOL} from "./ipv4.js";
import type {Ipv4Header} from "./ipv4.js";
import {NO_OPTIONS} from "./option-list.js";
import type {TcpHeader} from "./tcp.js";
import {tunnelSourcePort} from "./tunnel-source-port.js";
import {UDP_PORT} from "./udp.js";
import type {UdpHeader} from "./udp.js";
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

/** @param totalLength bytes of header and payload */
export function fullIpv4Header(parts: FrameParts, totalLength: number): Ipv4Header {
  const {ipv4 = {source: "", destination: ""}} = parts;
  return {
    dscp: ipv4.dscp ?? 0,
    ecn: ipv4.ecn ?? 0,
    totalLength: ipv4.totalLength ?? totalLength,
    // RFC 6864 §4.1: of no meaning where the packet is not to be split.
    identification: ipv4.identification ?? 0,
    reservedFlag: ipv4.reservedFlag ?? false,
    dontFragment: ipv4.dontFragment ?? true,
    moreFragments: ipv4.moreFragments ?? false,
    fragmentOffsetBytes: ipv4.fragmentOffsetBytes ?? 0,
    // RFC 1340, "IP TIME TO LIVE PARAMETER"; Linux's default.
    ttl: ipv4.ttl ?? 64,
    protocol: ipv4.protocol ?? protocolOf(parts),
    checksum: ipv4.checksum ?? 0,
    source: ipv4.source,
    destination: ipv4.destination,
    options: ipv4.options ?? NO_OPTIONS,
  };
}

function protocolOf({tcp, udp, icmp}: FrameParts): number {
  if (tcp) return IP_PROTOCOL.tcp;
  if (udp) return IP_PROTOCOL.udp;
  if (icmp) return IP_PROTOCOL.icmp;
  throw new TypeError(
    "Cannot encode frame: need ipv4.protocol without tcp, udp and icmp, got none",
  );
}

export function fullTcpHeader(tcp: NonNullable<FrameParts["tcp"]>): TcpHeader {
  return {
    sourcePort: tcp.sourcePort,
    destinationPort: tcp.destinationPort,
    sequence: tcp.sequence ?? 0,
    acknowledgment: tcp.acknowledgment ?? 0,
    reserved: tcp.reserved ?? 0,
    flags: tcp.flags ?? 0,
    window: tcp.window ?? 64_240,
    checksum: tcp.checksum ?? 0,
    urgentPointer: tcp.urgentPointer ?? 0,
    options: tcp.options ?? NO_OPTIONS,
  };
}

/** @param length bytes of header and payload */
export function fullUdpHeader(parts: FrameParts, length: number): UdpHeader {
  const {udp = {}} = parts;
  return {
    sourcePort: udp.sourcePort ?? usualSourcePort(parts),
    destinationPort: udp.destinationPort ?? usualDestinationPort(parts),
    length: udp.length ?? length,
    checksum: udp.checksum ?? 0,
  };
}

function usualSourcePort({vxlan, geneve, dhcp, payload}: FrameParts): number {
  if (vxlan || geneve) return tunnelSourcePort(payload ?? new Uint8Array(0));
  if (dhcp) return dhcp.op === 1 ? UDP_PORT.dhcpClient : UDP_PORT.dhcpServer;
  throw new TypeError("Cannot encode frame: need udp.sourcePort without a tunnel, got none");
}

function usualDestinationPort({vxlan, geneve, dhcp}: FrameParts): number {
  if (vxlan) return UDP_PORT.vxlan;
  if (geneve) return UDP_PORT.geneve;
  if (dhcp) return dhcp.op === 1 ? UDP_PORT.dhcpServer : UDP_PORT.dhcpClient;
  throw new TypeError("Cannot encode frame: need udp.destinationPort without a tunnel, got none");
}

export function fullVxlanHeader(vxlan: NonNullable<FrameParts["vxlan"]>): VxlanHeader {
  return {
    // RFC 7348 §5: the I flag set, what is reserved zero.
    flags: vxlan.flags ?? 0x08,
    reserved: vxlan.reserved ?? 0,
    vni: vxlan.vni,
    reservedLast: vxlan.reservedLast ?? 0,
  };
}

export function fullGeneveHeader(geneve: NonNullable<FrameParts["geneve"]>): GeneveHeader {
  return {
    control: geneve.control ?? false,
    critical: geneve.critical ?? false,
    reserved: geneve.reserved ?? 0,
    protocol: geneve.protocol ?? ETHER_TYPE.ethernet,
    vni: geneve.vni,
    reservedLast: geneve.reservedLast ?? 0,
    options: geneve.options ?? NO_OPTIONS,
  };
}
