import fc from "fast-check";
import type {DurabilityChain} from "kernel-lib/erasure";
import {annualLossProbability, solveChain} from "kernel-lib/erasure";
import {nines} from "kernel-lib/stats";
import {describe, expect, it} from "vitest";

/** The same equations by general elimination with pivots: the twin. Fine for gentle rates. */
function slowMeanYears({failuresPerYear, repairsPerYear, ...rest}: DurabilityChain): number {
  const n = failuresPerYear.length;
  const fractions = rest.survivingFractions ?? failuresPerYear.map((_, i) => Number(i < n - 1));
  const rows = failuresPerYear.map((failures, i) => {
    const row = new Array<number>(n + 1).fill(0);
    row[i] = failures + repairsPerYear[i]!;
    if (i + 1 < n) row[i + 1]! -= failures * fractions[i]!;
    if (i > 0) row[i - 1]! -= repairsPerYear[i]!;
    row[n] = 1;
    return row;
  });
  for (let column = 0; column < n; column++) {
    for (let row = 0; row < n; row++) {
      if (row === column) continue;
      const factor = rows[row]![column]! / rows[column]![column]!;
      rows[row]!.forEach((_, i) => (rows[row]![i]! -= factor * rows[column]![i]!));
    }
  }
  return rows[0]![n]! / rows[0]![0]!;
}

const rate = fc.double({min: 0.1, max: 20, noNaN: true});
const chains = fc.integer({min: 1, max: 6}).chain((n) =>
  fc.record({
    failuresPerYear: fc.array(rate, {minLength: n, maxLength: n}),
    repairsPerYear: fc
      .array(rate, {minLength: n - 1, maxLength: n - 1})
      .map((rates) => [0, ...rates]),
    survivingFractions: fc
      .array(fc.double({min: 0, max: 1, noNaN: true}), {minLength: n - 1, maxLength: n - 1})
      .map((fractions) => [...fractions, 0]),
  }),
);

describe("solveChain", () => {
  it("solveChain().mttdlYears agrees with a general solution of the equations", () => {
    fc.assert(
      fc.property(chains, (chain) => {
        expect(solveChain(chain).mttdlYears / slowMeanYears(chain)).toBeCloseTo(1, 6);
      }),
    );
  });

  it("solveChain().annualLossProbability agrees with small steps in time", () => {
    fc.assert(
      fc.property(chains, (chain) => {
        const {failuresPerYear, repairsPerYear, survivingFractions} = chain;
        const steps = 20_000;
        let alive = [1, ...new Array<number>(failuresPerYear.length - 1).fill(0)];
        for (let step = 0; step < steps; step++) {
          alive = alive.map((p, i) => {
            const up = (alive[i - 1] ?? 0) * (failuresPerYear[i - 1] ?? 0);
            const down = (alive[i + 1] ?? 0) * (repairsPerYear[i + 1] ?? 0);
            const out = p * (failuresPerYear[i]! + repairsPerYear[i]!);
            return p + (up * (survivingFractions[i - 1] ?? 0) + down - out) / steps;
          });
        }
        const lost = 1 - alive.reduce((sum, p) => sum + p, 0);
        expect(solveChain(chain).annualLossProbability).toBeCloseTo(lost, 2);
      }),
      {numRuns: 20},
    );
  });

  it("solveChain() keeps full precision where a life is 10^15 years: the closed form for RS(6,2)", () => {
    // For failures ≪ repairs, absorption is 8λ · (7λ/μ) · (6λ/2μ) a year, to first order in λ/μ.
    const [lambda, mu] = [1e-6, 1e3];
    const {mttdlYears, annualLossProbability: loss} = solveChain({
      failuresPerYear: [8 * lambda, 7 * lambda, 6 * lambda],
      repairsPerYear: [0, mu, 2 * mu],
    });
    const closed = (8 * lambda * 7 * lambda * 6 * lambda) / (2 * mu * mu);
    expect(mttdlYears * closed).toBeCloseTo(1, 6);
    // Within the year the stripe is a little safer, since it begins whole.
    expect(loss / closed).toBeCloseTo(1, 2);
    expect(loss).toBeLessThan(closed);
  });

  it("solveChain() gives three times the binomial window's loss for RS(6,2): half a nine", () => {
    const disks = {annualFailureRate: 0.01, repairHours: 6};
    const window = annualLossProbability({...disks, shardsPerZone: [8], parityShards: 2});
    const mu = 8760 / 6;
    const {annualLossProbability: chain} = solveChain({
      failuresPerYear: [0.08, 0.07, 0.06],
      repairsPerYear: [0, mu, 2 * mu],
    });
    expect(chain / window).toBeCloseTo(3, 1);
    expect(nines(chain)).toBeCloseTo(10.1, 1);
  });

  it("solveChain() of one state is the plain exponential", () => {
    const {mttdlYears, annualLossProbability: loss} = solveChain({
      failuresPerYear: [0.25],
      repairsPerYear: [0],
    });
    expect(mttdlYears).toBe(4);
    expect(loss).toBeCloseTo(1 - Math.exp(-0.25), 12);
  });

  it("solveChain() refuses lists that do not fit and rates outside their range", () => {
    const refused: DurabilityChain[] = [
      {failuresPerYear: [], repairsPerYear: []},
      {failuresPerYear: [1, 1], repairsPerYear: [0]},
      {failuresPerYear: [0], repairsPerYear: [0]},
      {failuresPerYear: [1], repairsPerYear: [1]},
      {failuresPerYear: [1, 1], repairsPerYear: [0, -1]},
      {failuresPerYear: [1, 1], repairsPerYear: [0, 1], survivingFractions: [2, 0]},
      {failuresPerYear: [1, 1], repairsPerYear: [0, 1], survivingFractions: [1, 1]},
    ];
    for (const chain of refused) expect(() => solveChain(chain)).toThrow(RangeError);
  });
});
