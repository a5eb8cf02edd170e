/**
 * Matrix safety: is it true that any k of the k + m shards give the data back?
 *
 * For four published ways to make the parity rows, every set of k shards is tried. The answer is a
 * property of the matrix, not of "Reed-Solomon".
 *
 * Decides claim 3.7. Fidelity: public; exhaustive, no sampling.
 */
import {
  cauchyParity,
  countSingularSubsets,
  isaLParity,
  naiveVandermondeParity,
  vandermondeParity,
} from "../../erasure/index.js";
import type {CodeSize, Matrix} from "../../erasure/index.js";

export interface MatrixSafetyOptions {
  codes: readonly CodeSize[];
  /** Not used: nothing is drawn by chance. Every experiment takes a seed. */
  seed?: number;
}

/** One code with one matrix. */
export interface MatrixSafetyRow {
  /** As in "RS(6,3)". */
  code: string;
  /** Who published the matrix. */
  matrix: string;
  /** Sets of k shards that do not determine the data. */
  singularSubsets: number;
  /** All sets of k shards. */
  subsets: number;
  /** singularSubsets / subsets, in [0, 1]. */
  singularShare: number;
}

const MATRICES: readonly (readonly [string, (size: CodeSize) => Matrix])[] = [
  ["identity over Vandermonde", naiveVandermondeParity],
  ["ISA-L gf_gen_rs_matrix", isaLParity],
  ["systematic Vandermonde", vandermondeParity],
  ["Cauchy", cauchyParity],
];

/**
 * Tries every set of k shards for every code and matrix.
 *
 * @returns one row per code and matrix, codes outermost
 * @throws RangeError if a size is outside its range
 *
 * @example
 * import {matrixSafety} from "kernel-lib/experiments/s3";
 * const rows = matrixSafety({codes: [{dataShards: 6, parityShards: 3}]});
 * rows.map((row) => row.singularSubsets) // => [ 3, 0, 0, 0 ]
 */
export function matrixSafety({codes}: MatrixSafetyOptions): MatrixSafetyRow[] {
  return codes.flatMap((size) =>
    MATRICES.map(([matrix, make]) => {
      const {singular, subsets} = countSingularSubsets(make(size));
      return {
        code: `RS(${size.dataShards},${size.parityShards})`,
        matrix,
        singularSubsets: singular,
        subsets,
        singularShare: singular / subsets,
      };
    }),
  );
}
