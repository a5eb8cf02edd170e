import {sortedSample} from "./quantile.js";

/** One step of a distribution function. */
export interface CdfRow {
  value: number;
  /** Fraction of the sample at or below the value, in (0, 1]. */
  fraction: number;
}

export interface EmpiricalCdfOptions {
  /** At most this many rows, a whole number >= 2. Default 200: a figure shows no more. */
  maxRows?: number;
}

/**
 * The empirical distribution function of a sample as rows for a line chart, thinned evenly by
 * rank; the smallest and the largest value are always there.
 *
 * @param values at least one, in any order, without NaN
 * @returns one row per distinct value kept, rising
 * @throws RangeError if there are no values, one is NaN, or `maxRows` is outside its range
 *
 * @example
 * import {empiricalCdf} from "kernel-lib/stats";
 * empiricalCdf([3, 1, 1, 2]).map(({value, fraction}) => `${value}: ${fraction}`)
 * // => [ '1: 0.5', '2: 0.75', '3: 1' ]
 */
export function empiricalCdf(
  values: ArrayLike<number>,
  {maxRows = 200}: EmpiricalCdfOptions = {},
): CdfRow[] {
  if (!Number.isInteger(maxRows) || maxRows < 2) {
    throw new RangeError(`Cannot draw a distribution: need whole maxRows >= 2, got ${maxRows}`);
  }
  const sorted = sortedSample(values);
  const last = sorted.length - 1;
  const rows: CdfRow[] = [];
  const steps = Math.min(last, maxRows - 1);
  for (let step = 0; step <= steps; step++) {
    const value = sorted[steps === 0 ? 0 : Math.round((step * last) / steps)]!;
    if (rows.at(-1)?.value !== value) {
      rows.push({value, fraction: countUpTo(sorted, value) / sorted.length});
    }
  }
  return rows;
}

/** How many entries of a sorted array are at most `value`. */
function countUpTo(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
