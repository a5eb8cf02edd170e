/**
 * Reading and writing of big-endian numbers, and the checks before it. Every decoder here calls
 * `need` once for its fixed part and once for what a length field adds, then reads freely.
 *
 * Source: RFC 1700, "Data Notation". Fidelity: public.
 */
import {CorruptionError} from "../bytes/index.js";

/** The 16-bit number at `at`, which must lie inside. */
export function read16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}

/** The 24-bit number at `at`, which must lie inside. */
export function read24(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
}

/** The 32-bit number at `at`, which must lie inside: in [0, 2^32). */
export function read32(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
  );
}

export function write16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

export function write24(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 16;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value;
}

export function write32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

/**
 * Makes sure that `length` bytes from `at` on are there.
 *
 * @throws TypeError if `bytes` is no Uint8Array
 * @throws RangeError if `at` is no offset into it
 * @throws CorruptionError if they end too early; its offset is where they end
 */
export function need(bytes: Uint8Array, at: number, length: number, what: string): void {
  if (bytes instanceof Uint8Array && Number.isInteger(at) && at >= 0) {
    if (at + length <= bytes.length) return;
    if (at <= bytes.length) {
      throw new CorruptionError(
        `Cannot decode ${what}: need ${length} bytes, got ${bytes.length - at}`,
        bytes.length,
      );
    }
  }
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`Cannot decode ${what}: need a Uint8Array, got ${typeof bytes}`);
  }
  throw new RangeError(`Cannot decode ${what}: need an offset in [0, ${bytes.length}], got ${at}`);
}

/**
 * Makes sure that a header of `length` bytes fits where it is to be written.
 *
 * @throws TypeError if `target` is no Uint8Array
 * @throws RangeError if it is too short
 */
export function needRoom(target: Uint8Array, at: number, length: number, what: string): void {
  if (!(target instanceof Uint8Array)) {
    throw new TypeError(`Cannot encode ${what}: need a Uint8Array, got ${typeof target}`);
  }
  if (!(Number.isInteger(at) && at >= 0 && at + length <= target.length)) {
    throw new RangeError(
      `Cannot encode ${what}: need room for ${length} bytes at ${at}, got ${target.length} bytes`,
    );
  }
}

/**
 * @param limit the first number that does not fit, at most 2^32
 * @throws RangeError unless `value` is a whole number in [0, limit)
 */
export function checkNumber(what: string, name: string, value: number, limit: number): void {
  // `>>> 0` is the number itself just for the whole ones in [0, 2^32).
  if (value >>> 0 !== value || value >= limit) {
    throw new RangeError(
      `Cannot encode ${what}: need ${name} a whole number in [0, ${limit}), got ${value}`,
    );
  }
}
