/**
 * Drills of chapter 3: questions that never run out, each with its worked answer.
 *
 * A maker draws from the random stream alone, so a seed is its own answer key.
 */
import {placeRoundRobin, shardsPerZone} from "../../erasure/index.js";
import type {Random} from "../../random/index.js";
import {nines} from "../../stats/index.js";

/** A question with its answer and the way to it. */
export interface DrillQuestion {
  question: string;
  answer: number;
  /** Unit of the answer. */
  unit: string;
  worked: string[];
}

/**
 * How many shards may still be lost after the worst zone? Negative: too many are gone already.
 *
 * @example
 * import {spareDrill} from "kernel-lib/experiments/s3";
 * import {Random} from "kernel-lib/random";
 * spareDrill(new Random(1)).unit // => 'to spare'
 */
export function spareDrill(random: Random): DrillQuestion {
  const dataShards = random.integer({min: 2, max: 12});
  const parityShards = random.integer({min: 1, max: 6});
  const zones = random.integer({min: 2, max: 6});
  const shards = dataShards + parityShards;
  const counts = shardsPerZone(placeRoundRobin({shards, zones}));
  const fullest = Math.max(...counts);
  return {
    question:
      `RS(${dataShards},${parityShards}) lies on ${zones} zones, as evenly as it goes. ` +
      `How many shards are to spare after the worst zone is lost (negative: too many are gone)?`,
    answer: parityShards - fullest,
    // Reads right after any number, one too.
    unit: "to spare",
    worked: [
      `${dataShards} + ${parityShards} = ${shards} shards on ${zones} zones: ${counts.join(" + ")}.`,
      `The fullest zone holds ${fullest}; parity covers ${parityShards}.`,
      `${parityShards} − ${fullest} = ${parityShards - fullest}.`,
    ],
  };
}

/**
 * How many nines are left when any one of some zones is fatal?
 *
 * @example
 * import {fatalZoneDrill} from "kernel-lib/experiments/s3";
 * import {Random} from "kernel-lib/random";
 * fatalZoneDrill(new Random(1)).unit // => 'nines per year'
 */
export function fatalZoneDrill(random: Random): DrillQuestion {
  const zones = random.integer({min: 2, max: 6});
  const everyYears = 10 ** random.integer({min: 2, max: 5});
  const loss = zones / everyYears;
  return {
    question:
      `The loss of any one of ${zones} zones is fatal, and each is lost once in ${everyYears} ` +
      `years. How many nines are left, to one decimal?`,
    answer: Math.round(10 * nines(loss)) / 10,
    unit: "nines per year",
    worked: [
      `${zones} zones × 1/${everyYears} a year = ${loss} a year, as long as that is small.`,
      `Nines are −log10(${loss}) = ${nines(loss).toFixed(2)}.`,
    ],
  };
}
