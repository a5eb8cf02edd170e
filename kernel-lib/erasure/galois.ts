/**
 * Arithmetic in GF(2^8): bytes as polynomials over {0, 1}, modulo x^8 + x^4 + x^3 + x^2 + 1.
 *
 * Adding is exclusive or. Multiplying adds logarithms to the base 2, which generates all 255
 * non-zero bytes under this polynomial. Closed under + − × ÷, so linear algebra works on bytes.
 *
 * Source: Plank 1997, §"Galois fields". Fidelity: public.
 */

/** `documented`: 0x11d is the polynomial of Backblaze's and Klaus Post's codecs and of ISA-L. */
const POLYNOMIAL = 0x11d;

/** 2^i for i in [0, 510): twice the period, so that log a + log b needs no modulo. */
const EXP = new Uint8Array(510);
/** Logarithm to the base 2; entry 0 is meaningless and never read. */
const LOG = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power++) {
  EXP[power] = EXP[power + 255] = value;
  LOG[value] = power;
  value <<= 1;
  if (value > 255) value ^= POLYNOMIAL;
}

/**
 * a + b, which is also a − b: exclusive or.
 *
 * @param a byte @param b byte
 * @throws RangeError if an argument is no byte
 * @example
 * import {gfAdd} from "kernel-lib/erasure";
 * gfAdd(5, 3) // => 6
 */
export function gfAdd(a: number, b: number): number {
  checkByte(a);
  checkByte(b);
  return a ^ b;
}

/**
 * a × b.
 *
 * @param a byte @param b byte
 * @throws RangeError if an argument is no byte
 * @example
 * import {gfMultiply} from "kernel-lib/erasure";
 * gfMultiply(3, 4) // => 12
 * gfMultiply(23, 45) // => 41
 */
export function gfMultiply(a: number, b: number): number {
  checkByte(a);
  checkByte(b);
  return a === 0 || b === 0 ? 0 : EXP[LOG[a]! + LOG[b]!]!;
}

/**
 * 1 / a.
 *
 * @param a byte, not 0
 * @throws RangeError if a is 0 or no byte
 * @example
 * import {gfInverse, gfMultiply} from "kernel-lib/erasure";
 * gfMultiply(7, gfInverse(7)) // => 1
 */
export function gfInverse(a: number): number {
  checkByte(a);
  if (a === 0) throw new RangeError("Cannot invert in GF(2^8): 0 has no inverse");
  return EXP[255 - LOG[a]!]!;
}

/**
 * a / b.
 *
 * @param a byte @param b byte, not 0
 * @throws RangeError if b is 0 or an argument is no byte
 * @example
 * import {gfDivide} from "kernel-lib/erasure";
 * gfDivide(12, 4) // => 3
 */
export function gfDivide(a: number, b: number): number {
  return gfMultiply(a, gfInverse(b));
}

/**
 * a to the power of `exponent`; 0^0 is 1, as the Vandermonde matrix needs.
 *
 * @param a byte @param exponent whole number >= 0
 * @throws RangeError if an argument is outside its range
 * @example
 * import {gfPower} from "kernel-lib/erasure";
 * gfPower(5, 20) // => 235
 */
export function gfPower(a: number, exponent: number): number {
  checkByte(a);
  if (!Number.isSafeInteger(exponent) || exponent < 0) {
    throw new RangeError(`Cannot raise to a power: need a whole number >= 0, got ${exponent}`);
  }
  if (exponent === 0) return 1;
  return a === 0 ? 0 : EXP[(LOG[a]! * (exponent % 255)) % 255]!;
}

function checkByte(value: number): void {
  if (!Number.isInteger(value) || value < 0 || value > 255) {
    throw new RangeError(`Cannot calculate in GF(2^8): need a byte in [0, 255], got ${value}`);
  }
}
