import {describe, expect, it} from "vitest";
import {
  hundredths,
  percentOf,
  roundPoints,
  showOf,
  showPoints,
  sumPoints,
} from "../../../kernel-lib/dist/course/record/points.js";

describe("points", () => {
  it("sumPoints adds what a person would: 0.1 + 0.2 is 0.3", () => {
    expect(0.1 + 0.2).not.toBe(0.3);
    expect(sumPoints([0.1, 0.2])).toBe(0.3);
    expect(sumPoints(Array<number>(1000).fill(0.01))).toBe(10);
    expect(sumPoints([])).toBe(0);
  });

  it("hundredths rounds a half away from zero, also where the float lies just below it", () => {
    expect([1.005, 2.675, 0.005, 1.0049].map(hundredths)).toEqual([101, 268, 1, 100]);
    expect([-1.005, -0.004].map(hundredths)).toEqual([-101, 0]);
    expect(Object.is(roundPoints(-0.001), -0)).toBe(false);
  });

  it("hundredths refuses what is no number of points", () => {
    for (const wrong of [NaN, Infinity]) expect(() => hundredths(wrong)).toThrow(RangeError);
  });

  it("showPoints writes no digits that mean nothing", () => {
    expect([3, 2.5, 2 / 3, 0.1 + 0.2].map(showPoints)).toEqual(["3", "2.5", "0.67", "0.3"]);
    expect(showOf(2.5, 4)).toBe("2.5 of 4");
  });

  it("percentOf is 0 where nothing can be reached", () => {
    expect([percentOf(1, 3), percentOf(0, 0), percentOf(9, 9)]).toEqual([33.33, 0, 100]);
  });
});
