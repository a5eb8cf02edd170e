/**
 * Packets as bytes: the formats that carry traffic through a virtual network.
 *
 * Every format is one file in the same five parts: `X_FIELDS`, the table of its fixed fields → `X`,
 * the value → `encodeX` → `decodeX` → `describeX`. `field` draws a table as the RFCs do.
 *
 * The contract of all of them:
 * * a value has every bit of the bytes but what is fixed or a length, so that `encodeX(decodeX(b))`
 *   gives the bytes of the header back, wrong ones too, and `decodeX(encodeX(v))` the value (options
 *   that do not fill their last word come back with the padding);
 * * `decodeX(bytes, at)` reads only from `at` to the end of `bytes`: any bytes at all either decode
 *   or give a `CorruptionError` with the offset of the damage in `bytes`;
 * * what a value has as `Uint8Array` is a view into the bytes it was decoded from, not a copy;
 * * codecs neither compute nor verify checksums: `encodeFrame` and `verifyChecksums` do.
 *
 * `decodeFrame` takes a whole frame apart, `encodeFrame` makes one with right lengths and checksums,
 * `FrameView` reads and rewrites one in place, fast. `checksum` is the Internet checksum and its
 * update, `broken-checksum` the way that went wrong; `cidr` blocks of addresses; `pcap` capture files.
 *
 * Sources: the RFCs named in each file. Fidelity: public; IPv4 only.
 */
export {formatIpv4Address, parseIpv4Address} from "./address.js";
export {Cidr} from "./cidr.js";
export {formatFields} from "./field.js";
export type {Field} from "./field.js";
export {internetChecksum, transportChecksum, updateChecksum} from "./checksum.js";
export type {PseudoHeader, WordChange} from "./checksum.js";
export {updateChecksumRfc1141} from "./broken-checksum.js";
export {
  decodeEthernetHeader,
  describeEthernetHeader,
  encodeEthernetHeader,
  ETHER_TYPE,
  ETHERNET_HEADER_BYTES,
  ETHERNET_HEADER_FIELDS,
} from "./ethernet.js";
export type {EthernetHeader} from "./ethernet.js";
export {
  ARP_OPERATION,
  ARP_PACKET_BYTES,
  ARP_PACKET_FIELDS,
  decodeArpPacket,
  describeArpPacket,
  encodeArpPacket,
} from "./arp.js";
export type {ArpPacket} from "./arp.js";
export {
  decodeIpv4Header,
  describeIpv4Header,
  encodeIpv4Header,
  IP_PROTOCOL,
  IPV4_HEADER_BYTES,
  IPV4_HEADER_FIELDS,
} from "./ipv4.js";
export type {Ipv4Header} from "./ipv4.js";
export type {Ipv4Option} from "./ipv4-options.js";
export type {EndOfList, NoOperation, OtherOption} from "./option-list.js";
export {
  decodeIcmpHeader,
  describeIcmpHeader,
  encodeIcmpHeader,
  ICMP_ECHO_FIELDS,
  ICMP_HEADER_BYTES,
  ICMP_HEADER_FIELDS,
  ICMP_REDIRECT_FIELDS,
  ICMP_TYPE,
  ICMP_UNREACHABLE_FIELDS,
  UNREACHABLE_CODE,
} from "./icmp.js";
export type {
  IcmpEcho,
  IcmpHeader,
  IcmpOther,
  IcmpRedirect,
  IcmpStart,
  IcmpTimeExceeded,
  IcmpUnreachable,
} from "./icmp.js";
export {
  decodeUdpHeader,
  describeUdpHeader,
  encodeUdpHeader,
  UDP_HEADER_BYTES,
  UDP_HEADER_FIELDS,
  UDP_PORT,
} from "./udp.js";
export type {UdpHeader} from "./udp.js";
export {
  decodeTcpHeader,
  describeTcpHeader,
  encodeTcpHeader,
  formatTcpFlags,
  TCP_FLAG,
  TCP_HEADER_BYTES,
  TCP_HEADER_FIELDS,
} from "./tcp.js";
export type {TcpHeader} from "./tcp.js";
export type {SackBlock, TcpOption} from "./tcp-options.js";
export {
  decodeVxlanHeader,
  describeVxlanHeader,
  encodeVxlanHeader,
  VXLAN_HEADER_BYTES,
  VXLAN_HEADER_FIELDS,
} from "./vxlan.js";
export type {VxlanHeader} from "./vxlan.js";
export {
  decodeGeneveHeader,
  describeGeneveHeader,
  encodeGeneveHeader,
  GENEVE_HEADER_BYTES,
  GENEVE_HEADER_FIELDS,
  GENEVE_OPTION_FIELDS,
} from "./geneve.js";
export type {GeneveHeader, GeneveOption} from "./geneve.js";
export {tunnelSourcePort} from "./tunnel-source-port.js";
export {
  decodeDhcpMessage,
  describeDhcpMessage,
  DHCP_MESSAGE_BYTES,
  DHCP_MESSAGE_FIELDS,
  encodeDhcpMessage,
} from "./dhcp.js";
export type {DhcpMessage} from "./dhcp.js";
export {DHCP_MESSAGE_TYPE, DHCP_OPTION, dhcpAddresses, dhcpNumber} from "./dhcp-options.js";
export type {DhcpOption} from "./dhcp-options.js";
export {dhcpReply, dhcpRequest} from "./dhcp-messages.js";
export type {DhcpReplyParts, DhcpRequestParts} from "./dhcp-messages.js";
export {decodeFrame} from "./decode-frame.js";
export type {DecodedFrame, Layer, LayerOf} from "./decode-frame.js";
export {encodeFrame} from "./encode-frame.js";
export type {FrameParts, WithoutChecksum} from "./frame-parts.js";
export {verifyChecksums} from "./verify-checksums.js";
export type {ChecksumCheck} from "./verify-checksums.js";
export {FrameView} from "./frame-view.js";
export type {Endpoint} from "./frame-view.js";
export {readPcap, writePcap} from "./pcap.js";
export type {Capture, CapturedPacket} from "./pcap.js";
