/**
 * The TCP header: ports, place in the two streams of bytes, and the flags that open and close them.
 *
 * ```
 * sourcePort (2) | destinationPort (2) | sequence (4) | acknowledgment (4)
 * length, reserved | flags | window (2) | checksum (2) | urgentPointer (2) | options (0 to 40)
 * ```
 *
 * Source: RFC 9293 §3.1; RFC 3168 §6.1 (the flags ECE and CWR). Fidelity: public.
 */
import {CorruptionError} from "../bytes/index.js";
import {checkNumber, need, needRoom, read16, read32, write16, write32} from "./big-endian.js";
import {byteOffsets, fixedBytes} from "./field.js";
import type {Field} from "./field.js";
import {byteCount, hex} from "./numbers.js";
import {headerBytes, NO_OPTIONS, splitOptions} from "./option-list.js";
import {describeTcpOption, makeTcpOption, tcpOptionBytes, writeTcpOption} from "./tcp-options.js";
import type {TcpOption} from "./tcp-options.js";

/** The table of the format; options follow. */
export const TCP_HEADER_FIELDS: readonly Field<
  Exclude<keyof TcpHeader, "options"> | "headerLength"
>[] = [
  {name: "sourcePort", bits: 16, meaning: "port of the sender"},
  {name: "destinationPort", bits: 16, meaning: "port of the receiver"},
  {name: "sequence", bits: 32, meaning: "number of the first byte of payload, or of SYN"},
  {name: "acknowledgment", bits: 32, meaning: "number of the next byte wanted, if ACK is set"},
  {
    name: "headerLength",
    bits: 4,
    meaning: "length of the header with options, in words of 4 bytes",
  },
  {name: "reserved", bits: 4, meaning: "0"},
  {name: "flags", bits: 8, meaning: "CWR, ECE, URG, ACK, PSH, RST, SYN, FIN"},
  {name: "window", bits: 16, meaning: "bytes that may be sent beyond the acknowledged ones"},
  {name: "checksum", bits: 16, meaning: "of pseudo-header, header and payload"},
  {name: "urgentPointer", bits: 16, meaning: "end of urgent data, if URG is set"},
];
const AT = byteOffsets(TCP_HEADER_FIELDS);
/** 20: without options. */
export const TCP_HEADER_BYTES: number = fixedBytes(TCP_HEADER_FIELDS);

/** `documented`: the bits of `flags`, RFC 9293 §3.1. */
export const TCP_FLAG: Readonly<
  Record<"fin" | "syn" | "rst" | "psh" | "ack" | "urg" | "ece" | "cwr", number>
> = {fin: 0x01, syn: 0x02, rst: 0x04, psh: 0x08, ack: 0x10, urg: 0x20, ece: 0x40, cwr: 0x80};

/** The value of a TCP header: every bit of it but the header length. */
export interface TcpHeader {
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** In [0, 2^32). */
  readonly sequence: number;
  /** In [0, 2^32). */
  readonly acknowledgment: number;
  /** Four bits, 0 if right. */
  readonly reserved: number;
  /** Bits of `TCP_FLAG`, added up. */
  readonly flags: number;
  /** As in the header: not shifted by the window scale. */
  readonly window: number;
  readonly checksum: number;
  readonly urgentPointer: number;
  readonly options: readonly TcpOption[];
}

/**
 * The bytes of the header, as the value says: no checksum is computed (`encodeFrame` does).
 * Options are padded with zeros to a multiple of four bytes.
 *
 * @param target where to write, default new bytes of just the right length
 * @param at offset in `target`
 * @returns `target`
 * @throws RangeError if a number does not fit its field, options take more than 40 bytes or
 *   `target` is too short
 * @example
 * import {parseHex} from "kernel-lib/bytes";
 * import {decodeTcpHeader, encodeTcpHeader, TCP_FLAG} from "kernel-lib/packet";
 * const syn = decodeTcpHeader(parseHex("ad2101bb000003e8000000005002faf0eb1e0000"));
 * encodeTcpHeader({...syn, flags: TCP_FLAG.syn + TCP_FLAG.ack})[13] // => 18
 */
export function encodeTcpHeader(
  header: TcpHeader,
  target: Uint8Array = new Uint8Array(tcpHeaderBytes(header)),
  at = 0,
): Uint8Array {
  const length = tcpHeaderBytes(header);
  needRoom(target, at, length, "TCP header");
  check(header);
  write16(target, at + AT.sourcePort, header.sourcePort);
  write16(target, at + AT.destinationPort, header.destinationPort);
  write32(target, at + AT.sequence, header.sequence);
  write32(target, at + AT.acknowledgment, header.acknowledgment);
  target[at + AT.headerLength] = (length << 2) | header.reserved;
  target[at + AT.flags] = header.flags;
  write16(target, at + AT.window, header.window);
  write16(target, at + AT.checksum, header.checksum);
  write16(target, at + AT.urgentPointer, header.urgentPointer);
  let next = at + TCP_HEADER_BYTES;
  for (const option of header.options) next = writeTcpOption(option, target, next);
  target.fill(0, next, at + length);
  return target;
}

