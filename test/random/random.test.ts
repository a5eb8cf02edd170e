import {Random} from "kernel-lib/random";
import {describe, expect, it} from "vitest";

/** Pearson's r of two equally long lists. */
function correlation(xs: readonly number[], ys: readonly number[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const covariance = mean(xs.map((x, at) => (x - meanX) * (ys[at]! - meanY)));
  const varianceX = mean(xs.map((x) => (x - meanX) ** 2));
  const varianceY = mean(ys.map((y) => (y - meanY) ** 2));
  return covariance / Math.sqrt(varianceX * varianceY);
}

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

  it("Random.fork(): forks of one seed are uncorrelated from their first draw on, over seeds", () => {
    const seeds = Array.from({length: 4000}, (_, seed) => seed);
    const names = ["a", "b", "disk 1", "disk 2", "arrivals", "service"];
    const kinds: ((random: Random) => number)[] = [
      (random) => random.integer({min: 0, max: 3}),
      (random) => random.float(),
    ];
    for (const draw of kinds) {
      for (const skipped of [0, 1]) {
        const streams = names.map((name) =>
          seeds.map((seed) => {
            const fork = new Random(seed).fork(name);
            for (let at = 0; at < skipped; at++) draw(fork);
            return draw(fork);
          }),
        );
        for (let one = 0; one < names.length; one++) {
          for (let other = 0; other < one; other++) {
            const pair = `draw ${skipped + 1} of ${names[other]} and ${names[one]}`;
            // Without correlation r is nearly normal with standard deviation 1/√n; 5 of them are
            // left by one pair of two million, and 60 pairs are tried.
            const r = correlation(streams[one]!, streams[other]!);
            expect(Math.abs(r), pair).toBeLessThan(5 / Math.sqrt(seeds.length));
          }
        }
      }
    }
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

  it("Random.exponential(), normal() and lognormal() have their distribution's quantiles", () => {
    const random = new Random(21);
    const count = 40_000;
    /** How many draws are below a value, against what the distribution says, in standard errors. */
    const off = (draw: () => number, value: number, below: number): number => {
      let seen = 0;
      for (let i = 0; i < count; i++) if (draw() <= value) seen++;
      return Math.abs(seen / count - below) / Math.sqrt((below * (1 - below)) / count);
    };
    const exponential = (): number => random.exponential({mean: 5});
    const normal = (): number => random.normal({mean: 3, standardDeviation: 2});
    const lognormal = (): number => random.lognormal({median: 10, sigma: 0.5});
    expect(off(exponential, 5 * Math.log(2), 0.5)).toBeLessThan(4);
    expect(off(exponential, 5 * Math.log(100), 0.99)).toBeLessThan(4);
    // 1.6449 and 2.3263 are the 95 % and 99 % points of the normal distribution.
    expect(off(normal, 3 - 2 * 1.6449, 0.05)).toBeLessThan(4);
    expect(off(normal, 3 + 2 * 2.3263, 0.99)).toBeLessThan(4);
    expect(off(lognormal, 10, 0.5)).toBeLessThan(4);
    expect(off(lognormal, 10 * Math.exp(0.5 * 2.3263), 0.99)).toBeLessThan(4);
  });

  it("Random.shuffle() gives every order equally often and leaves its argument alone", () => {
    const random = new Random(4);
    const counts = new Map<string, number>();
    const items = ["a", "b", "c"];
    for (let i = 0; i < 6000; i++) {
      const order = random.shuffle(items).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(items).toEqual(["a", "b", "c"]);
    expect(counts.size).toBe(6);
    const chiSquared = [...counts.values()].reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    // 20.52 is the 99.9 % point of chi-squared with 5 degrees of freedom.
    expect(chiSquared).toBeLessThan(20.52);
  });

  it("Random.choice() reaches every item, and refuses an empty list", () => {
    const random = new Random(4);
    const seen = new Set(Array.from({length: 100}, () => random.choice(["x", "y", "z"])));
    expect(seen.size).toBe(3);
    expect(() => random.choice([])).toThrow(RangeError);
  });

  it("Random refuses parameters of distributions outside their range", () => {
    const random = new Random(4);
    expect(() => random.exponential({mean: -1})).toThrow(RangeError);
    expect(() => random.exponential({mean: Infinity})).toThrow(RangeError);
    expect(() => random.normal({mean: 0, standardDeviation: -1})).toThrow(RangeError);
    expect(() => random.normal({mean: Number.NaN, standardDeviation: 1})).toThrow(RangeError);
    expect(() => random.lognormal({median: 0, sigma: 1})).toThrow(RangeError);
  });

  it.each([-1, 2 ** 32, 0.5, Number.NaN])("Random refuses the seed %d", (seed) => {
    expect(() => new Random(seed)).toThrow(RangeError);
  });
});
