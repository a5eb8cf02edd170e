/**
 * CRC32C (Castagnoli): the checksum of iSCSI, ext4, SCTP and of the storage in this library.
 *
 * The remainder of the message, as a polynomial over GF(2), divided by 0x1EDC6F41 (reflected:
 * 0x82F63B78), with initial value and final XOR 0xFFFFFFFF. Finds every burst of up to 32 bits and,
 * in messages of up to 2^31 bits, every two flipped bits. It is no protection against an attacker.
 *
 * Source: RFC 3720 §12.1 and appendix B.4. Eight bytes a step with eight tables: M. Kounavis and
 * F. Berry, "A systematic approach to building high performance, software-based, CRC generators",
 * ISCC 2005. Fidelity: public.
 */
const REFLECTED_POLYNOMIAL = 0x82f63b78;
const TABLES = makeTables();

/**
 * The CRC32C of some bytes.
 *
 * @param bytes what to check; may be a view
 * @param seed the CRC32C of the bytes before these, to go on from there; default 0: none
 * @returns a whole number in [0, 2^32)
 *
 * @example
 * import {crc32c} from "kernel-lib/bytes";
 * const bytes = Uint8Array.from("123456789", (digit) => digit.charCodeAt(0));
 * crc32c(bytes).toString(16) // => 'e3069283'
 * crc32c(bytes.subarray(4), crc32c(bytes.subarray(0, 4))).toString(16) // => 'e3069283'
 */
export function crc32c(bytes: Uint8Array, seed = 0): number {
  const tables = TABLES;
  const whole = bytes.length - (bytes.length % 8);
  let crc = ~seed;
  let at = 0;
  for (; at < whole; at += 8) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc =
      tables[0x700 | (crc & 0xff)]! ^
      tables[0x600 | ((crc >>> 8) & 0xff)]! ^
      tables[0x500 | ((crc >>> 16) & 0xff)]! ^
      tables[0x400 | (crc >>> 24)]! ^
      tables[0x300 | bytes[at + 4]!]! ^
      tables[0x200 | bytes[at + 5]!]! ^
      tables[0x100 | bytes[at + 6]!]! ^
      tables[bytes[at + 7]!]!;
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ tables[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}

/** Entry 256 · n + b: what byte b, followed by n zero bytes, leaves as a remainder. */
function makeTables(): Int32Array {
  const tables = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? REFLECTED_POLYNOMIAL : 0);
    tables[byte] = crc;
  }
  for (let entry = 256; entry < tables.length; entry++) {
    const before = tables[entry - 256]!;
    tables[entry] = (before >>> 8) ^ tables[before & 0xff]!;
  }
  return tables;
}
