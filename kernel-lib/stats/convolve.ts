/**
 * The distribution of a sum of two independent counts. O(n·m).
 *
 * @param left probabilities of 0, 1, 2 … for one count
 * @param right the same for the other
 * @returns probabilities of 0, 1, 2 … for their sum
 *
 * @example
 * import {convolve} from "kernel-lib/stats";
 * convolve([0.5, 0.5], [0.5, 0.5]) // => [ 0.25, 0.5, 0.25 ]
 */
export function convolve(left: readonly number[], right: readonly number[]): number[] {
  const sum = new Array<number>(left.length + right.length - 1).fill(0);
  left.forEach((p, i) => right.forEach((q, j) => (sum[i + j]! += p * q)));
  return sum;
}
