/**
 * The UDP header: two ports, a length, a checksum.
 *
 * ```
 * sourcePort (2) | destinationPort (2) | length (2) | checksum (2) | payload
 * ```
 *
 * Source: RFC 768. Fidelity: public.
 */
import {CorruptionError} from "../bytes/index.js";
import {checkNumber, need, needRoom, read16, write16} from "./big-endian.js";
import {byteOffsets, fixedBytes} from "./field.js";
import type {Field} from "./field.js";
import {byteCount, hex} from "./numbers.js";

/** The table of the format. */
export const UDP_HEADER_FIELDS: readonly Field<keyof UdpHeader>[] = [
  {name: "sourcePort", bits: 16, meaning: "port of the sender"},
  {name: "destinationPort", bits: 16, meaning: "port of the receiver"},
  {name: "length", bits: 16, meaning: "bytes of header and payload"},
  {name: "checksum", bits: 16, meaning: "of pseudo-header, header and payload; 0: none"},
];
const AT = byteOffsets(UDP_HEADER_FIELDS);
/** 8. */
export const UDP_HEADER_BYTES: number = fixedBytes(UDP_HEADER_FIELDS);

/** `documented`: IANA, "Service Name and Transport Protocol Port Number Registry". */
export const UDP_PORT: Readonly<Record<"dhcpServer" | "dhcpClient" | "vxlan" | "geneve", number>> =
  {dhcpServer: 67, dhcpClient: 68, vxlan: 4789, geneve: 6081};

/** The value of a UDP header. */
export interface UdpHeader {
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Bytes of header and payload, in [8, 65535]. */
  readonly length: number;
  /** 0: the sender computed none. */
  readonly checksum: number;
}

/**
 * The 8 bytes of the header, as the value says: neither length nor checksum is computed
 * (`encodeFrame` does).
 *
 * @param target where to write, default new bytes of just that length
 * @param at offset in `target`
 * @returns `target`
 * @throws RangeError if a number is outside [0, 65535] or `target` too short
 * @example
 * import {formatHex} from "kernel-lib/bytes";
 * import {encodeUdpHeader} from "kernel-lib/packet";
 * const header = {sourcePort: 53, destinationPort: 12345, length: 8, checksum: 0xb861};
 * formatHex(encodeUdpHeader(header)) // => '00 35 30 39 00 08 b8 61'
 */
export function encodeUdpHeader(
  header: UdpHeader,
  target: Uint8Array = new Uint8Array(UDP_HEADER_BYTES),
  at = 0,
): Uint8Array {
  needRoom(target, at, UDP_HEADER_BYTES, "UDP header");
  checkNumber("UDP header", "sourcePort", header.sourcePort, 2 ** 16);
  checkNumber("UDP header", "destinationPort", header.destinationPort, 2 ** 16);
  checkNumber("UDP header", "length", header.length, 2 ** 16);
  checkNumber("UDP header", "checksum", header.checksum, 2 ** 16);
  write16(target, at + AT.sourcePort, header.sourcePort);
  write16(target, at + AT.destinationPort, header.destinationPort);
  write16(target, at + AT.length, header.length);
  write16(target, at + AT.checksum, header.checksum);
  return target;
}

/**
 * The header that begins at `at`. Whether `length` bytes are there is not looked at: a fragment
 * has fewer, and an ICMP error quotes but 8.
 *
 * @throws CorruptionError if fewer than 8 bytes are left, or the length says less than 8
 * @throws RangeError if `at` is no offset into `bytes`
 * @example
 * import {parseHex} from "kernel-lib/bytes";
 * import {decodeUdpHeader} from "kernel-lib/packet";
 * decodeUdpHeader(parseHex("c73812b500460000")).destinationPort // => 4789
 */
export function decodeUdpHeader(bytes: Uint8Array, at = 0): UdpHeader {
  need(bytes, at, UDP_HEADER_BYTES, "UDP header");
  const length = read16(bytes, at + AT.length);
  if (length < UDP_HEADER_BYTES) {
    throw new CorruptionError(
      `Cannot decode UDP header: need a length of 8 or more, got ${length}`,
      at + AT.length,
    );
  }
  return {
    sourcePort: read16(bytes, at + AT.sourcePort),
    destinationPort: read16(bytes, at + AT.destinationPort),
    length,
    checksum: read16(bytes, at + AT.checksum),
  };
}

/**
 * One line about the header.
 *
 * @example
 * import {describeUdpHeader} from "kernel-lib/packet";
 * describeUdpHeader({sourcePort: 51000, destinationPort: 4789, length: 70, checksum: 0})
 * // => 'UDP 51000 → 4789, 70 bytes, no checksum'
 */
export function describeUdpHeader(header: UdpHeader): string {
  const {sourcePort, destinationPort, length, checksum} = header;
  const sum = checksum === 0 ? "no checksum" : `checksum ${hex(checksum, 4)}`;
  return `UDP ${sourcePort} → ${destinationPort}, ${byteCount(length)}, ${sum}`;
}
