/**
 * Correlated loss: stripes followed year after year, shard by shard, beside the exact chain that
 * knows how often a shard is lost, and not with whom.
 *
 * Every layout has the same shards, and each shard is lost at the same rate: alone, or with its
 * zone. The chain therefore gives one answer for all. The simulation agrees with it, within its
 * interval, only where no two shards share a zone.
 *
 * Fidelity: simplified, as `simulateLoss` says. The rates are invented for teaching, and so high that
 * some ten thousand stripes decide: nothing here is an operator's rate.
 */
import {simulateLoss, solveChain} from "../../erasure/index.js";
import {Random} from "../../random/index.js";

export interface CorrelatedLossOptions {
  seed: number;
  /** Shards of each zone; every layout with as many shards in all. Default 8 on 8, 4, 3 and 2 zones. */
  layouts?: readonly (readonly number[])[];
  /** m. Default 2. */
  parityShards?: number;
  /** Losses of a shard alone, a year, >= 0. Default 0.2, `invented for teaching`. */
  shardFailuresPerYear?: number;
  /** Losses of a zone, a year, >= 0. Default 0.1, `invented for teaching`. */
  zoneFailuresPerYear?: number;
  /** Repairs of a lost shard, a year, >= 0. Default 12: a month each, `invented for teaching`. */
  repairsPerYear?: number;
  /** Stripes to follow for a year, per layout. Default 20,000. */
  trials?: number;
}

/** One layout. */
export interface CorrelatedLossRow {
  /** As in "4+4". */
  shardsPerZone: string;
  /** P(a stripe is lost in a year) by the chain, which takes losses as independent. */
  chainLoss: number;
  /** The same, by simulation. */
  simulatedLoss: number;
  /** Ends of its 95 % interval. */
  low: number;
  high: number;
  /** True if the chain lies in the interval. */
  agrees: boolean;
}

/** 8 shards on as many zones, on four, on three, on two. */
const DEFAULT_LAYOUTS: readonly (readonly number[])[] = [
  [1, 1, 1, 1, 1, 1, 1, 1],
  [2, 2, 2, 2],
  [3, 3, 2],
  [4, 4],
];

/**
 * Simulates each layout, and solves the chain for it.
 *
 * @throws RangeError if an option is outside its range
 *
 * @example
 * import {correlatedLoss} from "kernel-lib/experiments/s3";
 * const rows = correlatedLoss({seed: 3, trials: 2000});
 * rows.map((row) => `${row.shardsPerZone} ${row.agrees}`)
 * // => [ '1+1+1+1+1+1+1+1 true', '2+2+2+2 false', '3+3+2 false', '4+4 false' ]
 */
export function correlatedLoss(options: CorrelatedLossOptions): CorrelatedLossRow[] {
  const {seed, layouts = DEFAULT_LAYOUTS, parityShards = 2, trials = 20_000} = options;
  const {shardFailuresPerYear = 0.2, zoneFailuresPerYear = 0.1, repairsPerYear = 12} = options;
  const perShard = shardFailuresPerYear + zoneFailuresPerYear;
  return layouts.map((shardsPerZone) => {
    const shards = shardsPerZone.reduce((sum, count) => sum + count, 0);
    const states = Array.from({length: parityShards + 1}, (_, lost) => lost);
    const chain = solveChain({
      failuresPerYear: states.map((lost) => (shards - lost) * perShard),
      repairsPerYear: states.map((lost) => lost * repairsPerYear),
    });
    const simulated = simulateLoss({
      ...{shardsPerZone, parityShards, failuresPerYear: shardFailuresPerYear, repairsPerYear},
      ...{zoneFailuresPerYear, trials, random: new Random(seed).fork(shardsPerZone.join("+"))},
    });
    const {lossProbability, low, high} = simulated;
    const chainLoss = chain.annualLossProbability;
    return {
      ...{shardsPerZone: shardsPerZone.join("+"), chainLoss, simulatedLoss: lossProbability},
      ...{low, high, agrees: low <= chainLoss && chainLoss <= high},
    };
  });
}
