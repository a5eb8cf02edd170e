import fc from "fast-check";
import {quantile, quantiles} from "kernel-lib/stats";
import {quantileSeq} from "mathjs";
import {describe, expect, it} from "vitest";

const sample = fc.array(fc.integer({min: -50, max: 50}), {minLength: 1, maxLength: 40});
const fraction = fc.integer({min: 0, max: 100}).map((percent) => percent / 100);

describe("quantile", () => {
  it("quantile() by nearest rank is the smallest value with that fraction at or below it", () => {
    fc.assert(
      fc.property(sample, fc.integer({min: 0, max: 100}), (values, percent) => {
        const found = quantile(values, percent / 100);
        const enough = (value: number): boolean =>
          100 * values.filter((other) => other <= value).length >= percent * values.length;
        expect(found).toBe(Math.min(...values.filter(enough)));
      }),
    );
  });

  it("quantile() linear agrees with mathjs, which interpolates as NumPy and R do", () => {
    fc.assert(
      fc.property(sample, fraction, (values, at) => {
        const theirs = Number(quantileSeq(values, at));
        expect(quantile(values, at, {method: "linear"})).toBeCloseTo(theirs, 10);
      }),
    );
  });

  it("quantiles() leaves the sample as it is, and copes with Infinity", () => {
    const values = [3, Infinity, 1];
    expect(quantiles(values, [0, 0.5, 1])).toEqual([1, 3, Infinity]);
    expect(quantile([1, Infinity, Infinity], 0.75, {method: "linear"})).toBe(Infinity);
    expect(values).toEqual([3, Infinity, 1]);
  });

  it("quantile() refuses no values, NaN, and a percentage for a fraction", () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    expect(() => quantile([1, Number.NaN], 0.5)).toThrow(RangeError);
    expect(() => quantile([1], 99)).toThrow(RangeError);
  });
});
