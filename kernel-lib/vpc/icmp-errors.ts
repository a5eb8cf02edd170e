/**
 * ICMP errors: reading which packet one is about, and making one.
 *
 * An error quotes the packet it is about, so a machine that translates addresses must translate the
 * quote too, or the sender does not know its own packet (RFC 5508 §4).
 *
 * Source: RFC 792; RFC 1122 §3.2.2 and RFC 1812 §4.3.2.7 (when none may be sent); RFC 1812
 * §4.3.2.3 (how much is quoted); RFC 1191 §4. Fidelity: public; no limit on the rate is kept.
 */
import {
  decodeEthernetHeader,
  encodeFrame,
  formatIpv4Address,
  FrameView,
  ICMP_TYPE,
  IP_PROTOCOL,
  parseIpv4Address,
} from "../packet/index.js";
import type {FrameParts} from "../packet/index.js";

const {tcp: TCP, udp: UDP, icmp: ICMP} = IP_PROTOCOL;
/** `documented`: RFC 1812 §4.3.2.3, an error is at most 576 bytes long. */
export const MAX_ICMP_ERROR_BYTES = 576;

/** The packet that an ICMP error quotes, as far as it can be read. */
export interface QuotedPacket {
  /** Offset of its IPv4 header in the frame. */
  readonly at: number;
  /** Offset behind that. */
  readonly transportAt: number;
  /** Offset behind what is quoted. */
  readonly end: number;
  readonly source: number;
  readonly destination: number;
  readonly protocol: number;
  /** As the tracker keeps them: ports, or identifier and type of an echo. */
  readonly portsWord: number;
}

/**
 * Whether an ICMP type is an error, which quotes a packet: unreachable, source quench, redirect,
 * time exceeded, parameter problem.
 *
 * @example
 * import {isIcmpError} from "kernel-lib/vpc";
 * [3, 8, 11].map(isIcmpError) // => [ true, false, true ]
 */
export function isIcmpError(type: number): boolean {
  return type === 3 || type === 4 || type === 5 || type === 11 || type === 12;
}

/**
 * The packet that an ICMP error is about.
 *
 * @param view has read the frame with the error
 * @returns `undefined` if it is no error, or quotes too little (RFC 792 asks for 8 bytes behind the
 *   header), or a later fragment, or an ICMP message that is no echo
 * @example
 * import {icmpError, readQuote} from "kernel-lib/vpc";
 * import {encodeFrame, FrameView, formatIpv4Address} from "kernel-lib/packet";
 * const lost = encodeFrame({
 *   ethernet: {source: "02:00:00:00:00:01", destination: "02:00:00:00:00:02"},
 *   ipv4: {source: "10.0.1.5", destination: "10.0.2.10"},
 *   udp: {sourcePort: 4000, destinationPort: 53},
 * });
 * const error = icmpError(lost, {from: "10.0.1.1", type: 3, code: 1});
 * formatIpv4Address(readQuote(new FrameView().read(error!))!.destination) // => '10.0.2.10'
 */
export function readQuote(view: FrameView): QuotedPacket | undefined {
  const {bytes, transportAt} = view;
  if (view.ipv4At < 0 || view.protocol !== ICMP || view.isFragment) return undefined;
  if (!isIcmpError(bytes[transportAt]!)) return undefined;
  const at = transportAt + 8;
  const end = view.ipv4At + view.totalLength;
  if (at + 28 > end || bytes[at]! >> 4 !== 4) return undefined;
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const inner = at + 4 * (bytes[at]! & 15);
  if (inner < at + 20 || inner + 8 > end) return undefined;
  if ((data.getUint16(at + 6) & 0x1fff) !== 0) return undefined;
  const protocol = bytes[at + 9]!;
  let portsWord = protocol;
  if (protocol === TCP || protocol === UDP) portsWord = data.getInt32(inner);
  else if (protocol === ICMP) {
    if (bytes[inner] !== 0 && bytes[inner] !== 8) return undefined;
    portsWord = (data.getUint16(inner + 4) << 16) | data.getUint16(inner);
  }
  return {
    at,
    transportAt: inner,
    end,
    source: data.getUint32(at + 12),
    destination: data.getUint32(at + 16),
    protocol,
    portsWord,
  };
}

