import {uniformFloat64} from "pure-rand/distribution/uniformFloat64";
import {uniformInt} from "pure-rand/distribution/uniformInt";
import {xoroshiro128plus} from "pure-rand/generator/xoroshiro128plus";
import type {RandomGenerator} from "pure-rand/types/RandomGenerator";

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
 * random.fork("arrivals").integer({min: 1, max: 6}) // => 5
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
   * A new stream for one purpose. It depends on this stream's seed and on the name alone, not on
   * how many numbers were drawn before.
   */
  fork(purpose: string): Random {
    return new Random(hashText(`${this.seed}/${purpose}`));
  }
}

/** FNV-1a, 32 bits (Fowler, Noll and Vo), over UTF-16 code units: enough to spread names. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
