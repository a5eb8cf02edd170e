/**
 * FNV-1a, 32 bits: spreads names over numbers. It keeps no secret, and its low bits depend on low
 * bits alone.
 *
 * @param values whole numbers >= 0, as the bytes of a text
 * @returns a whole number in [0, 2^32)
 *
 * Source: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, "The FNV Non-Cryptographic Hash Algorithm".
 *
 * @example
 * import {fnv1a} from "kernel-lib/random";
 * fnv1a([]) // => 2166136261
 * fnv1a([0x61]) // => 3826002220
 */
export function fnv1a(values: Iterable<number>): number {
  let hash = 0x811c9dc5;
  for (const value of values) hash = Math.imul(hash ^ value, 0x01000193);
  return hash >>> 0;
}
