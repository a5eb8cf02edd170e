import {AZURE_STORAGE_2012, clusterChain, LocallyRepairable, solveChain} from "kernel-lib/erasure";
import {combinations} from "kernel-lib/stats";
import {describe, expect, it} from "vitest";

describe("clusterChain", () => {
  it("clusterChain() reproduces Table 1 of Huang et al. 2012 with the fitted node MTTF, C = 1", () => {
    // Published: 3.5e9, 6.1e11, 2.6e12 years. Ours, facts/storage.md §3.2b: 3.51e9, 6.05e11, 2.54e12.
    const years = (shards: number, survivingFractions: number[]): string =>
      solveChain(clusterChain({shards, survivingFractions})).mttdlYears.toExponential(2);
    expect(AZURE_STORAGE_2012.nodeMttfYears).toBe(4.96);
    expect(years(3, [1, 1, 0])).toBe("3.51e+9");
    expect(years(9, [1, 1, 1, 0])).toBe("6.05e+11");
    expect(years(10, [1, 1, 1, decodableOfFour(), 0])).toBe("2.54e+12");
  });

  it("clusterChain() with the repair costs as printed misses Table 1", () => {
    const years = (shards: number, survivingFractions: number[], repairCost: number): string =>
      solveChain(clusterChain({shards, survivingFractions, repairCost})).mttdlYears.toExponential(
        1,
      );
    expect(years(9, [1, 1, 1, 0], 6)).toBe("1.0e+11");
    expect(years(10, [1, 1, 1, decodableOfFour(), 0], 3.6)).toBe("7.1e+11");
  });

  it("clusterChain() refuses more states than shards", () => {
    expect(() => clusterChain({shards: 2, survivingFractions: [1, 1, 0]})).toThrow(RangeError);
  });
});

/** All sets of three are decodable, so a random fourth loss is a random set of four. */
function decodableOfFour(): number {
  const code = new LocallyRepairable({dataShards: 6, localParities: 2, globalParities: 2});
  const sets = combinations([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4);
  return sets.filter((lost) => code.isDecodable(lost)).length / sets.length;
}
