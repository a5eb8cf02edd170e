import {ReedSolomon} from "kernel-lib/erasure";
import {choices, findCounterexample, integers, subsets} from "kernel-lib/lesson";
import {describe, expect, it} from "vitest";

describe("findCounterexample", () => {
  it("findCounterexample() shrinks to three lost shards for a code that survives two", () => {
    const code = new ReedSolomon({dataShards: 6, parityShards: 2});
    const data = code.split(Uint8Array.from({length: 60}, (_, i) => i));
    const shards = [...data, ...code.encode(data)];
    const survives = (lost: number[]): boolean =>
      code.reconstruct(shards.map((s, i) => (lost.includes(i) ? undefined : s))).length === 8;
    const found = findCounterexample(subsets(8), survives, {seed: 1});
    expect(found!.input).toHaveLength(3);
    expect(found!.why).toContain("need 6 present, got 5");
    expect(findCounterexample(subsets(8), survives, {seed: 1})).toEqual(found);
  });

  it("findCounterexample() finds nothing where the property holds, and tries as often as told", () => {
    let tried = 0;
    const holds = (): boolean => ++tried > 0;
    expect(
      findCounterexample(integers({min: 0, max: 9}), holds, {seed: 1, runs: 7}),
    ).toBeUndefined();
    expect(tried).toBe(7);
  });

  it("integers() shrink towards min and choices() towards the first", () => {
    const big = (n: number): boolean => n < 40;
    expect(findCounterexample(integers({min: 0, max: 999}), big, {seed: 5})!.input).toBe(40);
    const never = (): boolean => false;
    const found = findCounterexample(choices(["a", "b"]), never, {seed: 5})!;
    expect(found).toMatchObject({input: "a", why: "Property failed by returning false"});
  });
});
