import {Random} from "kernel-lib/random";
import {describe, expect, it} from "vitest";

describe("Random", () => {
  it("Random gives the same stream for the same seed, on every machine", () => {
    // Pins xoroshiro128+ of pure-rand 8.4.2: another generator would move every golden table.
    const random = new Random(7);
    const draws = Array.from({length: 8}, () => random.integer({min: 0, max: 99}));
    expect(draws).toEqual([40, 30, 75, 79, 23, 76, 20, 31]);
  });

  it("Random.fork() does not depend on how much was drawn before", () => {
    const fresh = new Random(7);
    const used = new Random(7);
    used.float();
    expect(used.fork("arrivals").bytes(16)).toEqual(fresh.fork("arrivals").bytes(16));
    expect(used.fork("arrivals").bytes(16)).not.toEqual(fresh.fork("service").bytes(16));
  });

  it("Random.float() fills [0, 1) evenly: chi-squared over 20 bins below its 99.9 % point", () => {
    const random = new Random(11);
    const bins = new Array<number>(20).fill(0);
    for (let draw = 0; draw < 20_000; draw++) bins[Math.floor(random.float() * 20)]!++;
    const chiSquared = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // 43.82 is the 99.9 % point of chi-squared with 19 degrees of freedom.
    expect(chiSquared).toBeLessThan(43.82);
  });

  it("Random.integer() reaches both ends and nothing outside", () => {
    const random = new Random(1);
    const seen = new Set(Array.from({length: 200}, () => random.integer({min: -1, max: 2})));
    expect([...seen].sort()).toEqual([-1, 0, 1, 2]);
    expect(() => random.integer({min: 2, max: 1})).toThrow(RangeError);
  });

  it.each([-1, 2 ** 32, 0.5, Number.NaN])("Random refuses the seed %d", (seed) => {
    expect(() => new Random(seed)).toThrow(RangeError);
  });
});
