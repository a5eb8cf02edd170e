import {formatNumber} from "kernel-lib/plot";
import {expect, it} from "vitest";

it.each([
  [0, "0"],
  [1234, "1234"],
  [-12345, "-12,345"],
  [1e7, "10,000,000"],
  [1e9, "1e9"],
  [2.308e10, "2.308e10"],
  [123456.7, "123,500"],
  [1e6 + 0.5, "1e6"],
  [1e-10, "1e-10"],
  [2.69897, "2.699"],
  [0.0012345, "0.001234"],
  [2.627e-11, "2.627e-11"],
  [-0.5, "-0.5"],
  [Infinity, "∞"],
  [Number.NaN, "n/a"],
  [true, "yes"],
  ["RS(6,2)", "RS(6,2)"],
])("formatNumber(%j) is %j", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});
