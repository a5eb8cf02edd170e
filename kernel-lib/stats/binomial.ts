/**
 * The binomial distribution: how many of `trials` independent events happen.
 *
 * Computed by adding one trial at a time, which only ever adds and multiplies numbers in [0, 1]:
 * tiny tails keep full relative precision, where a formula with factorials or 1 − x would not.
 * O(trials²).
 *
 * @param trials how many, a whole number ≥ 0
 * @param probability of each, in [0, 1]
 * @returns array of `trials + 1` probabilities; entry i is P(exactly i events)
 * @throws RangeError if an argument is outside its range
 *
 * @example
 * import {binomialDistribution} from "kernel-lib/stats";
 * binomialDistribution(2, 0.5) // => [ 0.25, 0.5, 0.25 ]
 */
export function binomialDistribution(trials: number, probability: number): number[] {
  if (!Number.isInteger(trials) || trials < 0) {
    throw new RangeError(`Cannot count events: need a whole number of trials >= 0, got ${trials}`);
  }
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`Cannot count events: need a probability in [0, 1], got ${probability}`);
  }
  let distribution = [1];
  for (let trial = 0; trial < trials; trial++) {
    distribution = Array.from(
      {length: trial + 2},
      (_, events) =>
        (distribution[events] ?? 0) * (1 - probability) +
        (distribution[events - 1] ?? 0) * probability,
    );
  }
  return distribution;
}
