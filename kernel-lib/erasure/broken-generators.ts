/**
 * Published ways to choose parity rows that fail for some sizes, kept to be broken in class.
 * All put Vandermonde rows under an identity without more ado, which keeps no promise: any k rows
 * of a Vandermonde matrix are independent, any k rows of identity over Vandermonde need not be.
 *
 * Fidelity: public.
 */
import {gfPower} from "./galois.js";
import {checkCodeSize} from "./generators.js";
import type {CodeSize} from "./generators.js";
import {Matrix} from "./matrix.js";

/**
 * Broken on purpose: an identity over Vandermonde rows V(r, c) = r^c for r = 1, 2, 3 … Fails first
 * for four plus three. Do not store anything with it.
 *
 * Source: the mistake of Plank's 1997 tutorial, with rows and columns as in `vandermondeParity`,
 * which mends it.
 *
 * @param options dataShards k >= 1 and parityShards m >= 0, with k + m <= 256
 * @returns m × k matrix
 * @throws RangeError if the sizes are outside their range
 *
 * @example
 * import {countSingularSubsets, naiveVandermondeParity} from "kernel-lib/erasure";
 * countSingularSubsets(naiveVandermondeParity({dataShards: 4, parityShards: 3}))
 * // => { singular: 1, subsets: 35 }
 */
export function naiveVandermondeParity({dataShards, parityShards}: CodeSize): Matrix {
  checkCodeSize({dataShards, parityShards});
  // r = 256, if it came to that, would be no element of the field: k >= 1 keeps r <= 255.
  return Matrix.build(parityShards, dataShards, (row, column) => gfPower(row + 1, column));
}

/**
 * Broken on purpose: the rows as the 1997 tutorial prints them, (r, c) = (c + 1)^r: the transposed
 * form. It hides the fault longer: sound for every m <= 3, since squaring is one-to-one in GF(2^8);
 * three plus four is not.
 *
 * Source: J. S. Plank, "A tutorial on Reed-Solomon coding for fault-tolerance in RAID-like systems",
 * 1997, §"Calculating and maintaining checksum words"; withdrawn by J. S. Plank and Y. Ding, "Note:
 * correction to the 1997 tutorial on Reed-Solomon coding", 2003.
 *
 * @param options dataShards k >= 1 and parityShards m >= 0, with k + m <= 256
 * @returns m × k matrix
 * @throws RangeError if the sizes are outside their range
 *
 * @example
 * import {countSingularSubsets, plank1997Parity} from "kernel-lib/erasure";
 * countSingularSubsets(plank1997Parity({dataShards: 6, parityShards: 4}))
 * // => { singular: 5, subsets: 210 }
 */
export function plank1997Parity({dataShards, parityShards}: CodeSize): Matrix {
  checkCodeSize({dataShards, parityShards});
  return Matrix.build(parityShards, dataShards, (row, column) => gfPower(column + 1, row));
}

/**
 * Broken on purpose: the rows of ISA-L's `gf_gen_rs_matrix`, (r, c) = 2^(r·c). Its header says for
 * which sizes it is safe; six plus five is the first, by k, that is not. ISA-L's own way out is
 * `gf_gen_cauchy1_matrix`, which is our `cauchyParity`.
 *
 * Source: Intel ISA-L 2.30, erasure_code.h and ec_base.c: for shard i, column j, 2^(j·(i − k)).
 *
 * @param options dataShards k >= 1 and parityShards m >= 0, with k + m <= 256
 * @returns m × k matrix
 * @throws RangeError if the sizes are outside their range
 *
 * @example
 * import {countSingularSubsets, isaLParity} from "kernel-lib/erasure";
 * countSingularSubsets(isaLParity({dataShards: 6, parityShards: 5}))
 * // => { singular: 2, subsets: 462 }
 */
export function isaLParity({dataShards, parityShards}: CodeSize): Matrix {
  checkCodeSize({dataShards, parityShards});
  return Matrix.build(parityShards, dataShards, (row, column) => gfPower(2, row * column));
}
