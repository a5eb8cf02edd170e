import {Matrix} from "kernel-lib/erasure";
import {flawedParity} from "kernel-lib/experiments/s3";
import {combinations} from "kernel-lib/stats";
import {describe, expect, it} from "vitest";

const SIZE = {dataShards: 5, parityShards: 3};
const SHARDS = [0, 1, 2, 3, 4, 5, 6, 7];

/** Sets of that many shards whose loss leaves too few equations. */
function fatalSets(seed: number, size: number): string[] {
  const generator = Matrix.identity(5).stack(Matrix.fromRows(flawedParity({...SIZE, seed})));
  return combinations(SHARDS, size)
    .filter((lost) => {
      const left = SHARDS.filter((shard) => !lost.includes(shard));
      return generator.selectRows(left).rank() < SIZE.dataShards;
    })
    .map(String);
}

describe("flawedParity", () => {
  it("flawedParity() dies of one pair of data shards and of nothing smaller, whatever the seed", () => {
    const pairs = new Set<string>();
    for (let seed = 0; seed < 100; seed++) {
      expect(fatalSets(seed, 1)).toEqual([]);
      const [pair, ...others] = fatalSets(seed, 2);
      expect(others).toEqual([]);
      expect(pair).toMatch(/^[0-4],[0-4]$/);
      pairs.add(pair!);
    }
    expect(pairs.size).toBe(10);
  });

  it("flawedParity() refuses a code with a single data shard", () => {
    expect(() => flawedParity({dataShards: 1, parityShards: 2, seed: 3})).toThrow(RangeError);
  });
});
