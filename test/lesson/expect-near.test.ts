import {expectNear} from "kernel-lib/lesson";
import {expect, it, vi} from "vitest";

it("expectNear() accepts the edge of the band and refuses what lies outside, and NaN", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  expectNear("p99 (ms)", 42.25, 41.75, 0.5);
  expect(log).toHaveBeenCalledWith("✓ p99 (ms): 42.25 (expected 41.75 ± 0.5)");
  expect(() => expectNear("p99 (ms)", 42.3, 41.75, 0.5)).toThrow(
    "p99 (ms): expected 41.75 ± 0.5, got 42.3",
  );
  expect(() => expectNear("p99 (ms)", Number.NaN, 41.75, 0.5)).toThrow(RangeError);
  log.mockRestore();
});
