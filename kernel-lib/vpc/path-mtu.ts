/**
 * Which packets are too long for the next stretch of the way, and how a sender learns that.
 *
 * ```
 * sender ── 9001 ──▶ gateway ── 1500 ──▶        DF set: dropped, ICMP 3/4 "1500" back to the sender
 *                                              DF clear: cut into fragments
 * ```
 *
 * If a filter drops that ICMP message the sender never learns it, and sends the same long packet
 * again and again: a black hole.
 *
 * Source: RFC 791 §2.3, §3.2; RFC 1191; Amazon EC2 User Guide, "Network MTU for your instance".
 * Fidelity: public.
 */
import {
  decodeIcmpHeader,
  FrameView,
  IP_PROTOCOL,
  UNREACHABLE_CODE,
  updateChecksum,
} from "../packet/index.js";
import {icmpError, readQuote} from "./icmp-errors.js";

/** `documented`: EC2 User Guide: jumbo frames within a VPC, in bytes of IPv4 packet. */
export const VPC_MTU = 9001;
/** `documented`: EC2 User Guide: all that passes an Internet gateway. */
export const INTERNET_GATEWAY_MTU = 1500;
/** `documented`: RFC 1191 §3: no path takes less. */
const LEAST_MTU = 68;
/** `documented`: RFC 1191 §6.3: after 10 minutes a longer packet is tried again. */
const FORGET_AFTER_MS = 600_000;
/** `documented`: RFC 1191 §7.1, what to try when a router does not say. */
const PLATEAUS = [32_000, 17_914, 8166, 4352, 2002, 1492, 1006, 508, 296, LEAST_MTU];

/** What becomes of a packet before a stretch with an MTU. */
export type MtuVerdict =
  | {readonly kind: "fits"}
  | {readonly kind: "fragmented"; readonly frames: readonly Uint8Array[]}
  /** `error` is to be sent to its sender, unless none may be sent. */
  | {readonly kind: "fragmentationNeeded"; readonly error: Uint8Array | undefined};

const FITS: MtuVerdict = Object.freeze({kind: "fits"});

/**
 * What a router does with a frame whose next stretch takes packets of at most `mtu` bytes.
 *
 * @param from address of the router, the source of an error
 * @throws CorruptionError if the frame cannot be read
 * @throws RangeError if `mtu` is below 68
 * @example
 * import {limitToMtu} from "kernel-lib/vpc";
 * import {encodeFrame} from "kernel-lib/packet";
 * const frame = encodeFrame({
 *   ethernet: {source: "02:00:00:00:00:01", destination: "02:00:00:00:00:02"},
 *   ipv4: {source: "10.0.1.5", destination: "8.8.8.8"},
 *   udp: {sourcePort: 4000, destinationPort: 53},
 *   payload: new Uint8Array(2000),
 * });
 * limitToMtu(frame, {mtu: 1500, from: "10.0.1.1"}).kind // => 'fragmentationNeeded'
 */
export function limitToMtu(
  frame: Uint8Array,
  {mtu, from}: {readonly mtu: number; readonly from: string},
): MtuVerdict {
  if (!(mtu >= LEAST_MTU)) throw new RangeError(`Cannot limit: need an MTU ≥ 68, got ${mtu}`);
  const view = new FrameView().read(frame);
  if (view.ipv4At < 0 || view.totalLength <= mtu) return FITS;
  const dontFragment = (frame[20]! & 0x40) !== 0;
  if (!dontFragment) return {kind: "fragmented", frames: fragmentFrame(frame, mtu)};
  const code = UNREACHABLE_CODE.fragmentationNeeded;
  const error = icmpError(frame, {from, type: 3, code, nextHopMtu: mtu});
  return {kind: "fragmentationNeeded", error};
}

/**
 * The fragments of a frame's packet (RFC 791 §3.2), in order; each a multiple of 8 bytes but the last.
 *
 * @param mtu bytes of IPv4 packet, at least 68
 * @returns copies; the packet itself, copied, if it fits
 * @throws CorruptionError if the frame cannot be read
 * @throws RangeError if `mtu` is below 68, or the frame has no IPv4 packet
 * @example
 * import {fragmentFrame} from "kernel-lib/vpc";
 * import {encodeFrame} from "kernel-lib/packet";
 * const frame = encodeFrame({
 *   ethernet: {source: "02:00:00:00:00:01", destination: "02:00:00:00:00:02"},
 *   ipv4: {source: "10.0.1.5", destination: "8.8.8.8", dontFragment: false},
 *   udp: {sourcePort: 4000, destinationPort: 53},
 *   payload: new Uint8Array(3000),
 * });
 * fragmentFrame(frame, 1500).map((one) => one.length - 14) // => [ 1500, 1500, 68 ]
 */
