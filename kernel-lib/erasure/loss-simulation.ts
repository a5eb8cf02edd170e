/**
 * Durability by simulation: stripes live year after year, shard by shard, with events that take a
 * whole zone at once. Slow and with an interval, but it can do what a chain cannot.
 *
 * Fidelity: simplified. Times are exponential; every lost shard is repaired on its own, whatever
 * took it, and comes back to the zone where it was.
 */
import type {Random} from "../random/index.js";

export interface LossSimulationOptions {
  /** How many shards each zone holds: one whole number >= 0 per zone. */
  shardsPerZone: readonly number[];
  /** m: the stripe is lost when more shards than this are gone at once. */
  parityShards: number;
  /** Failures of one shard a year, >= 0. */
  failuresPerYear: number;
  /** Repairs of one lost shard a year, >= 0: the inverse of its mean duration in years. */
  repairsPerYear: number;
  /** Losses of one zone a year, each of which takes all its shards. >= 0, default 0. */
  zoneFailuresPerYear?: number;
  /** Length of each trial, in years, > 0. Default 1. */
  years?: number;
  /** Stripes to follow, a whole number >= 1. */
  trials: number;
  /** Chance; the same seed gives the same result. */
  random: Random;
}

export interface SimulatedLoss {
  trials: number;
  /** Trials in which the stripe was lost. */
  losses: number;
  /** losses / trials. */
  lossProbability: number;
  /** Ends of the 95 % interval (Wilson 1927), which is sound for 0 losses too. */
  low: number;
  high: number;
}

/**
 * Estimates the probability that a stripe is lost, by following `trials` of them. Expected time:
 * trials × years × (failures + repairs).
 *
 * @throws RangeError if an option is outside its range
 *
 * @example
 * import {simulateLoss} from "kernel-lib/erasure";
 * import {Random} from "kernel-lib/random";
 * const {losses} = simulateLoss({
 *   shardsPerZone: [3, 3, 2], parityShards: 2, failuresPerYear: 0.1, repairsPerYear: 12,
 *   zoneFailuresPerYear: 0.05, trials: 1000, random: new Random(1),
 * });
 * losses // => 95
 */
export function simulateLoss(options: LossSimulationOptions): SimulatedLoss {
  checkOptions(options);
  const {trials} = options;
  let losses = 0;
  for (let trial = 0; trial < trials; trial++) if (isLost(options)) losses++;
  return {trials, losses, ...wilsonInterval(losses, trials)};
}

/** One stripe, event by event (Gillespie 1977): the next event comes after an exponential time. */
function isLost(options: LossSimulationOptions): boolean {
  const {shardsPerZone, parityShards, failuresPerYear, repairsPerYear, random} = options;
  const {zoneFailuresPerYear = 0, years = 1} = options;
  const lost = shardsPerZone.map(() => 0);
  let allLost = 0;
  for (let now = 0; ;) {
    // Per zone: one shard fails, one is repaired, the zone goes.
    const rates = shardsPerZone.flatMap((shards, zone) => [
      (shards - lost[zone]!) * failuresPerYear,
      lost[zone]! * repairsPerYear,
      zoneFailuresPerYear,
    ]);
    const total = rates.reduce((sum, rate) => sum + rate, 0);
    if (total === 0) return false;
    now -= Math.log1p(-random.float()) / total;
    if (now > years) return false;
    const event = pick(rates, random.float() * total);
    const zone = Math.floor(event / 3);
    const change = [1, -1, shardsPerZone[zone]! - lost[zone]!][event % 3]!;
    lost[zone]! += change;
    allLost += change;
    if (allLost > parityShards) return true;
  }
}

/** The index at which the running sum of rates first exceeds `point`. */
function pick(rates: readonly number[], point: number): number {
  let rest = point;
  let possible = 0;
  for (const [event, rate] of rates.entries()) {
    if (rate > 0) possible = event;
    rest -= rate;
    if (rest < 0) return event;
  }
  // Rounding may leave a sliver: then it is the last event that can happen at all.
  return possible;
}

/** Two-sided 95 %: 1.96 standard deviations. */
const Z = 1.959964;

function wilsonInterval(
  losses: number,
  trials: number,
): {lossProbability: number; low: number; high: number} {
  const p = losses / trials;
  const middle = p + Z ** 2 / (2 * trials);
  const half = Z * Math.sqrt((p * (1 - p)) / trials + Z ** 2 / (4 * trials ** 2));
  const scale = 1 + Z ** 2 / trials;
  return {
    lossProbability: p,
    low: losses === 0 ? 0 : (middle - half) / scale,
    high: losses === trials ? 1 : (middle + half) / scale,
  };
}

function checkOptions(options: LossSimulationOptions): void {
  const {failuresPerYear, repairsPerYear, zoneFailuresPerYear = 0, years = 1, trials} = options;
  const checks: [string, boolean][] = [
    ["shardsPerZone", options.shardsPerZone.every((n) => Number.isInteger(n) && n >= 0)],
    ["parityShards", Number.isInteger(options.parityShards) && options.parityShards >= 0],
    ["failuresPerYear", failuresPerYear >= 0 && failuresPerYear < Infinity],
    ["repairsPerYear", repairsPerYear >= 0 && repairsPerYear < Infinity],
    ["zoneFailuresPerYear", zoneFailuresPerYear >= 0 && zoneFailuresPerYear < Infinity],
    ["years", years > 0 && years < Infinity],
    ["trials", Number.isInteger(trials) && trials >= 1],
  ];
  const wrong = checks.find(([, fine]) => !fine)?.[0];
  if (wrong !== undefined) {
    throw new RangeError(`Cannot simulate losses: ${wrong} is outside its range`);
  }
}
