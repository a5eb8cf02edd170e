export interface TimeWeightedOptions {
  /** The value at the start. Default 0. */
  value?: number;
  /** When observation starts, in milliseconds. Default 0. */
  nowMs?: number;
}

/**
 * Watches a value that changes in steps, each weighted by how long it lasted: a queue's length,
 * busy workers, bytes in memory.
 *
 * @example
 * import {TimeWeighted} from "kernel-lib/sim";
 * const queue = new TimeWeighted();
 * queue.record(4, 10);
 * queue.record(0, 15);
 * queue.mean(20) // => 1
 * queue.max // => 4
 */
export class TimeWeighted {
  /** The value now. */
  readonly value: number;
  /** The largest value seen since the start, also if it lasted no time. */
  readonly max: number;
  /** When observation started. */
  readonly sinceMs: number;
  private lastMs: number;
  private area = 0;

  constructor({value = 0, nowMs = 0}: TimeWeightedOptions = {}) {
    this.value = value;
    this.max = value;
    this.sinceMs = nowMs;
    this.lastMs = nowMs;
  }

  /**
   * Says that the value is a new one from now on.
   *
   * @throws RangeError if time goes backwards or the value is NaN
   */
  record(value: number, nowMs: number): void {
    if (!(nowMs >= this.lastMs) || Number.isNaN(value)) throw this.refusal(value, nowMs);
    const self = this as {value: number; max: number};
    this.area += this.value * (nowMs - this.lastMs);
    this.lastMs = nowMs;
    self.value = value;
    if (value > this.max) self.max = value;
  }

  /**
   * Value × time since the start, in units of the value times milliseconds.
   *
   * @throws RangeError if time goes backwards
   */
  integral(nowMs: number): number {
    if (!(nowMs >= this.lastMs)) throw this.refusal(this.value, nowMs);
    return this.area + this.value * (nowMs - this.lastMs);
  }

  /**
   * The mean over time since the start; the value itself if no time has passed.
   *
   * @throws RangeError if time goes backwards
   */
  mean(nowMs: number): number {
    const integral = this.integral(nowMs);
    return nowMs === this.sinceMs ? this.value : integral / (nowMs - this.sinceMs);
  }

  /**
   * Starts over with the value as it is: for dropping the warm-up of a model.
   *
   * @throws RangeError if time goes backwards
   */
  reset(nowMs: number): void {
    this.record(this.value, nowMs);
    const self = this as {max: number; sinceMs: number};
    this.area = 0;
    self.max = this.value;
    self.sinceMs = nowMs;
  }

  private refusal(value: number, nowMs: number): RangeError {
    return new RangeError(
      `Cannot record: need a number at ${this.lastMs} ms or later, got ${value} at ${nowMs} ms`,
    );
  }
}
