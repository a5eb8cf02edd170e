import {hotPrefix} from "kernel-lib/experiments/s3";
import {table} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";

const rows = hotPrefix({seed: 3});
const random = rows.filter(({keys}) => keys === "random");
const date = rows.filter(({keys}) => keys === "date");

describe("hotPrefix", () => {
  it("hotPrefix() gives the golden table", async () => {
    const caption =
      "Must meet the S3 User Guide: 3,500 PUTs a second per partition are served, within 5 % over a " +
      "row; refusals while S3 scales, none at last with random keys; when it splits is invented.";
    await expect(table(rows, {caption}).describe() + "\n").toMatchFileSnapshot(
      "./hot-prefix.golden.txt",
    );
  });

  it("keys by date stay on one partition, which serves 3,500 a second and no more", () => {
    for (const row of date) expect(row.partitions).toBe(1);
    for (const {putsPerSecond, refusedPerSecond} of date.slice(10)) {
      expect((putsPerSecond - refusedPerSecond) / 3500).toBeCloseTo(1, 1);
    }
  });

  it("random keys are refused while the index splits, and served in full at the end", () => {
    expect(random.some(({refusedPerSecond}) => refusedPerSecond > 0)).toBe(true);
    for (const {putsPerSecond, refusedPerSecond, partitions} of random) {
      expect(putsPerSecond - refusedPerSecond).toBeLessThan(3500 * (partitions + 1));
    }
    const last = random.at(-1)!;
    expect(last).toMatchObject({refusedPerSecond: 0});
    expect(last.partitions).toBeGreaterThanOrEqual(Math.ceil(last.putsPerSecond / 3500));
    expect(last.putsPerSecond).toBeGreaterThan(19_000);
  });

  it("hotPrefix() does not depend on the batch, where chance does not decide when to split", () => {
    const refused = [50, 10].map(
      (batch) => hotPrefix({seed: 3, batch, rowSeconds: 300})[1]!.refusedPerSecond,
    );
    expect(Math.abs(refused[0]! / refused[1]! - 1)).toBeLessThan(0.05);
  });

  it("hotPrefix() is a pure function, and refuses options outside their range", () => {
    expect(hotPrefix({seed: 3})).toEqual(rows);
    expect(() => hotPrefix({seed: 1, rowSeconds: 7})).toThrow(RangeError);
    expect(() => hotPrefix({seed: 1, batch: 0})).toThrow(RangeError);
  });
});
