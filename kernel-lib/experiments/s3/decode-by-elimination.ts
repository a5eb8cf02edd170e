/**
 * Decode by elimination: Gauss-Jordan on the generator rows of the shards that are left, for every
 * erasure pattern, and how much of that work a lost shard needs.
 *
 * The bytes are multiplied out here by the definition, one at a time, and share no code with
 * `ReedSolomon.reconstruct`.
 *
 * Decides claim 3.13. Fidelity: public.
 */
import {gfMultiply, reduceRows, ReedSolomon} from "../../erasure/index.js";
import {Random} from "../../random/index.js";
import {combinations} from "../../stats/index.js";
import type {Code} from "./stripe.js";

export interface DecodeByEliminationOptions {
  codes: readonly Code[];
  /** Decides the bytes of the object. */
  seed: number;
}

/** All patterns of one code with one number of lost shards. */
export interface DecodeByEliminationRow {
  /** As in "RS(6,2)". */
  code: string;
  shardsLost: number;
  /** Erasure patterns tried: all of them. */
  patterns: number;
  /** Restored data bytes that were not the original ones, over all patterns. */
  bytesThatDiffer: number;
  /** Moves of the elimination, on average over the patterns. */
  movesMean: number;
  /** Rows of the inverse that lost data shards need, on average; the elimination makes all k. */
  rowsNeededMean: number;
}

/** `invented for teaching`: bytes in each shard. */
const SHARD_BYTES = 4;

/**
 * Decodes every erasure pattern of every code by elimination.
 *
 * @returns one row per code and number of lost shards, from 0 to m
 * @throws RangeError if a code is outside its range
 *
 * @example
 * import {decodeByElimination} from "kernel-lib/experiments/s3";
 * const rows = decodeByElimination({codes: [{dataShards: 6, parityShards: 2}], seed: 3});
 * rows.map((row) => row.patterns) // => [ 1, 8, 28 ]
 * Math.max(...rows.map((row) => row.bytesThatDiffer)) // => 0
 */
export function decodeByElimination(options: DecodeByEliminationOptions): DecodeByEliminationRow[] {
  return options.codes.flatMap((size) => {
    const code = new ReedSolomon(size);
    const random = new Random(options.seed).fork("object");
    const data = code.split(random.bytes(size.dataShards * SHARD_BYTES));
    const shards = [...data, ...code.encode(data)];
    return Array.from({length: size.parityShards + 1}, (_, lost) => decodeAll(code, shards, lost));
  });
}

function decodeAll(
  code: ReedSolomon,
  shards: readonly Uint8Array[],
  shardsLost: number,
): DecodeByEliminationRow {
  const positions = shards.map((_, position) => position);
  const patterns = combinations(positions, shardsLost);
  let bytesThatDiffer = 0;
  let moves = 0;
  let rowsNeeded = 0;
  for (const lost of patterns) {
    const present = positions.filter((position) => !lost.includes(position));
    const used = present.slice(0, code.dataShards);
    const {steps, inverse} = reduceRows(code.generator.selectRows(used));
    moves += steps.length - 1;
    for (const position of lost.filter((each) => each < code.dataShards)) {
      rowsNeeded++;
      const restored = combine(
        inverse!.row(position),
        used.map((each) => shards[each]!),
      );
      bytesThatDiffer += restored.filter((byte, at) => byte !== shards[position]![at]).length;
    }
  }
  return {
    code: `RS(${code.dataShards},${code.parityShards})`,
    shardsLost,
    patterns: patterns.length,
    bytesThatDiffer,
    movesMean: moves / patterns.length,
    rowsNeededMean: rowsNeeded / patterns.length,
  };
}

/** Σ coefficient · shard, by the definition. */
function combine(coefficients: Uint8Array, sources: readonly Uint8Array[]): Uint8Array {
  return sources[0]!.map((_, at) =>
    sources.reduce((sum, source, i) => sum ^ gfMultiply(coefficients[i]!, source[at]!), 0),
  );
}
