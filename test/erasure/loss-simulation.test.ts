import {simulateLoss, solveChain} from "kernel-lib/erasure";
import {Random} from "kernel-lib/random";
import {describe, expect, it} from "vitest";

/** Rates so high that some ten thousand stripes decide it. */
const base = {parityShards: 2, failuresPerYear: 0.5, repairsPerYear: 10, trials: 40_000};

function exactLoss(failuresPerShard: number): number {
  return solveChain({
    failuresPerYear: [8, 7, 6].map((alive) => alive * failuresPerShard),
    repairsPerYear: [0, base.repairsPerYear, 2 * base.repairsPerYear],
  }).annualLossProbability;
}

describe("simulateLoss", () => {
  it("simulateLoss() agrees with the exact chain within its interval, wherever the shards stand", () => {
    for (const shardsPerZone of [[8], [3, 3, 2]]) {
      const {low, high} = simulateLoss({...base, shardsPerZone, random: new Random(2)});
      expect(low).toBeLessThan(exactLoss(0.5));
      expect(high).toBeGreaterThan(exactLoss(0.5));
    }
  });

  it("simulateLoss() with one shard per zone takes a zone's loss for one more shard's", () => {
    const {low, high} = simulateLoss({
      ...{...base, failuresPerYear: 0.3, zoneFailuresPerYear: 0.2},
      ...{shardsPerZone: [1, 1, 1, 1, 1, 1, 1, 1], random: new Random(3)},
    });
    expect(low).toBeLessThan(exactLoss(0.5));
    expect(high).toBeGreaterThan(exactLoss(0.5));
  });

  it("simulateLoss() with all shards in one zone loses the stripe with the zone", () => {
    const {low, high} = simulateLoss({
      ...{...base, failuresPerYear: 0, zoneFailuresPerYear: 0.2},
      ...{shardsPerZone: [8], years: 3, random: new Random(4)},
    });
    expect(low).toBeLessThan(1 - Math.exp(-0.6));
    expect(high).toBeGreaterThan(1 - Math.exp(-0.6));
  });

  it("simulateLoss() is decided by its seed, and no loss leaves an interval that is not empty", () => {
    const run = (seed: number): number =>
      simulateLoss({...base, trials: 500, shardsPerZone: [8], random: new Random(seed)}).losses;
    expect(run(7)).toBe(run(7));
    expect(run(7)).not.toBe(run(8));
    const calm = {...base, failuresPerYear: 0, shardsPerZone: [8], random: new Random(1)};
    const {losses, lossProbability, low, high} = simulateLoss({...calm, trials: 100});
    expect([losses, lossProbability, low]).toEqual([0, 0, 0]);
    expect(high).toBeCloseTo(0.037, 3);
  });

  it("simulateLoss() refuses options outside their range", () => {
    const good = {...base, trials: 1, shardsPerZone: [8], random: new Random(1)};
    for (const wrong of [
      {shardsPerZone: [1.5]},
      {parityShards: -1},
      {failuresPerYear: -1},
      {repairsPerYear: Infinity},
      {zoneFailuresPerYear: Number.NaN},
      {years: 0},
      {trials: 0},
    ]) {
      expect(() => simulateLoss({...good, ...wrong})).toThrow(RangeError);
    }
  });
});
