import {gfInverse, gfPower} from "./galois.js";
import {Matrix} from "./matrix.js";

/**
 * Parity rows of the systematic Vandermonde code: V(r, c) = r^c for k + m rows, times the inverse
 * of its top k × k, without the identity on top. Any k of the k + m shards decode.
 *
 * The product with the inverse is the correction of Plank and Ding (2003): putting an identity over
 * plain Vandermonde rows, as in the 1997 tutorial, gives codes that fail for some erasures.
 *
 * @param options dataShards k >= 1 and parityShards m >= 0, with k + m <= 256
 * @returns m × k matrix
 * @throws RangeError if the sizes are outside their range
 *
 * @example
 * import {vandermondeParity} from "kernel-lib/erasure";
 * vandermondeParity({dataShards: 6, parityShards: 2}).describe() // => '7 6 5 4 3 2\n6 7 4 5 2 3'
 */
export function vandermondeParity({dataShards, parityShards}: CodeSize): Matrix {
  checkCodeSize({dataShards, parityShards});
  const all = Matrix.build(dataShards + parityShards, dataShards, gfPower);
  const top = all.selectRows(range(0, dataShards));
  // The top square is Vandermonde on distinct points, hence never singular.
  const parity = all.selectRows(range(dataShards, dataShards + parityShards));
  return parity.multiply(top.invert()!);
}

/**
 * Parity rows of the Cauchy code: 1 / (r ⊕ c) for r in [k, k + m) and c in [0, k). Every square
 * part of a Cauchy matrix is invertible, so any k of the k + m shards decode.
 *
 * @param options dataShards k >= 1 and parityShards m >= 0, with k + m <= 256
 * @returns m × k matrix
 * @throws RangeError if the sizes are outside their range
 *
 * @example
 * import {cauchyParity} from "kernel-lib/erasure";
 * cauchyParity({dataShards: 6, parityShards: 1}).describe() // => '122 186 71 167 142 244'
 */
export function cauchyParity({dataShards, parityShards}: CodeSize): Matrix {
  checkCodeSize({dataShards, parityShards});
  return Matrix.build(parityShards, dataShards, (row, column) =>
    gfInverse((dataShards + row) ^ column),
  );
}

/**
 * Parity rows of P+Q: 1, 1, 1 … and 1, 2, 4 …, the powers of 2 in GF(2^8), as RAID-6 uses them. P is
 * the plain exclusive or, Q costs one doubling a shard by Horner's rule: the cheapest code for m <= 2.
 * Any k of the k + m shards decode, since two columns (1, 2^i) and (1, 2^j) are independent.
 *
 * Source: H. P. Anvin, "The mathematics of RAID-6", 2004–2011, §2.
 *
 * @param options dataShards k >= 1 and parityShards m in [0, 2], with k + m <= 256: fewer than the
 *   255 columns after which powers of 2 repeat
 * @returns m × k matrix
 * @throws RangeError if the sizes are outside their range
 *
 * @example
 * import {pqParity} from "kernel-lib/erasure";
 * pqParity({dataShards: 6, parityShards: 2}).describe() // => '1 1 1 1 1 1\n1 2 4 8 16 32'
 */
export function pqParity({dataShards, parityShards}: CodeSize): Matrix {
  checkCodeSize({dataShards, parityShards});
  if (parityShards > 2) {
    throw new RangeError(`Cannot make a P+Q code: need parityShards <= 2, got ${parityShards}`);
  }
  return Matrix.build(parityShards, dataShards, (row, column) => gfPower(2, row * column));
}

/** How many shards a code has: k of data, m of parity. */
export interface CodeSize {
  /** k, a whole number >= 1. */
  dataShards: number;
  /** m, a whole number >= 0; k + m <= 256, the number of points in GF(2^8). */
  parityShards: number;
}

/** @throws RangeError unless k >= 1, m >= 0 and k + m <= 256 are whole numbers */
export function checkCodeSize({dataShards, parityShards}: CodeSize): void {
  if (!Number.isInteger(dataShards) || dataShards < 1) {
    throw new RangeError(`Cannot make a code: need dataShards >= 1, got ${dataShards}`);
  }
  if (!Number.isInteger(parityShards) || parityShards < 0) {
    throw new RangeError(`Cannot make a code: need parityShards >= 0, got ${parityShards}`);
  }
  if (dataShards + parityShards > 256) {
    throw new RangeError(
      `Cannot make a code: need at most 256 shards, got ${dataShards + parityShards}`,
    );
  }
}

function range(from: number, to: number): number[] {
  return Array.from({length: to - from}, (_, index) => from + index);
}
