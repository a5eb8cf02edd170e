/**
 * How to read a quantile off a sorted sample.
 *
 * `nearest-rank`: the smallest value with at least that fraction of the sample at or below it: a
 * value that was observed (type 1 of Hyndman and Fan, "Sample quantiles in statistical packages",
 * 1996). `linear`: between two neighbours, as NumPy and R do by default (their type 7).
 */
export type QuantileMethod = "nearest-rank" | "linear";

export interface QuantileOptions {
  /** Default `nearest-rank`: it also works where a value is Infinity, a request never answered. */
  method?: QuantileMethod;
}

/**
 * A quantile of a sample, exact: the sample is sorted, not sketched. p99 is the fraction 0.99.
 * O(n log n).
 *
 * @param values at least one, in any order, without NaN; left as they are
 * @param fraction in [0, 1]; 0 is the minimum, 1 the maximum
 * @throws RangeError if there are no values, one is NaN, or the fraction is outside its range
 *
 * @example
 * import {quantile} from "kernel-lib/stats";
 * quantile([30, 10, 20, 40], 0.5) // => 20
 * quantile([30, 10, 20, 40], 0.5, {method: "linear"}) // => 25
 */
export function quantile(
  values: ArrayLike<number>,
  fraction: number,
  options: QuantileOptions = {},
): number {
  return quantiles(values, [fraction], options)[0]!;
}

/**
 * Several quantiles of one sample, which is sorted once.
 *
 * @param fractions each in [0, 1]
 * @throws RangeError as `quantile`
 *
 * @example
 * import {quantiles} from "kernel-lib/stats";
 * const [p50, p99] = quantiles(Array.from({length: 1000}, (_, i) => i + 1), [0.5, 0.99]);
 * [p50, p99] // => [ 500, 990 ]
 */
export function quantiles(
  values: ArrayLike<number>,
  fractions: readonly number[],
  {method = "nearest-rank"}: QuantileOptions = {},
): number[] {
  const sorted = sortedSample(values);
  return fractions.map((fraction) => {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new RangeError(`Cannot take a quantile: need a fraction in [0, 1], got ${fraction}`);
    }
    return method === "linear" ? between(sorted, fraction) : nearestRank(sorted, fraction);
  });
}

/** A sorted copy. @throws RangeError if it is empty or holds NaN */
export function sortedSample(values: ArrayLike<number>): Float64Array {
  if (values.length === 0) throw new RangeError("Cannot describe a sample: it has no values");
  const sorted = Float64Array.from(values).sort();
  // NaN sorts last.
  if (Number.isNaN(sorted[sorted.length - 1])) {
    throw new RangeError("Cannot describe a sample: a value is NaN");
  }
  return sorted;
}

function nearestRank(sorted: Float64Array, fraction: number): number {
  const product = fraction * sorted.length;
  // 0.07 · 100 is 7.000000000000001 in doubles: a product that near to a rank is that rank.
  const rank = Math.abs(product - Math.round(product)) < 1e-9 ? Math.round(product) : product;
  return sorted[Math.max(0, Math.ceil(rank) - 1)]!;
}

function between(sorted: Float64Array, fraction: number): number {
  const at = fraction * (sorted.length - 1);
  const low = sorted[Math.floor(at)]!;
  const high = sorted[Math.ceil(at)]!;
  return low === high ? low : low + (at - Math.floor(at)) * (high - low);
}
