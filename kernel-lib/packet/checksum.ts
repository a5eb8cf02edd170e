/**
 * The Internet checksum: the ones' complement of the ones' complement sum of all 16-bit words.
 *
 * In ones' complement arithmetic a carry out of the top is added at the bottom, and zero has two
 * forms, 0x0000 and 0xffff. It finds any one flipped bit; it does not find words that changed
 * places, nor 0x0000 for 0xffff.
 *
 * Source: RFC 1071 (computing), RFC 1624 (updating), RFC 9293 §3.1 and RFC 768 (pseudo-header).
 * Fidelity: public.
 */
import {parseIpv4Address} from "./address.js";

/**
 * The checksum of some bytes. Over data that contain their own right checksum it is 0.
 *
 * @param bytes an odd last byte counts as if a zero byte followed (RFC 1071 §4.1)
 * @returns a whole number in [0, 65535]
 * @throws TypeError if `bytes` is no Uint8Array
 * @example
 * import {internetChecksum} from "kernel-lib/packet";
 * internetChecksum(Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7)).toString(16) // => '220d'
 */
export function internetChecksum(bytes: Uint8Array): number {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`Cannot compute checksum: need a Uint8Array, got ${typeof bytes}`);
  }
  return ~fold(sumWords(bytes, 0, bytes.length)) & 0xffff;
}

/**
 * A checksum after one 16-bit word of the data changed, without looking at the other words:
 * RFC 1624 §3, [Eqn. 3]: HC' = ~(~HC + ~m + m').
 *
 * The equations before it go wrong where zero's two forms meet: RFC 1141's HC + m + ~m' gives
 * 0xffff where 0x0000 is right (`updateChecksumRfc1141`). This one agrees with a full computation
 * unless the data became zero throughout, which no IPv4, TCP or UDP header is: there it gives
 * 0x0000 for 0xffff.
 *
 * In UDP a checksum of 0x0000 means "none" (RFC 768): do not update it, and send a result of
 * 0x0000 as 0xffff. A word must begin at an even offset; half a word is not enough.
 *
 * @param checksum as it stands in the header, in [0, 65535]
 * @param change the word before and after, each in [0, 65535]
 * @returns the new checksum, in [0, 65535]
 * @throws RangeError if an argument is no 16-bit number
 * @example
 * import {updateChecksum} from "kernel-lib/packet";
 * updateChecksum(0xdd2f, {oldWord: 0x5555, newWord: 0x3285}) // => 0
 */
export function updateChecksum(checksum: number, {oldWord, newWord}: WordChange): number {
  checkWords(checksum, oldWord, newWord);
  return ~fold((~checksum & 0xffff) + (~oldWord & 0xffff) + newWord) & 0xffff;
}

/** One 16-bit word of the data, before and after. */
export interface WordChange {
  readonly oldWord: number;
  readonly newWord: number;
}

/** @throws RangeError unless all three are whole numbers in [0, 65535] */
export function checkWords(checksum: number, oldWord: number, newWord: number): void {
  if (isWord(checksum) && isWord(oldWord) && isWord(newWord)) return;
  const wrong = [checksum, oldWord, newWord].find((word) => !isWord(word));
  throw new RangeError(`Cannot update checksum: need words in [0, 65535], got ${wrong}`);
}

function isWord(value: number): boolean {
  return value >>> 0 === value && value <= 0xffff;
}

/** What the checksum of TCP and UDP covers besides the segment. */
export interface PseudoHeader {
  readonly source: string;
  readonly destination: string;
  /** 6 for TCP, 17 for UDP. */
  readonly protocol: number;
}

/**
 * The checksum of a TCP segment or UDP datagram: over source, destination, protocol and length, and
 * over all of the segment. Set the checksum field to zero to get its content; over a segment with
 * its right checksum the result is 0.
 *
 * It says 0 where UDP must send 0xffff (RFC 768); `encodeFrame` does so.
 *
 * @param segment header and payload, at most 65,535 bytes
 * @throws SyntaxError if an address is none
 * @example
 * import {transportChecksum} from "kernel-lib/packet";
 * const segment = Uint8Array.of(0x00, 0x35, 0x30, 0x39, 0, 8, 0, 0);
 * const header = {source: "10.0.1.5", destination: "10.0.2.10", protocol: 17};
 * transportChecksum(header, segment).toString(16) // => 'b861'
 */
export function transportChecksum(header: PseudoHeader, segment: Uint8Array): number {
  const [source, destination] = [
    parseIpv4Address(header.source),
    parseIpv4Address(header.destination),
  ];
  const sum = pseudoHeaderSum(source, destination, header.protocol, segment.length);
  return ~fold(sum + sumWords(segment, 0, segment.length)) & 0xffff;
}

/** Addresses as numbers; RFC 9293 §3.1: source, destination, zero and protocol, length. */
export function pseudoHeaderSum(
  source: number,
  destination: number,
  protocol: number,
  length: number,
): number {
  const addresses =
    (source >>> 16) + (source & 0xffff) + (destination >>> 16) + (destination & 0xffff);
  return addresses + protocol + length;
}

/** The words of bytes[start, end) added up, not folded; below 2^47 for 4 GiB. */
export function sumWords(bytes: Uint8Array, start: number, end: number): number {
  // High and low bytes apart, four words a step: fewer shifts, and independent additions. They stay
  // small integers up to 2^22 steps; beyond, JavaScript goes on exactly in doubles.
  let high = 0;
  let low = 0;
  let at = start;
  for (; at + 8 <= end; at += 8) {
    high += bytes[at]! + bytes[at + 2]! + bytes[at + 4]! + bytes[at + 6]!;
    low += bytes[at + 1]! + bytes[at + 3]! + bytes[at + 5]! + bytes[at + 7]!;
  }
  for (; at + 1 < end; at += 2) {
    high += bytes[at]!;
    low += bytes[at + 1]!;
  }
  if (at < end) high += bytes[at]!;
  return 256 * high + low;
}

/** Adds the carries back in until 16 bits are left (RFC 1071 §4.1). */
export function fold(sum: number): number {
  while (sum > 0xffffffff) sum = (sum % 0x10000) + Math.floor(sum / 0x10000);
  const once = (sum & 0xffff) + (sum >>> 16);
  return (once & 0xffff) + (once >>> 16);
}
