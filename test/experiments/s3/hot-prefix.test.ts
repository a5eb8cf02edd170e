import {hotPrefix} from "kernel-lib/experiments/s3";
import {table} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";

const rows = hotPrefix({seed: 3, rowSeconds: 60});

describe("hotPrefix", () => {
  it("hotPrefix() gives the golden table", async () => {
    const caption =
      "Must keep the documented limit, 3,500 PUTs a second and partition (AWS, June 2023): by date " +
      "one partition, so refused = offered − 3,500 within 2 % once it is over";
    await expect(`${table(rows, {caption}).describe()}\n`).toMatchFileSnapshot(
      "./hot-prefix.golden.txt",
    );
  });

  it("keys by date never split, and what is beyond 3,500 a second is refused", () => {
    const byDate = rows.filter((row) => row.keys === "date");
    expect(byDate.every((row) => row.partitions === 1)).toBe(true);
    for (const row of byDate.slice(2)) {
      const served = row.putsPerSecond - row.refusedPerSecond;
      expect(Math.abs(served / 3500 - 1)).toBeLessThan(0.02);
    }
  });

  it("random keys split until the load fits, and no more than it needs twice over", () => {
    const last = rows.filter((row) => row.keys === "random").at(-1)!;
    expect(last.refusedPerSecond).toBeLessThan(0.01 * last.putsPerSecond);
    expect(last.partitions).toBeGreaterThanOrEqual(Math.ceil(last.putsPerSecond / 3500));
    expect(last.partitions).toBeLessThanOrEqual(2 * Math.ceil(last.putsPerSecond / 3500));
  });

  it("hotPrefix() is a pure function of its seed and refuses what cannot be", () => {
    const options = {seed: 8, seconds: 20, rowSeconds: 20};
    expect(hotPrefix(options)).toEqual(hotPrefix(options));
    expect(() => hotPrefix({seed: 1, seconds: 100, rowSeconds: 30})).toThrow(RangeError);
    expect(() => hotPrefix({seed: 1, batch: 0})).toThrow(RangeError);
  });
});
