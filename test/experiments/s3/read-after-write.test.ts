import {readAfterWrite} from "kernel-lib/experiments/s3";
import {table} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";

const rows = readAfterWrite({seed: 3, trials: 100, sinceMs: [0, 10, 100, 1000]});
const of = (consistency: string): typeof rows =>
  rows.filter((row) => row.consistency === consistency);

describe("readAfterWrite", () => {
  it("readAfterWrite() gives the golden table", async () => {
    const caption =
      "Must meet the promises documented by AWS: strong rows 0 throughout (since December 2020); " +
      "missed new 0 unless asked for before (before it)";
    await expect(`${table(rows, {caption}).describe()}\n`).toMatchFileSnapshot(
      "./read-after-write.golden.txt",
    );
  });

  it("the new mode never shows a stale or missing object, and asks the witness once a look-up", () => {
    for (const row of of("strong")) {
      expect(row).toMatchObject({staleOverwrite: 0, missedNew: 0, missedNewAskedBefore: 0});
      expect(row.listMisses).toBe(0);
      expect(row.witnessLookUps).toBe(1);
    }
  });

  it("the old mode misses a new object only if it was asked for before, and forgets with time", () => {
    const old = of("eventual");
    expect(old.every((row) => row.missedNew === 0)).toBe(true);
    expect(old[0]!.missedNewAskedBefore).toBeGreaterThan(0.9);
    expect(old[0]!.staleOverwrite).toBeGreaterThan(0.9);
    expect(old.at(-1)!.staleOverwrite).toBeLessThan(0.1);
    expect(old.every((row) => row.witnessLookUps === 0)).toBe(true);
  });

  it("readAfterWrite() is a pure function of its seed and refuses what cannot be", () => {
    const options = {seed: 8, trials: 5, sinceMs: [10]};
    expect(readAfterWrite(options)).toEqual(readAfterWrite(options));
    expect(() => readAfterWrite({seed: 1, trials: 0})).toThrow(RangeError);
    expect(() => readAfterWrite({seed: 1, sinceMs: [-1]})).toThrow(RangeError);
  });
});
