import {nines} from "kernel-lib/stats";
import {expect, it} from "vitest";

it("nines() counts 99.9 % as three, certainty of loss as none, and refuses what is no chance", () => {
  expect(nines(0.001)).toBe(3);
  expect(nines(1)).toBe(0);
  expect(nines(0)).toBe(Infinity);
  expect(() => nines(1.5)).toThrow(RangeError);
  expect(() => nines(Number.NaN)).toThrow(RangeError);
});
