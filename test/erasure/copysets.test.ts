import {copysetLossProbability} from "kernel-lib/erasure";
import {combinations} from "kernel-lib/stats";
import {describe, expect, it} from "vitest";

const cluster = {nodes: 5000, failedNodes: 50};

describe("copysetLossProbability", () => {
  it("copysetLossProbability() reproduces 99.99 % and 0.15 % of Cidon et al. 2013 for three copies", () => {
    const three = {...cluster, setSize: 3, tolerated: 2};
    expect(100 * copysetLossProbability({...three, sets: 1e7})).toBeCloseTo(99.992, 3);
    expect(100 * copysetLossProbability({...three, sets: 1666})).toBeCloseTo(0.157, 3);
  });

  it("copysetLossProbability() gives the figures of facts/storage.md §3.2g for erasure codes", () => {
    const percent = (k: number, m: number): number =>
      100 *
      copysetLossProbability({
        ...cluster,
        setSize: k + m,
        tolerated: m,
        sets: Math.floor(5000 / (k + m)),
      });
    expect(percent(6, 3)).toBeCloseTo(0.06, 3);
    expect(percent(8, 4)).toBeCloseTo(0.0025, 4);
    expect(percent(10, 4)).toBeCloseTo(0.0054, 4);
  });

  it("copysetLossProbability() agrees with counting all failures of a small cluster", () => {
    for (const [setSize, tolerated] of [
      [3, 1],
      [4, 2],
      [5, 0],
      [5, 4],
    ] as const) {
      const failures = combinations([0, 1, 2, 3, 4, 5, 6, 7, 8], 4);
      const lost = failures.filter(
        (failed) => failed.filter((node) => node < setSize).length > tolerated,
      );
      expect(
        copysetLossProbability({nodes: 9, failedNodes: 4, setSize, tolerated, sets: 1}),
      ).toBeCloseTo(lost.length / failures.length, 12);
    }
  });

  it("copysetLossProbability() is 0 where all is tolerated or nothing fails, and 1 where all fails", () => {
    const base = {nodes: 10, setSize: 3, tolerated: 2, sets: 4};
    expect(copysetLossProbability({...base, failedNodes: 0})).toBe(0);
    expect(copysetLossProbability({...base, failedNodes: 5, tolerated: 3})).toBe(0);
    expect(copysetLossProbability({...base, failedNodes: 10})).toBe(1);
  });

  it("copysetLossProbability() refuses options outside their range", () => {
    const base = {nodes: 10, failedNodes: 2, setSize: 3, tolerated: 2, sets: 4};
    for (const wrong of [
      {nodes: 0},
      {failedNodes: 11},
      {setSize: 11},
      {tolerated: 4},
      {sets: 0},
      {sets: Number.NaN},
    ]) {
      expect(() => copysetLossProbability({...base, ...wrong})).toThrow(RangeError);
    }
  });
});
