import {gfMultiply} from "./galois.js";

/** All 65,536 products: row a, column b, row-major. 64 KiB, filled on first use. */
let table: Uint8Array | undefined;

/**
 * The 256 products of one coefficient, as a view into the shared table (do not write to it).
 * One look-up a byte instead of two logarithms, an addition and a test for zero.
 */
export function productsOf(coefficient: number): Uint8Array {
  table ??= Uint8Array.from({length: 65536}, (_, index) => gfMultiply(index >> 8, index & 255));
  return table.subarray(256 * coefficient, 256 * coefficient + 256);
}
