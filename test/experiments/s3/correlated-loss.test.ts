import {correlatedLoss} from "kernel-lib/experiments/s3";
import {table} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";

const rows = correlatedLoss({seed: 3});

describe("correlatedLoss", () => {
  it("correlatedLoss() gives the golden table", async () => {
    const golden = table(rows, {
      caption:
        "No published figure: the exact chain is the peer. The first row must hold it in its 95 % " +
        "interval, the others must not (seed 3, 20,000 stripes each).",
    });
    await expect(golden.describe() + "\n").toMatchFileSnapshot("./correlated-loss.golden.txt");
  });

  it("correlatedLoss() agrees with the chain for about 95 of 100 seeds where zones hold one shard", () => {
    const layouts = [[1, 1, 1, 1, 1, 1, 1, 1]];
    const seeds = Array.from({length: 100}, (_, seed) => seed);
    const agreeing = seeds.filter(
      (seed) => correlatedLoss({seed, layouts, trials: 500})[0]!.agrees,
    );
    expect(agreeing.length).toBeGreaterThanOrEqual(89);
    expect(agreeing.length).toBeLessThanOrEqual(99);
  });

  it("correlatedLoss() agrees with the chain for every layout when zones never fail", () => {
    const trials = 20_000;
    const calm = correlatedLoss({
      ...{seed: 3, shardFailuresPerYear: 0.3, zoneFailuresPerYear: 0, trials},
    });
    expect(new Set(calm.map((row) => row.chainLoss)).size).toBe(1);
    const {chainLoss} = calm[0]!;
    const standardError = Math.sqrt((chainLoss * (1 - chainLoss)) / trials);
    // Four 95 % intervals miss in one of five seeds. 3.66 standard errors are left by one normal
    // draw of 4,000, so by one of four layouts in one seed of 1,000.
    for (const {shardsPerZone, simulatedLoss} of calm) {
      const off = Math.abs(simulatedLoss - chainLoss) / standardError;
      expect(off, shardsPerZone).toBeLessThan(3.66);
    }
  });

  it("correlatedLoss(): two zones of four lose at least what their zones alone take", () => {
    const two = rows.find((row) => row.shardsPerZone === "4+4")!;
    expect(two.high).toBeGreaterThan(1 - Math.exp(-0.2));
    expect(two.low).toBeGreaterThan(5 * two.chainLoss);
  });

  it("correlatedLoss() is decided by its seed, and refuses what cannot be", () => {
    const few = (seed: number): unknown => correlatedLoss({seed, trials: 500});
    expect(few(3)).toEqual(few(3));
    expect(few(4)).not.toEqual(few(3));
    expect(() => correlatedLoss({seed: 3, zoneFailuresPerYear: -1})).toThrow(RangeError);
    expect(() => correlatedLoss({seed: 3, trials: 0})).toThrow(RangeError);
    expect(() => correlatedLoss({seed: 3, layouts: [[1.5]]})).toThrow(RangeError);
  });
});
