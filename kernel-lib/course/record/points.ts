/**
 * Points to two decimals. All sums are made of whole hundredths, so that what a student adds up by
 * hand is what is written: 0.1 + 0.2 is 0.3.
 */

/** Whole hundredths of a point, a half rounded away from zero. @throws RangeError if not finite */
export function hundredths(points: number): number {
  if (!Number.isFinite(points)) {
    throw new RangeError(`Cannot count points: need a finite number, got ${points}`);
  }
  // 1.005 * 100 is 100.49999999999999: six decimals bring the half back that was meant.
  const size = Math.round(Number((Math.abs(points) * 100).toFixed(6)));
  return points < 0 && size > 0 ? -size : size;
}

/** Points rounded to two decimals. */
export function roundPoints(points: number): number {
  return hundredths(points) / 100;
}

/** The sum of points, each rounded first, so that visible parts add up to the visible sum. */
export function sumPoints(list: readonly number[]): number {
  return list.reduce((sum, points) => sum + hundredths(points), 0) / 100;
}

/** As a person writes it: "3", "2.5", "0.67". */
export function showPoints(points: number): string {
  return String(roundPoints(points));
}

/** "2.5 of 4" */
export function showOf(points: number, max: number): string {
  return `${showPoints(points)} of ${showPoints(max)}`;
}

/** What part of the most one could reach, in percent to two decimals; 0 where there is nothing. */
export function percentOf(points: number, max: number): number {
  return max === 0 ? 0 : roundPoints((100 * points) / max);
}
