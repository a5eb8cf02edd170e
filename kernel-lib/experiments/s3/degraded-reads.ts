/**
 * Degraded reads: the tail of a read that waits for the slowest of k shards, and what asking for
 * more shards than needed does to it.
 *
 * Every read is one of the storage fleet in `services/s3`: real shards, checksums, cancelled losers.
 * Reads follow one another, so nothing queues: the price of a policy is in `extraLoad`.
 *
 * Published peers: the toy of facts §3.2(h), first 6 of 6, 7, 8: p99 189, 19, 16 ms; Huang et al., ATC
 * 2012, evaluation: 12 shards take 305 ms, the first 12 of 13 take 151 ms (`AZURE_LATENCIES`).
 *
 * Fidelity: the mechanism is public; the latencies are invented: lognormal, median 10 ms, σ 0.3,
 * and one shard in a hundred takes an exponential time, mean 100 ms, longer.
 */
import {ReedSolomon} from "../../erasure/index.js";
import {Random} from "../../random/index.js";
import {StorageFleet} from "../../services/s3/index.js";
import type {ReadPolicy} from "../../services/s3/index.js";
import {Simulation} from "../../sim/index.js";
import type {Steps} from "../../sim/index.js";
import {quantile, quantiles} from "../../stats/index.js";
import type {Code} from "./stripe.js";

export interface DegradedReadOptions {
  seed: number;
  /** Default RS(6,2). `parityShards` bounds how many extra reads are tried: 0, 1, 2. */
  code?: Code;
  /** Reads per policy, a whole number >= 1. Default 20,000. */
  reads?: number;
  /** How many nodes of the stripe are down, known to be so, in [0, parityShards]. Default 0. */
  nodesDown?: number;
  /** P(a shard is a straggler), in [0, 1]. Default 0.01, `invented for teaching`. */
  stragglerProbability?: number;
  /** Of shards that do not straggle, in ms, above 0. Default 10, `invented for teaching`. */
  medianMs?: number;
  /** How much longer stragglers take on average, above 0. Default 100, `invented for teaching`. */
  stragglerMeanMs?: number;
  /** Which quantiles to report, each in [0, 1]. Default p50, p90, p95, p99, p99.9. */
  fractions?: readonly number[];
}

/** One quantile of one policy. */
export interface DegradedReadRow {
  /** As in "first 6 of 7", or "hedge at p95". */
  policy: string;
  nodesDown: number;
  /** Of the reads, in [0, 1]. */
  fraction: number;
  /** The latency that this fraction of the reads did not exceed. */
  latencyMs: number;
  /** Shard reads begun beyond k, as a fraction of k. */
  extraLoad: number;
  /** Fraction of the reads that used a parity shard. */
  decodedShare: number;
}

const SIGMA = 0.3;
const OBJECT_BYTES = 60;

/**
 * Shard latencies with which the model meets the four reads of 4 to 64 KB on Azure's loaded cluster:
 * direct 91 ms, any 12 shards 305 ms, the first 12 of 13 151 ms, 6 shards of a local group 166 ms.
 *
 * Three parameters, fitted to those four numbers taken as medians. Our notes of the paper do not say
 * whether they are medians or means, but means they cannot be if shards are independent: the mean of
 * the slowest of n grows ever more slowly with n, so 6 shards would take at least
 * 91 + 5/11 · (305 − 91) = 188 ms. That shards are independent is assumed, not read in the paper.
 */
export const AZURE_LATENCIES: {
  readonly medianMs: number;
  readonly stragglerProbability: number;
  readonly stragglerMeanMs: number;
} = {medianMs: 85.3, stragglerProbability: 0.133, stragglerMeanMs: 248};

/**
 * Reads one stripe again and again under each policy: first k of k, k + 1 … k + m (at most 2 more),
 * and k with a hedge at the 95th percentile of a single shard.
 *
 * @returns rows by policy, then by fraction
 * @throws RangeError if an option is outside its range
 *
 * @example
 * import {degradedReads} from "kernel-lib/experiments/s3";
 * const rows = degradedReads({seed: 3, reads: 500, fractions: [0.99]});
 * rows.map((row) => row.policy).join(", ") // => 'first 6 of 6, first 6 of 7, first 6 of 8, hedge at p95'
 * rows[0].latencyMs > 5 * rows[1].latencyMs // => true
 */
export function degradedReads(options: DegradedReadOptions): DegradedReadRow[] {
  const {code = {dataShards: 6, parityShards: 2}, nodesDown = 0, reads = 20_000} = options;
  const {fractions = [0.5, 0.9, 0.95, 0.99, 0.999]} = options;
  const {dataShards: k, parityShards: m} = code;
  if (!Number.isInteger(reads) || reads < 1) {
    throw new RangeError(`Cannot read: need a whole number of reads >= 1, got ${reads}`);
  }
  if (!Number.isInteger(nodesDown) || nodesDown < 0 || nodesDown > m) {
    throw new RangeError(`Cannot read: need nodesDown in [0, ${m}], got ${nodesDown}`);
  }
  const most = Math.min(2, m - nodesDown);
  const runs = Array.from({length: most + 1}, (_, extraReads) => ({
    policy: `first ${k} of ${k + extraReads}`,
    run: readMany(options, code, {extraReads}),
  }));
  const hedgeAfterMs = quantile(runs[0]!.run.shardMs, 0.95);
  runs.push({policy: "hedge at p95", run: readMany(options, code, {hedgeAfterMs})});
  return runs.flatMap(({policy, run}) => {
    const latencies = quantiles(run.latenciesMs, fractions);
    return fractions.map((fraction, index) => ({
      ...{policy, nodesDown, fraction, latencyMs: latencies[index]!},
      extraLoad: run.shardReads / (k * reads) - 1,
      decodedShare: run.decodes / reads,
    }));
  });
}

interface Run {
  latenciesMs: number[];
  /** Of each shard that arrived. */
  shardMs: number[];
  shardReads: number;
  decodes: number;
}

function readMany(options: DegradedReadOptions, size: Code, policy: ReadPolicy): Run {
  const {seed, reads = 20_000, nodesDown = 0, stragglerProbability = 0.01} = options;
  const {medianMs = 10, stragglerMeanMs = 100} = options;
  const simulation = new Simulation();
  const random = new Random(seed);
  const fleet = new StorageFleet(simulation, {
    ...{code: new ReedSolomon(size), random, timeoutMs: 60_000, hedgesPerSecond: 1e6},
    shardReadMs: (draw) => {
      const straggles = draw.float() < stragglerProbability;
      const ms = draw.lognormal({median: medianMs, sigma: SIGMA});
      return straggles ? ms + draw.exponential({mean: stragglerMeanMs}) : ms;
    },
  });
  const run: Run = {latenciesMs: [], shardMs: [], shardReads: 0, decodes: 0};
  function* client(): Steps {
    const stripe = (yield* fleet.writeStripe(random.bytes(OBJECT_BYTES)))!;
    for (const node of stripe.nodes.slice(0, nodesDown)) {
      fleet.crash(node!.name);
      fleet.suspect(node!);
    }
    fleet.onShardRead = (ms) => run.shardMs.push(ms);
    for (let count = 0; count < reads; count++) {
      const startedMs = simulation.nowMs;
      yield* fleet.readStripe(stripe, policy);
      run.latenciesMs.push(simulation.nowMs - startedMs);
    }
  }
  simulation.spawn(client());
  simulation.run({maxEvents: Number.MAX_SAFE_INTEGER});
  return {...run, shardReads: fleet.counts.reads, decodes: fleet.counts.decodes};
}
