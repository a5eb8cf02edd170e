import {AccessSample} from "kernel-lib/partition";
import {Random} from "kernel-lib/random";
import {describe, expect, it} from "vitest";

function sampleOf(keys: readonly string[], size = keys.length): AccessSample {
  const sample = new AccessSample({size});
  for (const key of keys) sample.add(key);
  return sample;
}

describe("AccessSample", () => {
  it("AccessSample keeps the last accesses, oldest first", () => {
    expect(sampleOf(["a", "b", "c", "d", "e"], 3).recent()).toEqual(["c", "d", "e"]);
    expect(sampleOf(["a", "b"], 3).recent()).toEqual(["a", "b"]);
  });

  it("AccessSample.advise() halves the accesses, not the keys", () => {
    // A thousand keys, but three of four accesses go to m/0 … m/9.
    const random = new Random(5);
    const accesses = Array.from({length: 400}, (_, index) =>
      index % 4 === 0
        ? String(random.integer({min: 0, max: 999})).padStart(3, "0")
        : `m/${random.integer({min: 0, max: 9})}`,
    );
    const advice = sampleOf(accesses).advise();
    expect(advice).toMatchObject({split: true, reason: "load on both sides"});
    expect(advice.atKey).toMatch(/^m\/[2-5]$/);
    expect(advice.lowerShare).toBeGreaterThan(0.4);
    expect(advice.lowerShare).toBeLessThan(0.6);
  });

  it("AccessSample.advise() does not split for a single hot key", () => {
    const accesses = Array.from({length: 100}, (_, at) => (at % 10 === 0 ? `k${at}` : "hot"));
    expect(sampleOf(accesses).advise()).toEqual({split: false, reason: "single hot key"});
    expect(sampleOf(Array(50).fill("only")).advise().reason).toBe("single hot key");
  });

  it("AccessSample.advise() does not split for keys that rise with time", () => {
    const accesses = Array.from({length: 100}, (_, at) => `2026-11-24/${String(at).padStart(5)}`);
    expect(sampleOf(accesses).advise()).toEqual({split: false, reason: "sequential access"});
  });

  it("AccessSample.advise() waits until it has seen enough, and refuses impossible sizes", () => {
    expect(sampleOf(["a", "b"], 3).advise()).toEqual({split: false, reason: "too few accesses"});
    expect(() => new AccessSample({size: 1})).toThrow(RangeError);
  });
});