function check(header: TcpHeader): void {
  const what = "TCP header";
  checkNumber(what, "sourcePort", header.sourcePort, 2 ** 16);
  checkNumber(what, "destinationPort", header.destinationPort, 2 ** 16);
  checkNumber(what, "sequence", header.sequence, 2 ** 32);
  checkNumber(what, "acknowledgment", header.acknowledgment, 2 ** 32);
  checkNumber(what, "reserved", header.reserved, 16);
  checkNumber(what, "flags", header.flags, 256);
  checkNumber(what, "window", header.window, 2 ** 16);
  checkNumber(what, "checksum", header.checksum, 2 ** 16);
  checkNumber(what, "urgentPointer", header.urgentPointer, 2 ** 16);
}

/**
 * The bytes that the header takes with its options: a multiple of four in [20, 60].
 *
 * @throws RangeError if options take more than 40 bytes
 */
export function tcpHeaderBytes({options}: {readonly options: readonly TcpOption[]}): number {
  if (options.length === 0) return TCP_HEADER_BYTES;
  return headerBytes(TCP_HEADER_BYTES, tcpOptionBytes(options), "TCP header");
}

/**
 * The header that begins at `at`. Its checksum is not verified: `verifyChecksums` does that.
 *
 * @returns the value; data of unknown options are views into `bytes`
 * @throws CorruptionError if bytes are missing, the header length is below 20, or an option runs
 *   over the header
 * @throws RangeError if `at` is no offset into `bytes`
 * @example
 * import {parseHex} from "kernel-lib/bytes";
 * import {decodeTcpHeader} from "kernel-lib/packet";
 * const bytes = parseHex("ad2101bb000003e8000000006002faf0000000000204 05b4");
 * decodeTcpHeader(bytes).options // => [ { kind: 'maximumSegmentSize', bytes: 1460 } ]
 */
export function decodeTcpHeader(bytes: Uint8Array, at = 0): TcpHeader {
  need(bytes, at, TCP_HEADER_BYTES, "TCP header");
  const length = (bytes[at + AT.headerLength]! >> 4) << 2;
  if (length < TCP_HEADER_BYTES) {
    throw new CorruptionError(
      `Cannot decode TCP header: need a header length of 20 or more, got ${length}`,
      at + AT.headerLength,
    );
  }
  if (length > TCP_HEADER_BYTES) need(bytes, at, length, "TCP header");
  return {
    sourcePort: read16(bytes, at + AT.sourcePort),
    destinationPort: read16(bytes, at + AT.destinationPort),
    sequence: read32(bytes, at + AT.sequence),
    acknowledgment: read32(bytes, at + AT.acknowledgment),
    reserved: bytes[at + AT.reserved]! & 15,
    flags: bytes[at + AT.flags]!,
    window: read16(bytes, at + AT.window),
    checksum: read16(bytes, at + AT.checksum),
    urgentPointer: read16(bytes, at + AT.urgentPointer),
    options:
      length === TCP_HEADER_BYTES
        ? NO_OPTIONS
        : splitOptions(bytes, at + TCP_HEADER_BYTES, at + length, "TCP header", makeTcpOption),
  };
}

/**
 * The names of the flags that are set, from the lowest bit: "SYN+ACK"; "none" if none is.
 *
 * @param flags in [0, 255]
 * @example
 * import {formatTcpFlags} from "kernel-lib/packet";
 * formatTcpFlags(0x12) // => 'SYN+ACK'
 */
export function formatTcpFlags(flags: number): string {
  const names = Object.entries(TCP_FLAG).filter(([, bit]) => (flags & bit) !== 0);
  return names.length === 0 ? "none" : names.map(([name]) => name.toUpperCase()).join("+");
}

/**
 * One line about the header.
 *
 * @example
 * import {parseHex} from "kernel-lib/bytes";
 * import {decodeTcpHeader, describeTcpHeader} from "kernel-lib/packet";
 * describeTcpHeader(decodeTcpHeader(parseHex("ad2101bb000003e8000000005002faf0eb1e0000")))
 * // => 'TCP 44321 → 443, SYN, sequence 1000, window 64240, checksum 0xeb1e'
 */
export function describeTcpHeader(header: TcpHeader): string {
  const {sourcePort, destinationPort, flags} = header;
  const words = [
    `TCP ${sourcePort} → ${destinationPort}`,
    formatTcpFlags(flags),
    `sequence ${header.sequence}`,
  ];
  if ((flags & TCP_FLAG.ack) !== 0) words.push(`acknowledgment ${header.acknowledgment}`);
  words.push(`window ${header.window}`, `checksum ${hex(header.checksum, 4)}`);
  if ((flags & TCP_FLAG.urg) !== 0) words.push(`urgent to ${byteCount(header.urgentPointer)}`);
  if (header.reserved !== 0) words.push(`reserved ${header.reserved}`);
  return [...words, ...header.options.map(describeTcpOption)].join(", ");
}
