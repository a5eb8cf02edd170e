import {degradedReads} from "kernel-lib/experiments/s3";
import type {DegradedReadRow} from "kernel-lib/experiments/s3";
import {table} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";

const rows = degradedReads({seed: 3});
const one = (policy: string, fraction: number, from = rows): DegradedReadRow =>
  from.find((row) => row.policy === policy && row.fraction === fraction)!;

describe("degradedReads", () => {
  it("degradedReads() gives the golden table", async () => {
    const caption =
      "Must meet facts §3.2(h), toy of lognormal and 1 % stragglers: p99 of first 6 of 6, 7, 8 is " +
      "189, 19, 16 ms, within 5 %; extra load 0, 1/6, 1/3, and about 5 % for a hedge at p95.";
    const golden = table(
      rows.map((row) => ({...row, latencyMs: Number(row.latencyMs.toPrecision(4))})),
      {caption},
    );
    await expect(golden.describe() + "\n").toMatchFileSnapshot("./degraded-reads.golden.txt");
  });

  it("degradedReads() meets the published p99 of first 6 of 6, 7 and 8", () => {
    for (const [policy, publishedMs] of [
      ["first 6 of 6", 189],
      ["first 6 of 7", 19],
      ["first 6 of 8", 16],
    ] as const) {
      expect(Math.abs(one(policy, 0.99).latencyMs / publishedMs - 1), policy).toBeLessThan(0.05);
    }
  });

  it("degradedReads() agrees with the order statistic where no shard straggles", () => {
    // The median of the slowest of six: P(one is faster)^6 = 1/2, so z = 1.2265.
    const still = degradedReads({seed: 5, reads: 5000, stragglerProbability: 0, fractions: [0.5]});
    expect(still[0]!.latencyMs).toBeCloseTo(10 * Math.exp(0.3 * 1.2265), 0);
  });

  it("a hedge buys most of the tail for a twentieth of the load, one more shard more for a sixth", () => {
    const [none, more, hedge] = ["first 6 of 6", "first 6 of 7", "hedge at p95"].map((policy) =>
      one(policy, 0.99),
    );
    expect(hedge!.latencyMs).toBeLessThan(none!.latencyMs / 5);
    expect(hedge!.extraLoad).toBeCloseTo(0.05, 2);
    expect(more!.latencyMs).toBeLessThan(hedge!.latencyMs);
    expect(more!.extraLoad).toBeCloseTo(1 / 6, 9);
  });

  it("degradedReads() with RS(12,4): the first 12 of 13 halve the slow half, as in Huang et al. §5", () => {
    // Published: 305 to 151 ms on a loaded cluster. Fitted: 5 % stragglers; only the shape is theirs.
    const code = {dataShards: 12, parityShards: 4};
    const wide = degradedReads({seed: 3, code, reads: 2000, stragglerProbability: 0.05});
    for (const fraction of [0.9, 0.95]) {
      const [all, first] = ["first 12 of 12", "first 12 of 13"].map((policy) =>
        one(policy, fraction, wide),
      );
      expect(first!.latencyMs).toBeLessThan(all!.latencyMs / 2);
    }
  });

  it("degradedReads() with a node down decodes every read, and has one policy less to offer", () => {
    const down = degradedReads({seed: 3, reads: 500, nodesDown: 1, fractions: [0.5]});
    expect(down.map(({policy}) => policy)).toEqual([
      ...["first 6 of 6", "first 6 of 7", "hedge at p95"],
    ]);
    expect(down.every(({decodedShare}) => decodedShare === 1)).toBe(true);
  });

  it("degradedReads() is a pure function, and refuses options outside their range", () => {
    const options = {seed: 8, reads: 200};
    expect(degradedReads(options)).toEqual(degradedReads(options));
    expect(() => degradedReads({seed: 1, reads: 0})).toThrow(RangeError);
    expect(() => degradedReads({seed: 1, nodesDown: 3})).toThrow(RangeError);
  });
});
