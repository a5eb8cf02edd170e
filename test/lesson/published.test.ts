import {measured, published} from "kernel-lib/lesson";
import {expect, it} from "vitest";

it("published() gives typed columns and names the files it has when asked for another", () => {
  const table = published("s3/az-arithmetic");
  expect(table.get("unreadableAllUp", 0)).toBe(5.6e-8);
  expect(table.get("survivesOneZone", 0)).toBe(false);
  expect(() => published("s3/nothing")).toThrow("published/s3/az-arithmetic.csv");
});

it("measured() gives rates with the day on which they were measured", () => {
  const table = measured("erasure");
  expect(table.columnNames()).toEqual(["table", "case", "contestant", "rateMedian", "asOf"]);
  expect(table.get("rateMedian", 0)).toBeGreaterThan(0);
  expect(() => measured("nothing")).toThrow("measured/erasure.csv");
});
