export interface TokenBucketOptions {
  /** Tokens that come back each second, a finite number >= 0. */
  ratePerSecond: number;
  /** How many tokens the bucket holds, a finite number > 0. */
  burst: number;
  /** How many it holds at the start, in [0, burst]. Default: full. */
  tokens?: number;
  /** The time of the start, in milliseconds. Default 0. */
  nowMs?: number;
}

/**
 * A token bucket: lets `burst` requests through at once and `ratePerSecond` in the long run. It
 * holds no clock; every call says what time it is, in milliseconds.
 *
 * Refill is computed, not counted up: what has come since the bucket was last full, minus what was
 * taken since. So it does not drift, however often it is asked; with whole rates, tokens and
 * milliseconds every answer is exact.
 *
 * Source: the algorithm of ITU-T I.371 and RFC 2697, in the form that Amazon EC2's documentation
 * uses ("Request token bucket sizes and refill rates"). Fidelity: public.
 *
 * @example
 * import {TokenBucket} from "kernel-lib/sim";
 * const bucket = new TokenBucket({ratePerSecond: 10, burst: 2});
 * [bucket.tryTake(1, 0), bucket.tryTake(1, 0), bucket.tryTake(1, 0)] // => [ true, true, false ]
 * bucket.waitMs(1, 0) // => 100
 * bucket.tryTake(1, 100) // => true
 */
export class TokenBucket {
  readonly ratePerSecond: number;
  readonly burst: number;
  /** When `baseTokens` were in the bucket: at the start, then whenever it was seen full. */
  private baseMs: number;
  private baseTokens: number;
  private takenSinceBase = 0;
  private lastMs: number;

  /** @throws RangeError if an option is outside its range */
  constructor({ratePerSecond, burst, tokens = burst, nowMs = 0}: TokenBucketOptions) {
    if (!(ratePerSecond >= 0 && ratePerSecond < Infinity && burst > 0 && burst < Infinity)) {
      throw new RangeError(
        "Cannot make a token bucket: need a rate in [0, ∞) and a burst in (0, ∞), " +
          `got ${ratePerSecond} and ${burst}`,
      );
    }
    if (!(tokens >= 0 && tokens <= burst) || !Number.isFinite(nowMs)) {
      throw new RangeError(
        `Cannot make a token bucket: need tokens in [0, ${burst}] and a finite time, ` +
          `got ${tokens} and ${nowMs}`,
      );
    }
    this.ratePerSecond = ratePerSecond;
    this.burst = burst;
    this.baseTokens = tokens;
    this.baseMs = nowMs;
    this.lastMs = nowMs;
  }

  /**
   * Takes tokens if there are enough, all or none.
   *
   * @param tokens a number >= 0; more than `burst` never succeeds
   * @param nowMs not before the time of an earlier call
   * @throws RangeError if an argument is outside its range
   */
  tryTake(tokens: number, nowMs: number): boolean {
    this.check(tokens, nowMs);
    this.lastMs = nowMs;
    if (this.thousandthsAt(nowMs) >= 1000 * this.burst) {
      this.baseMs = nowMs;
      this.baseTokens = this.burst;
      this.takenSinceBase = 0;
    }
    if (this.thousandthsAt(nowMs) < 1000 * tokens) return false;
    this.takenSinceBase += tokens;
    return true;
  }

  /**
   * Tokens in the bucket; asking changes nothing.
   *
   * @throws RangeError if time goes backwards
   */
  available(nowMs: number): number {
    this.check(0, nowMs);
    return Math.max(0, Math.min(this.burst, this.thousandthsAt(nowMs) / 1000));
  }

  /**
   * How long until `tryTake` would succeed if nobody else takes: at `nowMs + waitMs(…)` it does.
   *
   * @returns milliseconds; 0 if it would now, Infinity if never
   * @throws RangeError if an argument is outside its range
   */
  waitMs(tokens: number, nowMs: number): number {
    this.check(tokens, nowMs);
    const missing = 1000 * tokens - Math.min(1000 * this.burst, this.thousandthsAt(nowMs));
    if (missing <= 0) return 0;
    if (tokens > this.burst || this.ratePerSecond === 0) return Infinity;
    let waitMs = missing / this.ratePerSecond;
    // Division and addition round; a wait that falls short by its last digit would be a lie.
    for (let step = 2 ** -52; this.thousandthsAt(nowMs + waitMs) < 1000 * tokens; step *= 2) {
      waitMs += step * (nowMs + waitMs);
    }
    return waitMs;
  }

  /** Tokens × 1000, not yet cut at `burst`: in whole numbers as long as the arguments are. */
  private thousandthsAt(nowMs: number): number {
    const refill = (nowMs - this.baseMs) * this.ratePerSecond;
    return 1000 * (this.baseTokens - this.takenSinceBase) + refill;
  }

  private check(tokens: number, nowMs: number): void {
    if (!(tokens >= 0)) throw new RangeError(`Cannot take: need tokens >= 0, got ${tokens}`);
    if (!(nowMs >= this.lastMs && nowMs < Infinity)) {
      throw new RangeError(`Cannot take: need a time >= ${this.lastMs} ms, got ${nowMs}`);
    }
  }
}
