import fc from "fast-check";
import {placeRoundRobin, shardsPerZone} from "kernel-lib/erasure";
import {describe, expect, it} from "vitest";

describe("placement", () => {
  it("placeRoundRobin() puts at most one shard more in one zone than in another", () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 40}), fc.integer({min: 1, max: 12}), (shards, zones) => {
        const counts = shardsPerZone(placeRoundRobin({shards, zones}));
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(shards);
        expect(counts).toHaveLength(Math.min(shards, zones));
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("placeRoundRobin() gives the drawing of the text for eight shards on two zones", () => {
    // AZ-1: shards 1, 3, 5, 7; AZ-2: shards 2, 4, 6, 8.
    expect(placeRoundRobin({shards: 8, zones: 2})).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
  });

  it("shardsPerZone() refuses what is no zone", () => {
    for (const zone of [-1, 0.5, Number.NaN, 1e9]) {
      expect(() => shardsPerZone([0, zone])).toThrow(RangeError);
    }
  });

  it("placeRoundRobin() refuses no shards and no zones", () => {
    expect(() => placeRoundRobin({shards: 0, zones: 1})).toThrow(RangeError);
    expect(() => placeRoundRobin({shards: 1, zones: 0})).toThrow(RangeError);
  });
});
