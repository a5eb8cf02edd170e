import fc from "fast-check";
import {empiricalCdf} from "kernel-lib/stats";
import {describe, expect, it} from "vitest";

describe("empiricalCdf", () => {
  it("empiricalCdf() counts what is at or below each value, thinned or not", () => {
    const sample = fc.array(fc.integer({min: 0, max: 30}), {minLength: 1, maxLength: 100});
    fc.assert(
      fc.property(sample, fc.integer({min: 2, max: 120}), (values, maxRows) => {
        const rows = empiricalCdf(values, {maxRows});
        expect(rows.length).toBeLessThanOrEqual(maxRows);
        for (const {value, fraction} of rows) {
          expect(fraction).toBe(values.filter((other) => other <= value).length / values.length);
        }
        expect(rows[0]!.value).toBe(Math.min(...values));
        expect(rows.at(-1)).toEqual({value: Math.max(...values), fraction: 1});
        if (maxRows >= values.length) expect(rows.length).toBe(new Set(values).size);
      }),
    );
  });

  it("empiricalCdf() refuses no values, NaN and too few rows", () => {
    expect(() => empiricalCdf([])).toThrow(RangeError);
    expect(() => empiricalCdf([Number.NaN])).toThrow(RangeError);
    expect(() => empiricalCdf([1], {maxRows: 1})).toThrow(RangeError);
  });
});
