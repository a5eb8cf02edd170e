import {published} from "kernel-lib/lesson";
import {expect, it} from "vitest";

it("published() gives typed columns and names the files it has when asked for another", () => {
  const table = published("s3/az-arithmetic");
  expect(table.get("unreadableAllUp", 0)).toBe(5.6e-8);
  expect(table.get("survivesOneZone", 0)).toBe(false);
  expect(() => published("s3/nothing")).toThrow("published/s3/az-arithmetic.csv");
});
