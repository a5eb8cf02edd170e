import {readAfterWrite} from "kernel-lib/experiments/s3";
import {table} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";

const rows = readAfterWrite({seed: 3});
const eventual = rows.filter(({consistency}) => consistency === "eventual");
const strong = rows.filter(({consistency}) => consistency === "strong");

describe("readAfterWrite", () => {
  it("readAfterWrite() gives the golden table", async () => {
    const caption =
      "Must meet the S3 User Guide of 2020-11-13, exactly: missed new = 0, the others above 0 at 0 ms " +
      "and 0 at 3,000 ms; and since December 2020: all 0, for one question to the witness a look-up.";
    await expect(table(rows, {caption}).describe() + "\n").toMatchFileSnapshot(
      "./read-after-write.golden.txt",
    );
  });

  it("since December 2020 nothing is stale at any time, and each look-up asks the witness once", () => {
    for (const row of strong) {
      expect(row).toMatchObject({
        ...{staleOverwrite: 0, missedNew: 0, missedNewAskedBefore: 0, listMisses: 0},
        witnessLookUps: 1,
      });
    }
  });

  it("before, staleness dies away as notices arrive: about half after their median", () => {
    for (const row of eventual) expect(row).toMatchObject({missedNew: 0, witnessLookUps: 0});
    const half = eventual.find(({sinceMs}) => sinceMs === 100)!;
    for (const column of ["staleOverwrite", "missedNewAskedBefore", "listMisses"] as const) {
      const values = eventual.map((row) => row[column]);
      expect(values[0]).toBe(1);
      expect(values.at(-1)).toBe(0);
      expect(Math.abs(half[column] - 0.5)).toBeLessThan(0.1);
    }
  });

  it("readAfterWrite() is a pure function, and refuses options outside their range", () => {
    const options = {seed: 8, sinceMs: [50], trials: 20};
    expect(readAfterWrite(options)).toEqual(readAfterWrite(options));
    expect(() => readAfterWrite({seed: 1, trials: 0})).toThrow(RangeError);
    expect(() => readAfterWrite({seed: 1, sinceMs: [-1]})).toThrow(RangeError);
  });
});
