import {combinations} from "kernel-lib/stats";
import {combinations as count} from "mathjs";
import {describe, expect, it} from "vitest";

describe("combinations", () => {
  it("combinations() gives C(n, k) different sets for all small n and k", () => {
    for (let n = 0; n <= 8; n++) {
      const pool = Array.from({length: n}, (_, item) => item);
      for (let k = 0; k <= n; k++) {
        const sets = combinations(pool, k).map((set) => set.join());
        expect(new Set(sets).size).toBe(count(n, k));
        expect(sets.length).toBe(count(n, k));
      }
    }
  });

  it("combinations() refuses to choose more than there are", () => {
    expect(() => combinations([1, 2], 3)).toThrow(RangeError);
  });
});
