/**
 * How many nines a loss probability leaves: 0.001 leaves three (99.9 %).
 *
 * The unit belongs beside it: nines *per what* (object, stripe, account) *and year*.
 *
 * @param lossProbability in (0, 1]; 0 gives Infinity
 * @throws RangeError if the probability is outside [0, 1]
 *
 * @example
 * import {nines} from "kernel-lib/stats";
 * nines(0.001) // => 3
 */
export function nines(lossProbability: number): number {
  if (!(lossProbability >= 0 && lossProbability <= 1)) {
    throw new RangeError(
      `Cannot count nines: need a probability in [0, 1], got ${lossProbability}`,
    );
  }
  return lossProbability === 0 ? Infinity : -Math.log10(lossProbability) + 0;
}
