import {Random} from "kernel-lib/random";
import {meanInterval} from "kernel-lib/stats";
import {describe, expect, it} from "vitest";

describe("meanInterval", () => {
  it("meanInterval() holds the true mean as often as it says", () => {
    const random = new Random(3);
    let held = 0;
    for (let run = 0; run < 2000; run++) {
      const values = Array.from({length: 5}, () => random.normal({mean: 7, standardDeviation: 2}));
      const {low, high} = meanInterval(values, {confidence: 0.9});
      if (low < 7 && 7 < high) held++;
    }
    // 4 standard errors of a fraction 0.9 in 2000 trials.
    expect(Math.abs(held / 2000 - 0.9)).toBeLessThan(4 * Math.sqrt((0.9 * 0.1) / 2000));
  });

  it("meanInterval() of equal values has no width", () => {
    expect(meanInterval([4, 4, 4])).toMatchObject({
      mean: 4,
      halfWidth: 0,
      low: 4,
      high: 4,
      count: 3,
    });
  });

  it("meanInterval() refuses fewer than two values and what is not finite", () => {
    expect(() => meanInterval([1])).toThrow(RangeError);
    expect(() => meanInterval([1, Infinity])).toThrow(RangeError);
    expect(() => meanInterval([1, 2], {confidence: 1})).toThrow(RangeError);
  });
});
