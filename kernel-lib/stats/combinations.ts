/**
 * All ways to choose `count` items, in lexicographic order of position: for enumerating a small
 * space instead of sampling it. C(n, count) results.
 *
 * @throws RangeError if `count` is no whole number in [0, pool.length]
 *
 * @example
 * import {combinations} from "kernel-lib/stats";
 * combinations(["a", "b", "c"], 2).map((pair) => pair.join("")) // => [ 'ab', 'ac', 'bc' ]
 */
export function combinations<T>(pool: readonly T[], count: number): T[][] {
  if (!Number.isInteger(count) || count < 0 || count > pool.length) {
    throw new RangeError(`Cannot choose: need a count in [0, ${pool.length}], got ${count}`);
  }
  if (count === 0) return [[]];
  return pool
    .slice(0, pool.length - count + 1)
    .flatMap((item, index) =>
      combinations(pool.slice(index + 1), count - 1).map((rest) => [item, ...rest]),
    );
}
