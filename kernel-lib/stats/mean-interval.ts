import {studentT} from "./student-t.js";

/** A mean, and how far it may be off. */
export interface MeanInterval {
  mean: number;
  /** The interval is mean ± halfWidth. */
  halfWidth: number;
  low: number;
  high: number;
  /** Of the sample, with n − 1. */
  standardDeviation: number;
  /** n: how many values. */
  count: number;
  /** As asked: how often such intervals hold the true mean. */
  confidence: number;
}

export interface MeanIntervalOptions {
  /** In (0, 1). Default 0.95. */
  confidence?: number;
}

/**
 * The mean of independent replications with its Student-t confidence interval.
 *
 * The values must be independent: one number per run, each with its own seed. Waiting times of one
 * run are not, and would give an interval that is far too narrow.
 *
 * Source: A. M. Law, "Simulation Modeling and Analysis", section on independent replications.
 *
 * @param values at least two finite numbers, one per replication
 * @throws RangeError if there are fewer, one is not finite, or the confidence is outside its range
 *
 * @example
 * import {meanInterval} from "kernel-lib/stats";
 * const {mean, halfWidth} = meanInterval([9, 10, 11, 10, 10]);
 * `${mean} ± ${halfWidth.toFixed(2)}` // => '10 ± 0.88'
 */
export function meanInterval(
  values: readonly number[],
  {confidence = 0.95}: MeanIntervalOptions = {},
): MeanInterval {
  const count = values.length;
  if (count < 2 || !values.every(Number.isFinite)) {
    throw new RangeError(`Cannot estimate a mean: need 2 or more finite values, got ${count}`);
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardDeviation = Math.sqrt(squares / (count - 1));
  const t = studentT({degreesOfFreedom: count - 1, confidence});
  const halfWidth = (t * standardDeviation) / Math.sqrt(count);
  const [low, high] = [mean - halfWidth, mean + halfWidth];
  return {mean, halfWidth, low, high, standardDeviation, count, confidence};
}