export function fragmentFrame(frame: Uint8Array, mtu: number): Uint8Array[] {
  const view = new FrameView().read(frame);
  if (!(mtu >= LEAST_MTU) || view.ipv4At < 0) {
    throw new RangeError(`Cannot fragment: need IPv4 and an MTU ≥ 68, got ${mtu}`);
  }
  const {transportAt, totalLength} = view;
  const [headerEnd, end] = [transportAt, 14 + totalLength];
  const step = end - 14 <= mtu ? end : (mtu - (headerEnd - 14)) & ~7;
  const flags = (frame[20]! << 8) | frame[21]!;
  const frames: Uint8Array[] = [];
  for (let at = headerEnd; at === headerEnd || at < end; at += step) {
    const payload = frame.subarray(at, Math.min(at + step, end));
    const isLast = at + step >= end;
    const piece = new Uint8Array(headerEnd + payload.length);
    piece.set(frame.subarray(0, headerEnd));
    piece.set(payload, headerEnd);
    setWord(piece, 16, headerEnd - 14 + payload.length);
    const offset = (flags & 0x1fff) + (at - headerEnd) / 8;
    setWord(piece, 20, (flags & 0xc000) | (isLast ? flags & 0x2000 : 0x2000) | offset);
    frames.push(piece);
  }
  return frames;
}

/** Writes a word of the IPv4 header at 14 and updates its checksum. */
function setWord(frame: Uint8Array, at: number, newWord: number): void {
  const data = new DataView(frame.buffer, frame.byteOffset, frame.length);
  const oldWord = data.getUint16(at);
  data.setUint16(at, newWord);
  data.setUint16(24, updateChecksum(data.getUint16(24), {oldWord, newWord}));
}

/**
 * What a sender knows of the longest packets that pass to each destination: path MTU discovery.
 *
 * @example
 * import {limitToMtu, PathMtu} from "kernel-lib/vpc";
 * import {encodeFrame, parseIpv4Address} from "kernel-lib/packet";
 * const frame = encodeFrame({
 *   ethernet: {source: "02:00:00:00:00:01", destination: "02:00:00:00:00:02"},
 *   ipv4: {source: "10.0.1.5", destination: "8.8.8.8"},
 *   udp: {sourcePort: 4000, destinationPort: 53},
 *   payload: new Uint8Array(2000),
 * });
 * const verdict = limitToMtu(frame, {mtu: 1500, from: "10.0.1.1"});
 * const known = new PathMtu(9001);
 * if (verdict.kind === "fragmentationNeeded") known.learn(verdict.error!, 0);
 * known.get(parseIpv4Address("8.8.8.8"), 1) // => 1500
 */
export class PathMtu {
  /** Of the sender's own interface, in bytes. */
  readonly interfaceMtu: number;
  private readonly learned = new Map<number, {mtu: number; untilMs: number}>();

  /** @throws RangeError if `interfaceMtu` is below 68 */
  constructor(interfaceMtu: number = VPC_MTU) {
    if (!(interfaceMtu >= LEAST_MTU)) {
      throw new RangeError(`Cannot make path MTU: need an MTU ≥ 68, got ${interfaceMtu}`);
    }
    this.interfaceMtu = interfaceMtu;
  }

  /** The longest packet to try. @param destination address as a number */
  get(destination: number, nowMs: number): number {
    const known = this.learned.get(destination);
    return known !== undefined && nowMs < known.untilMs ? known.mtu : this.interfaceMtu;
  }

  /**
   * Takes note of an ICMP "fragmentation needed".
   *
   * @returns the new path MTU; `undefined` if the frame says nothing of the kind, or nothing new
   */
  learn(frame: Uint8Array, nowMs: number): number | undefined {
    const view = new FrameView().read(frame);
    const quote = view.protocol === IP_PROTOCOL.icmp ? readQuote(view) : undefined;
    if (quote === undefined) return undefined;
    const header = decodeIcmpHeader(frame, view.transportAt);
    if (header.kind !== "unreachable" || header.code !== UNREACHABLE_CODE.fragmentationNeeded) {
      return undefined;
    }
    const sent = (frame[quote.at + 2]! << 8) | frame[quote.at + 3]!;
    const said = header.nextHopMtu || PLATEAUS.find((plateau) => plateau < sent) || LEAST_MTU;
    const mtu = Math.max(LEAST_MTU, said);
    if (mtu >= this.get(quote.destination, nowMs)) return undefined;
    this.learned.set(quote.destination, {mtu, untilMs: nowMs + FORGET_AFTER_MS});
    return mtu;
  }
}
