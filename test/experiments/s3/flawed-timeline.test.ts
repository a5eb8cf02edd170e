import {placeRoundRobin} from "kernel-lib/erasure";
import {flawedTimeline} from "kernel-lib/experiments/s3";
import {describe, expect, it} from "vitest";

const CODES = [
  {code: {dataShards: 4, parityShards: 2}, zones: 3},
  {code: {dataShards: 6, parityShards: 3}, zones: 3},
  {code: {dataShards: 5, parityShards: 4}, zones: 3},
  {code: {dataShards: 6, parityShards: 2}, zones: 4},
];
const SEEDS = Array.from({length: 100}, (_, seed) => seed);

/** Lines that a slow count from the events alone finds wrong. */
function wrongLines({code, zones}: (typeof CODES)[number], seed: number): number[] {
  const {dataShards: k, parityShards: m} = code;
  const zoneOf = placeRoundRobin({shards: k + m, zones});
  const dead = new Set<number>();
  const dark = new Set<number>();
  return flawedTimeline({code, zones, seed}).flatMap(({line, event, atHand, answer}) => {
    const number = Number(/\d+/.exec(event)?.[0]) - 1;
    if (/dies/.test(event)) dead.add(number);
    if (/rebuilt/.test(event)) dead.delete(number);
    if (/dark/.test(event)) dark.add(number);
    if (/back/.test(event)) dark.delete(number);
    const left = zoneOf.flatMap((zone, i) => (dead.has(i) || dark.has(zone) ? [] : [i]));
    if (event !== "GET") return atHand === left.length ? [] : [line];
    const data = left.filter((shard) => shard < k).length;
    const right = data === k ? "read" : left.length >= k ? "decoded" : "refused";
    return answer === right ? [] : [line];
  });
}

describe("flawedTimeline", () => {
  it.each(CODES)("flawedTimeline() has exactly one wrong line: $code on $zones zones", (story) => {
    const found = SEEDS.map((seed) => wrongLines(story, seed));
    expect(found.every((lines) => lines.length === 1)).toBe(true);
    // From line 3 on, and now this, now that.
    expect(new Set(found.flat()).size).toBeGreaterThanOrEqual(8);
    expect(Math.min(...found.flat())).toBeGreaterThanOrEqual(3);
  });

  it("flawedTimeline() is told alike for the same seed", () => {
    const options = {...CODES[1]!, seed: 3};
    expect(flawedTimeline(options)).toEqual(flawedTimeline(options));
  });

  it("flawedTimeline() refuses what cannot lose two disks, or has one zone", () => {
    const one = {dataShards: 4, parityShards: 1};
    expect(() => flawedTimeline({code: one, zones: 3, seed: 3})).toThrow(RangeError);
    expect(() => flawedTimeline({...CODES[0]!, zones: 1, seed: 3})).toThrow(RangeError);
  });
});
