/**
 * Eleven nines: the calculation behind a published durability, and what two other models make of
 * the same numbers.
 *
 * Published peer: Backblaze, erasure-coding-durability, README: 17 + 3 shards, annual failure rate
 * 0.00405, 6.5 days to replace a drive, annual loss 7.354e-12.
 *
 * Fidelity: public for the calculation; simplified as `kernel-lib/erasure` says. The rate of the
 * common event is invented for teaching.
 */
import {annualLossProbability, solveChain} from "../../erasure/index.js";
import {nines} from "../../stats/index.js";
import {HOURS_PER_YEAR} from "../../units/index.js";
import type {Code} from "./stripe.js";

export interface ElevenNinesOptions {
  /** Not used: nothing is drawn by chance. Every experiment takes a seed. */
  seed?: number;
  /** Default 17 + 3, `documented` by Backblaze. */
  code?: Code;
  /** Fractions of drives that fail in a year, each in (0, 1]. Default 0.00405, `documented`. */
  annualFailureRates?: readonly number[];
  /** Default 156: 6.5 days, `documented`. */
  repairHours?: number;
  /** Events a year that take all shards at once. Default 1e-6, `invented for teaching`. */
  commonEventsPerYear?: number;
}

/** One way to calculate, at one failure rate. */
export interface ElevenNinesRow {
  model: string;
  annualFailureRate: number;
  /** P(a stripe is lost in a year), in [0, 1]. */
  annualLoss: number;
  /** -log10 of it, per stripe and year. */
  nines: number;
}

/**
 * The annual loss of one stripe by three models: windows as long as one repair (Backblaze's), a
 * Markov chain that sees failures straddle two windows, and the windows with a common event.
 *
 * @returns rows by model, then by failure rate
 * @throws RangeError if an option is outside its range
 *
 * @example
 * import {elevenNines} from "kernel-lib/experiments/s3";
 * elevenNines().map((row) => row.nines.toFixed(1)) // => [ '11.1', '10.5', '6.0' ]
 */
export function elevenNines(options: ElevenNinesOptions = {}): ElevenNinesRow[] {
  const {code = {dataShards: 17, parityShards: 3}, repairHours = 156} = options;
  const {annualFailureRates = [0.00405], commonEventsPerYear = 1e-6} = options;
  const shards = code.dataShards + code.parityShards;
  const windows = (annualFailureRate: number, zoneFailuresPerYear: number): number =>
    annualLossProbability({
      ...{shardsPerZone: [shards], parityShards: code.parityShards},
      ...{annualFailureRate, repairHours, zoneFailuresPerYear},
    });
  const chain = (annualFailureRate: number): number => {
    const states = Array.from({length: code.parityShards + 1}, (_, lost) => lost);
    return solveChain({
      failuresPerYear: states.map((lost) => (shards - lost) * annualFailureRate),
      repairsPerYear: states.map((lost) => (lost * HOURS_PER_YEAR) / repairHours),
    }).annualLossProbability;
  };
  const models: [string, (annualFailureRate: number) => number][] = [
    ["repair windows", (rate) => windows(rate, 0)],
    ["Markov chain", chain],
    ["windows and a common event", (rate) => windows(rate, commonEventsPerYear)],
  ];
  return models.flatMap(([model, loss]) =>
    annualFailureRates.map((annualFailureRate) => {
      const annualLoss = loss(annualFailureRate);
      return {model, annualFailureRate, annualLoss, nines: nines(annualLoss)};
    }),
  );
}
