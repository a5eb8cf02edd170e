/**
 * Flawed parity: the rows of a code that breaks its promise for one pair of data shards.
 *
 * An exercise in looking. One column is a multiple of another, so that no parity row tells the two
 * data shards apart; everything else is a sound Cauchy code. Which two is not returned.
 *
 * Fidelity: public; spoilt on purpose. Store nothing with it.
 */
import {cauchyParity, gfMultiply} from "../../erasure/index.js";
import type {CodeSize} from "../../erasure/index.js";
import {Random} from "../../random/index.js";

export interface FlawedParityOptions extends CodeSize {
  /** Decides which two data shards cannot be told apart. */
  seed: number;
}

/**
 * Parity rows under which the loss of some two data shards is fatal.
 *
 * @returns m rows of k bytes
 * @throws RangeError if there are fewer than two data shards, or the sizes are outside their range
 *
 * @example
 * import {Matrix} from "kernel-lib/erasure";
 * import {flawedParity} from "kernel-lib/experiments/s3";
 * const rows = flawedParity({dataShards: 2, parityShards: 3, seed: 3});
 * Matrix.fromRows(rows).rank() // => 1
 */
export function flawedParity({dataShards, parityShards, seed}: FlawedParityOptions): number[][] {
  if (!(dataShards >= 2)) {
    throw new RangeError(`Cannot spoil a code: need two data shards or more, got ${dataShards}`);
  }
  const sound = cauchyParity({dataShards, parityShards});
  const random = new Random(seed);
  const columns = Array.from({length: dataShards}, (_, column) => column);
  const [spoilt, like] = random.shuffle(columns) as [number, number];
  const factor = random.integer({min: 3, max: 255});
  return Array.from({length: parityShards}, (_, row) =>
    columns.map((column) =>
      column === spoilt ? gfMultiply(factor, sound.get(row, like)) : sound.get(row, column),
    ),
  );
}
