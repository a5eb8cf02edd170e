import {
  GET_LIMIT_PER_SECOND,
  Partition,
  PUT_LIMIT_PER_SECOND,
  SortedMap,
  TokenBucket,
} from "kernel-lib/partition";
import type {PartitionOptions} from "kernel-lib/partition";
import {TokenBucket as Original} from "kernel-lib/sim";
import {describe, expect, it} from "vitest";

function partition(options: PartitionOptions = {}): Partition<number> {
  return new Partition({startKey: "", endKey: undefined}, new SortedMap<number>(), options, 0);
}

describe("Partition", () => {
  it("Partition has the documented limits: 3,500 changes and 5,500 look-ups a second, apart", () => {
    expect([PUT_LIMIT_PER_SECOND, GET_LIMIT_PER_SECOND]).toEqual([3500, 5500]);
    const one = partition();
    const admitted = {put: 0, get: 0};
    // Ten seconds of twice the limits, after the first second's burst.
    for (let at = 0; at < 110_000; at++) {
      const nowMs = at / 10;
      if (one.admit("k", "get", nowMs)) admitted.get++;
      if (at % 11 < 7 && one.admit("k", "put", nowMs)) admitted.put++;
    }
    expect(admitted.put / (11 * 3500 + 3500)).toBeCloseTo(1, 2);
    expect(admitted.get / (11 * 5500 + 5500)).toBeCloseTo(1, 2);
    expect(one.offered).toEqual({put: 70_000, get: 110_000});
  });

  it("Partition.waitMs() says when the next request passes", () => {
    const one = partition({putsPerSecond: 10, burstSeconds: 0.1});
    expect(one.waitMs("put", 0)).toBe(0);
    expect([one.admit("k", "put", 0), one.admit("k", "put", 0)]).toEqual([true, false]);
    expect(one.waitMs("put", 0)).toBe(100);
    expect(one.admit("k", "put", 100)).toBe(true);
  });

  it("kernel-lib/partition hands on the TokenBucket of sim", () => {
    expect(TokenBucket).toBe(Original);
  });
});