/** What an ICMP error says, and who says it. */
export interface IcmpErrorParts {
  /** Address of the router or host that sends it. */
  readonly from: string;
  /** 3, 11 or 12: see `ICMP_TYPE`. */
  readonly type: number;
  /** See `UNREACHABLE_CODE`. */
  readonly code: number;
  /** With type 3 and code 4: the longest packet that would pass, in bytes. */
  readonly nextHopMtu?: number;
}

/**
 * A frame with an ICMP error about a packet, to its sender; its MAC addresses are those of the
 * frame turned round.
 *
 * @param frame with the packet it is about
 * @returns `undefined` where none may be sent: about another error, a later fragment, or a packet
 *   to or from an address that is not of one host (RFC 1812 §4.3.2.7)
 * @throws CorruptionError if the frame cannot be read
 * @throws SyntaxError if `from` is no address
 * @example
 * import {icmpError} from "kernel-lib/vpc";
 * import {decodeFrame, encodeFrame} from "kernel-lib/packet";
 * const long = encodeFrame({
 *   ethernet: {source: "02:00:00:00:00:01", destination: "02:00:00:00:00:02"},
 *   ipv4: {source: "10.0.1.5", destination: "8.8.8.8"},
 *   udp: {sourcePort: 4000, destinationPort: 53},
 *   payload: new Uint8Array(2000),
 * });
 * const error = icmpError(long, {from: "10.0.1.1", type: 3, code: 4, nextHopMtu: 1500});
 * error!.length // => 590
 * decodeFrame(error!).layers.map((layer) => layer.name) // => [ 'ethernet', 'ipv4', 'icmp' ]
 */
export function icmpError(frame: Uint8Array, parts: IcmpErrorParts): Uint8Array | undefined {
  const view = new FrameView().read(frame);
  if (!mayBeReported(view)) return undefined;
  const quoted = Math.min(view.totalLength, MAX_ICMP_ERROR_BYTES - 28);
  const {type, code, nextHopMtu = 0} = parts;
  parseIpv4Address(parts.from);
  return encodeFrame({
    ethernet: turnedEthernet(frame),
    // RFC 1812 §4.3.2.5: precedence 6; §4.3.2.1 asks for nothing of DF.
    ipv4: {
      source: parts.from,
      destination: formatIpv4Address(view.source),
      dontFragment: false,
      dscp: 48,
    },
    icmp: icmpHeader(type, code, nextHopMtu),
    payload: frame.slice(view.ipv4At, view.ipv4At + quoted),
  });
}

function icmpHeader(type: number, code: number, nextHopMtu: number): FrameParts["icmp"] & object {
  if (type === ICMP_TYPE.unreachable)
    return {kind: "unreachable", type, code, unused: 0, nextHopMtu};
  if (type === ICMP_TYPE.timeExceeded) return {kind: "timeExceeded", type, code, unused: 0};
  return {kind: "other", type, code, rest: 0};
}

function mayBeReported(view: FrameView): boolean {
  if (view.ipv4At < 0) return false;
  const isFirst = (((view.bytes[20]! << 8) | view.bytes[21]!) & 0x1fff) === 0;
  if (!isFirst || !isUnicast(view.source) || !isUnicast(view.destination)) return false;
  return view.protocol !== ICMP || !isIcmpError(view.bytes[view.transportAt]!);
}

/** Not 0.0.0.0/8, nor multicast, nor broadcast (RFC 1122 §3.2.1.3). */
function isUnicast(address: number): boolean {
  return address >>> 24 !== 0 && address >>> 28 < 14;
}

/** The Ethernet header of an answer to a frame. */
export function turnedEthernet(frame: Uint8Array): FrameParts["ethernet"] {
  const {source, destination} = decodeEthernetHeader(frame);
  return {source: destination, destination: source};
}
