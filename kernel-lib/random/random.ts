import {uniformFloat64} from "pure-rand/distribution/uniformFloat64";
import {uniformInt} from "pure-rand/distribution/uniformInt";
import {xoroshiro128plus} from "pure-rand/generator/xoroshiro128plus";
import type {RandomGenerator} from "pure-rand/types/RandomGenerator";
import {fnv1a} from "./fnv.js";

/**
 * A stream of random numbers that its seed decides completely.
 *
 * Take one per experiment and `fork` it per purpose: then one more draw for arrivals does not move
 * every draw for service times, and two variants of a model see the same chance.
 *
 * @example
 * import {Random} from "kernel-lib/random";
 * const random = new Random(7);
 * random.integer({min: 1, max: 6}) // => 1
 * random.fork("arrivals").integer({min: 1, max: 6}) // => 4
 */
export class Random {
  /** The seed as given: a whole number in [0, 2^32). Print it beside every result. */
  readonly seed: number;
  private readonly generator: RandomGenerator;

  /** @throws RangeError if the seed is not a whole number in [0, 2^32) */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
      throw new RangeError(`Cannot seed: need a whole number in [0, 2^32), got ${seed}`);
    }
    this.seed = seed;
    this.generator = xoroshiro128plus(seed | 0);
  }

  /** A float in [0, 1), all 53 bits random. */
  float(): number {
    return uniformFloat64(this.generator);
  }

  /**
   * A whole number in [min, max], both ends included, without modulo bias.
   *
   * @throws RangeError if an end is not a whole number or min > max
   */
  integer({min, max}: {min: number; max: number}): number {
    if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || min > max) {
      throw new RangeError(`Cannot draw an integer: need whole min <= max, got ${min} and ${max}`);
    }
    return uniformInt(this.generator, min, max);
  }

  /** `length` random bytes. */
  bytes(length: number): Uint8Array {
    return Uint8Array.from({length}, () => this.integer({min: 0, max: 255}));
  }

  /**
   * A time between events that come independently at a steady rate. The last digits depend on the
   * machine's `Math.log`: keep four in a golden.
   *
   * @param mean in any unit, a finite number >= 0
   * @throws RangeError if the mean is outside its range
   */
  exponential({mean}: {mean: number}): number {
    if (!(mean >= 0 && mean < Infinity)) {
      throw new RangeError(`Cannot draw: need a mean in [0, ∞), got ${mean}`);
    }
    // 1 − u lies in (0, 1]: the logarithm is finite.
    return -mean * Math.log(1 - this.float());
  }

  /**
   * A normal number, by Box and Muller, "A note on the generation of random normal deviates",
   * 1958; the second of their pair is not kept, so that a draw depends on the stream alone.
   *
   * @param mean a finite number
   * @param standardDeviation a finite number >= 0
   * @throws RangeError if one is outside its range
   */
  normal({mean, standardDeviation}: {mean: number; standardDeviation: number}): number {
    if (!Number.isFinite(mean) || !(standardDeviation >= 0 && standardDeviation < Infinity)) {
      throw new RangeError(
        "Cannot draw: need a finite mean and a standard deviation in [0, ∞), " +
          `got ${mean} and ${standardDeviation}`,
      );
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.float()));
    return mean + standardDeviation * radius * Math.cos(2 * Math.PI * this.float());
  }

  /**
   * A lognormal number: the usual shape of a latency, with a long tail to the right.
   *
   * @param median half of all draws are below; in any unit, a finite number > 0
   * @param sigma standard deviation of the logarithm, a finite number >= 0; p99 = median · e^(2.326 σ)
   * @throws RangeError if one is outside its range
   */
  lognormal({median, sigma}: {median: number; sigma: number}): number {
    if (!(median > 0 && median < Infinity)) {
      throw new RangeError(`Cannot draw: need a median in (0, ∞), got ${median}`);
    }
    return median * Math.exp(this.normal({mean: 0, standardDeviation: sigma}));
  }

  /**
   * One of the items, each as likely.
   *
   * @throws RangeError if there are none
   */
  choice<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("Cannot choose: there are no items");
    return items[this.integer({min: 0, max: items.length - 1})]!;
  }

  /** The items in random order, every order as likely (Fisher and Yates). @returns a new array */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const at = this.integer({min: 0, max: last});
      [shuffled[last], shuffled[at]] = [shuffled[at]!, shuffled[last]!];
    }
    return shuffled;
  }

  /**
   * A new stream for one purpose. It depends on this stream's seed and on the name alone, not on
   * how many numbers were drawn before.
   */
  fork(purpose: string): Random {
    return new Random(hashText(`${this.seed}/${purpose}`));
  }
}

/**
 * The finalizer of MurmurHash3 (Appleby) after FNV-1a over UTF-16 code units. The generator's first
 * draw shows the seed's low bits, and FNV's depend on low bits alone, so that without it the forks of
 * one seed would draw alike.
 */
function hashText(text: string): number {
  let hash = fnv1a(Array.from({length: text.length}, (_, index) => text.charCodeAt(index)));
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
