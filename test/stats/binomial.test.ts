import fc from "fast-check";
import {binomialDistribution} from "kernel-lib/stats";
import {bignumber, combinations, create, all} from "mathjs";
import {describe, expect, it} from "vitest";

/** The formula, with 64 digits: the obvious twin that a float could not be. */
const exact = create(all!, {number: "BigNumber", precision: 64});
function formula(trials: number, events: number, probability: number): number {
  const p = bignumber(probability);
  const ways = bignumber(combinations(trials, events));
  const q = exact.subtract!(bignumber(1), p);
  return Number(
    exact.multiply!(exact.multiply!(ways, exact.pow!(p, events)), exact.pow!(q, trials - events)),
  );
}

describe("binomialDistribution", () => {
  it("binomialDistribution() agrees with the formula in 64 digits, deep into the tail", () => {
    for (const probability of [1e-7, 1e-3, 0.3]) {
      binomialDistribution(9, probability).forEach((value, events) => {
        expect(value / formula(9, events, probability)).toBeCloseTo(1, 12);
      });
    }
  });

  it("binomialDistribution() sums to one and has the mean n·p", () => {
    fc.assert(
      fc.property(fc.nat(40), fc.double({min: 0, max: 1, noNaN: true}), (trials, p) => {
        const distribution = binomialDistribution(trials, p);
        expect(distribution.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 10);
        const mean = distribution.reduce((sum, value, events) => sum + value * events, 0);
        expect(mean).toBeCloseTo(trials * p, 8);
      }),
    );
  });

  it("binomialDistribution() refuses arguments outside their range", () => {
    expect(() => binomialDistribution(-1, 0.5)).toThrow(RangeError);
    expect(() => binomialDistribution(1, 1.1)).toThrow(RangeError);
    expect(() => binomialDistribution(1, Number.NaN)).toThrow(RangeError);
  });
});
