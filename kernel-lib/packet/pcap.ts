/**
 * Capture files in pcap format, which tcpdump, tshark and Wireshark read.
 *
 * ```
 * magic (4) | version (2+2) | zone, accuracy (4+4, zero) | snapLength (4) | linkType (4)
 * per packet: seconds (4) | fraction (4) | captured length (4) | original length (4) | bytes
 * ```
 *
 * The magic number's order says the byte order of all numbers, its value the unit of fractions.
 *
 * Source: `draft-ietf-opsawg-pcap`, §4 and §5. Fidelity: public. Simplified: written little-endian,
 * in microseconds; time is kept as a number of milliseconds, so that for dates of today a
 * nanosecond file's fractions are read to about 250 ns.
 */
import {CorruptionError} from "../bytes/index.js";
import {hex} from "./numbers.js";

/** `documented`: `draft-ietf-opsawg-pcap` §4. */
const [MICROSECONDS, NANOSECONDS] = [0xa1b2c3d4, 0xa1b23c4d];
const [HEADER_BYTES, RECORD_BYTES] = [24, 16];
/** `documented`: LINKTYPE_ETHERNET. */
const ETHERNET = 1;
/** tcpdump's default snapshot length, above any Ethernet frame and IPv4 packet. */
const SNAP_LENGTH = 262_144;

/** One packet of a capture. */
export interface CapturedPacket {
  /** When, in milliseconds: since 1970, or since a simulation's start. */
  readonly timeMs: number;
  /** From the first header on; a view into the file when read. */
  readonly bytes: Uint8Array;
  /** Bytes that the packet had before it was cut; left out if it was not. */
  readonly originalLength?: number;
}

/** What a capture file holds. */
export interface Capture {
  /** 1 is Ethernet. */
  readonly linkType: number;
  /** Packets were cut to this many bytes. */
  readonly snapLength: number;
  readonly packets: readonly CapturedPacket[];
}

/**
 * A capture file of Ethernet frames, with times rounded to microseconds.
 *
 * @param packets in the order in which they are to stand
 * @throws RangeError if a time is outside [0, 2^32) seconds, a packet longer than 262,144 bytes or
 *   its original length below its own
 * @example
 * import {readPcap, writePcap} from "kernel-lib/packet";
 * const file = writePcap([{timeMs: 1.5, bytes: Uint8Array.of(1, 2, 3)}]);
 * file.length // => 43
 * readPcap(file).packets // => [ { timeMs: 1.5, bytes: Uint8Array(3) [ 1, 2, 3 ] } ]
 */
export function writePcap(packets: readonly CapturedPacket[]): Uint8Array {
  const size = packets.reduce((sum, {bytes}) => sum + RECORD_BYTES + bytes.length, HEADER_BYTES);
  const file = new Uint8Array(size);
  const view = new DataView(file.buffer);
  view.setUint32(0, MICROSECONDS, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, SNAP_LENGTH, true);
  view.setUint32(20, ETHERNET, true);
  let at = HEADER_BYTES;
  for (const {timeMs, bytes, originalLength = bytes.length} of packets) {
    const microseconds = Math.round(timeMs * 1000);
    check("a time in [0, 2^32) s", timeMs, microseconds >= 0 && microseconds < 2 ** 32 * 1e6);
    check(`${SNAP_LENGTH} bytes or fewer`, bytes.length, bytes.length <= SNAP_LENGTH);
    const isLength = originalLength >>> 0 === originalLength && originalLength >= bytes.length;
    check(`an original length of ${bytes.length} or more`, originalLength, isLength);
    view.setUint32(at, Math.floor(microseconds / 1e6), true);
    view.setUint32(at + 4, microseconds % 1e6, true);
    view.setUint32(at + 8, bytes.length, true);
    view.setUint32(at + 12, originalLength, true);
    file.set(bytes, at + RECORD_BYTES);
    at += RECORD_BYTES + bytes.length;
  }
  return file;
}

function check(needed: string, got: number, holds: boolean): void {
  if (!holds) throw new RangeError(`Cannot write pcap: need ${needed}, got ${got}`);
}

/**
 * Reads a capture file in either byte order, in microseconds or nanoseconds.
 *
 * @returns the packets; their bytes are views into `file`
 * @throws TypeError if `file` is no Uint8Array
 * @throws CorruptionError if the magic number is unknown, the version is not 2.4, a record is cut
 *   off, or a fraction is a second or more
 * @example
 * import {readPcap, writePcap} from "kernel-lib/packet";
 * readPcap(writePcap([])) // => { linkType: 1, snapLength: 262144, packets: [] }
 */
export function readPcap(file: Uint8Array): Capture {
  if (!(file instanceof Uint8Array)) {
    throw new TypeError(`Cannot read pcap: need a Uint8Array, got ${typeof file}`);
  }
  needBytes(file, 0, HEADER_BYTES, "a file header");
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const {littleEndian, ticksPerSecond} = readMagic(view);
  const [major, minor] = [view.getUint16(4, littleEndian), view.getUint16(6, littleEndian)];
  if (major !== 2 || minor !== 4) {
    throw new CorruptionError(`Cannot read pcap: need version 2.4, got ${major}.${minor}`, 4);
  }
  const packets: CapturedPacket[] = [];
  for (let at = HEADER_BYTES; at < file.length;) {
    needBytes(file, at, RECORD_BYTES, "a record header");
    const number = (offset: number): number => view.getUint32(at + offset, littleEndian);
    const [seconds, fraction, length, originalLength] = [
      number(0),
      number(4),
      number(8),
      number(12),
    ];
    if (fraction >= ticksPerSecond) {
      throw new CorruptionError(
        `Cannot read pcap: need a fraction below ${ticksPerSecond}, got ${fraction}`,
        at + 4,
      );
    }
    needBytes(file, at + RECORD_BYTES, length, "a packet");
    const start = at + RECORD_BYTES;
    const packet = {
      timeMs: seconds * 1000 + fraction / (ticksPerSecond / 1000),
      bytes: file.subarray(start, start + length),
    };
    packets.push(originalLength === length ? packet : {...packet, originalLength});
    at = start + length;
  }
  // The upper bits of the link type say how long a frame check sequence is (§4).
  const linkType = view.getUint32(20, littleEndian) & 0xffff;
  return {linkType, snapLength: view.getUint32(16, littleEndian), packets};
}

function readMagic(view: DataView): {littleEndian: boolean; ticksPerSecond: number} {
  for (const littleEndian of [true, false]) {
    const magic = view.getUint32(0, littleEndian);
    if (magic === MICROSECONDS) return {littleEndian, ticksPerSecond: 1e6};
    if (magic === NANOSECONDS) return {littleEndian, ticksPerSecond: 1e9};
  }
  throw new CorruptionError(
    `Cannot read pcap: need the magic number a1b2c3d4 or a1b23c4d, got ${hex(view.getUint32(0), 8)}`,
    0,
  );
}

function needBytes(file: Uint8Array, at: number, length: number, what: string): void {
  if (at + length > file.length) {
    throw new CorruptionError(
      `Cannot read pcap: need ${length} bytes for ${what}, got ${file.length - at}`,
      file.length,
    );
  }
}
