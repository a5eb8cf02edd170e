import {combinations} from "../stats/index.js";
import type {Matrix} from "./matrix.js";

/** Of all ways to keep k of k + m shards, how many cannot give the data back. */
export interface SubsetCount {
  /** How many sets of k shards do not determine the data; 0 for a code that keeps its promise. */
  singular: number;
  /** All sets of k shards: C(k + m, k). */
  subsets: number;
}

/**
 * Counts the sets of k shards from which a systematic code cannot be decoded, by trying them all.
 *
 * Keeping t parity shards and losing t data shards leaves t equations in t unknowns: the t × t part
 * of the parity rows at those rows and columns must be invertible. So each of the C(k + m, k) sets
 * costs O(t³) with t <= m, instead of O(k³).
 *
 * @param parity the parity rows, m × k
 *
 * @example
 * import {countSingularSubsets, vandermondeParity} from "kernel-lib/erasure";
 * countSingularSubsets(vandermondeParity({dataShards: 6, parityShards: 3}))
 * // => { singular: 0, subsets: 84 }
 */
export function countSingularSubsets(parity: Matrix): SubsetCount {
  const rows = Array.from({length: parity.rows}, (_, row) => row);
  const columns = Array.from({length: parity.columns}, (_, column) => column);
  const count: SubsetCount = {singular: 0, subsets: 0};
  for (let kept = 0; kept <= Math.min(rows.length, columns.length); kept++) {
    const losses = combinations(columns, kept);
    for (const chosen of combinations(rows, kept)) {
      const part = parity.selectRows(chosen).transpose();
      for (const lost of losses) {
        count.subsets++;
        // The rank of the transpose is the rank.
        if (part.selectRows(lost).rank() < kept) count.singular++;
      }
    }
  }
  return count;
}
