import {Random, Zipf} from "kernel-lib/random";
import {describe, expect, it} from "vitest";

describe("Zipf", () => {
  it.each([0, 0.8, 1.2])("Zipf(20, %d) draws as often as its probabilities say", (exponent) => {
    const zipf = new Zipf({items: 20, exponent});
    const random = new Random(8);
    const counts = new Array<number>(20).fill(0);
    for (let draw = 0; draw < 20_000; draw++) counts[zipf.draw(random)]!++;
    const chiSquared = counts.reduce((sum, count, item) => {
      const expected = 20_000 * zipf.probability(item);
      return sum + (count - expected) ** 2 / expected;
    }, 0);
    // 43.82 is the 99.9 % point of chi-squared with 19 degrees of freedom.
    expect(chiSquared).toBeLessThan(43.82);
  });

  it("Zipf.probability() falls as a power and sums to one", () => {
    const zipf = new Zipf({items: 100, exponent: 0.9});
    const all = Array.from({length: 100}, (_, item) => zipf.probability(item));
    expect(all.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    expect(all[0]! / all[31]!).toBeCloseTo(32 ** 0.9, 10);
    expect(() => zipf.probability(100)).toThrow(RangeError);
  });

  it("Zipf refuses options outside their range", () => {
    expect(() => new Zipf({items: 0, exponent: 1})).toThrow(RangeError);
    expect(() => new Zipf({items: 1e8, exponent: 1})).toThrow(RangeError);
    expect(() => new Zipf({items: 2, exponent: -1})).toThrow(RangeError);
  });
});
