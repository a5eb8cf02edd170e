import {annualLossProbability} from "kernel-lib/erasure";
import {Random} from "kernel-lib/random";
import {nines} from "kernel-lib/stats";
import {describe, expect, it} from "vitest";

const disks = {annualFailureRate: 0.01, repairHours: 6};

describe("annualLossProbability", () => {
  it("annualLossProbability() reproduces Backblaze's eleven nines for 17 + 3", () => {
    // Backblaze, erasure-coding-durability, README: durability.py 17 3 0.00405 6.5 → 7.354e-12.
    // Their window probability is rounded to 1.310e-13; ours is exact, hence 7.355e-12.
    const loss = annualLossProbability({
      shardsPerZone: [20],
      parityShards: 3,
      annualFailureRate: 0.00405,
      repairHours: 6.5 * 24,
    });
    expect(loss / 7.354e-12).toBeCloseTo(1, 3);
    expect(Math.floor(nines(loss))).toBe(11);
  });

  it("annualLossProbability() gives 10.6 nines for RS(6,2) by disks alone, wherever they stand", () => {
    for (const shardsPerZone of [[8], [4, 4], [2, 2, 2, 2]]) {
      const loss = annualLossProbability({...disks, shardsPerZone, parityShards: 2});
      expect(nines(loss)).toBeCloseTo(10.58, 2);
    }
  });

  it("annualLossProbability() is half a nine above a Markov chain with parallel repair", () => {
    // Birth-death chain 0 → 1 → 2 → 3 lost, failures (8 − i)λ, repairs iμ; for λ ≪ μ the rate of
    // absorption is 8λ · (7λ/μ) · (6λ/2μ). The chapter quotes this as 10.1 nines.
    const lambda = 0.01;
    const mu = 8760 / 6;
    const chain = (8 * lambda * 7 * lambda * 6 * lambda) / (mu * 2 * mu);
    expect(nines(chain)).toBeCloseTo(10.1, 1);
    const loss = annualLossProbability({...disks, shardsPerZone: [8], parityShards: 2});
    expect(chain / loss).toBeCloseTo(3, 1);
  });

  it("annualLossProbability() agrees with a simulation of its own model, zones included", () => {
    // Rates so high that 200,000 windows decide it; one window a year.
    const options = {
      shardsPerZone: [3, 3, 2],
      parityShards: 2,
      annualFailureRate: 0.05,
      repairHours: 8760,
      zoneFailuresPerYear: 0.02,
    };
    const random = new Random(5);
    const windows = 200_000;
    let losses = 0;
    for (let window = 0; window < windows; window++) {
      let lost = 0;
      for (const shards of options.shardsPerZone) {
        const zone = random.float() < 0.02;
        for (let shard = 0; shard < shards; shard++) {
          const disk = random.float() < 0.05;
          if (zone || disk) lost++;
        }
      }
      if (lost > 2) losses++;
    }
    const exact = annualLossProbability(options);
    const standardError = Math.sqrt((exact * (1 - exact)) / windows);
    expect(Math.abs(losses / windows - exact)).toBeLessThan(4 * standardError);
  });

  it("annualLossProbability() refuses rates outside their range", () => {
    const base = {...disks, shardsPerZone: [8], parityShards: 2};
    expect(() => annualLossProbability({...base, annualFailureRate: 1.1})).toThrow(RangeError);
    for (const parityShards of [-2, 1.5, Number.NaN]) {
      expect(() => annualLossProbability({...base, parityShards})).toThrow(
        "need whole parityShards",
      );
    }
    expect(() => annualLossProbability({...base, shardsPerZone: [4, 0.5]})).toThrow(RangeError);
    expect(() => annualLossProbability({...base, repairHours: 0})).toThrow(RangeError);
    expect(() => annualLossProbability({...base, repairHours: 9000})).toThrow(RangeError);
    expect(() => annualLossProbability({...base, zoneFailuresPerYear: -1})).toThrow(RangeError);
    expect(() => annualLossProbability({...base, zoneFailuresPerYear: 2000})).toThrow(
      "Cannot compute durability: need zoneFailuresPerYear in [0, 1460], got 2000",
    );
  });
});
