/**
 * Durability: the chance that one stripe is lost within a year.
 *
 * The year is cut into windows as long as one repair. A stripe dies in a window in which more than
 * m of its shards are gone. This is the calculation that Backblaze published for its eleven nines
 * (github.com/Backblaze/erasure-coding-durability), to which we add one correlated event: a zone
 * that takes all its shards with it.
 *
 * Fidelity: simplified. Failures that straddle two windows are missed: a Markov chain with parallel
 * repair gives three times the loss for m = 2, half a nine. Disks are independent apart from their
 * zone; a lost zone is rebuilt as fast as a lost disk, which favours every layout. Latent sector
 * errors, operator error and software bugs are left out, and dominate in practice.
 */
import {binomialDistribution, convolve} from "../stats/index.js";
import {HOURS_PER_YEAR} from "../units/index.js";

export interface DurabilityOptions {
  /** How many shards each zone holds: one whole number >= 0 per zone. */
  shardsPerZone: readonly number[];
  /** m: the stripe is lost when more shards than this are gone at once. */
  parityShards: number;
  /** Fraction of disks that fail in a year, in [0, 1]; one shard, one disk. */
  annualFailureRate: number;
  /** Hours from a failure to its repair, > 0, at most a year. */
  repairHours: number;
  /** Expected losses of one zone in a year, >= 0, at most one per repair window. Default 0. */
  zoneFailuresPerYear?: number;
}

/**
 * The probability that a stripe is lost within one year. Exact for the model above: no sampling.
 * O(n²) in the number of shards.
 *
 * @returns a probability in [0, 1], per stripe and year
 * @throws RangeError if an option is outside its range
 *
 * @example
 * import {annualLossProbability} from "kernel-lib/erasure";
 * const loss = annualLossProbability({
 *   shardsPerZone: [20], parityShards: 3, annualFailureRate: 0.00405, repairHours: 156,
 * });
 * loss.toPrecision(4) // => '7.355e-12'
 */
export function annualLossProbability(options: DurabilityOptions): number {
  const {shardsPerZone, parityShards, annualFailureRate, repairHours} = options;
  const {zoneFailuresPerYear = 0} = options;
  checkCount("parityShards", parityShards);
  shardsPerZone.forEach((shards) => checkCount("shardsPerZone", shards));
  checkRange("annualFailureRate", annualFailureRate, 0, 1);
  checkRange("repairHours", repairHours, Number.MIN_VALUE, HOURS_PER_YEAR);
  const windowsPerYear = HOURS_PER_YEAR / repairHours;
  checkRange("zoneFailuresPerYear", zoneFailuresPerYear, 0, windowsPerYear);
  const disk = annualFailureRate / windowsPerYear;
  const zone = zoneFailuresPerYear / windowsPerYear;
  // Zones are independent of each other, so the total of lost shards is a sum of their counts.
  const lost = shardsPerZone.map((shards) => lostInZone(shards, disk, zone)).reduce(convolve, [1]);
  const perWindow = lost.slice(parityShards + 1).reduceRight((sum, p) => sum + p, 0);
  // 1 - (1 - p)^windows, without losing a tiny p to rounding.
  return -Math.expm1(windowsPerYear * Math.log1p(-Math.min(perWindow, 1)));
}

/** Distribution of the shards lost in one zone: all of them if the zone goes, else disk by disk. */
function lostInZone(shards: number, disk: number, zone: number): number[] {
  return binomialDistribution(shards, disk).map(
    (p, count) => (1 - zone) * p + (count === shards ? zone : 0),
  );
}

function checkCount(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`Cannot compute durability: need whole ${name} >= 0, got ${value}`);
  }
}

function checkRange(name: string, value: number, min: number, max: number): void {
  if (!(value >= min && value <= max)) {
    throw new RangeError(
      `Cannot compute durability: need ${name} in [${min}, ${max}], got ${value}`,
    );
  }
}
