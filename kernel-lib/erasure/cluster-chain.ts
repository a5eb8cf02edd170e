import type {DurabilityChain} from "./markov-durability.js";

/** A cluster that repairs, as the durability model of Azure Storage's paper describes one. */
export interface Cluster {
  /** M, whole number > 1. */
  nodes: number;
  /** S: bytes that each node holds. */
  bytesPerNode: number;
  /** B: network of each node, in bits a second. */
  bitsPerSecond: number;
  /** ε: fraction of that network which repair may use, in (0, 1]. */
  repairShare: number;
  /** T: hours to notice a failure and to copy again where more than one shard is lost. */
  detectionHours: number;
  /** Mean time to failure of a node, in years. */
  nodeMttfYears: number;
}

/**
 * `documented`: Huang et al., USENIX ATC 2012, §2: 400 nodes of 16 TB, 1 Gbit/s, a tenth of it for
 * repair, 30 minutes. The node MTTF is not given there: 4.96 years is **fitted**, so that the first
 * row of its Table 1 (three copies, 3.5e9 years) comes out; the two other rows then are predictions.
 *
 * @example
 * import {AZURE_STORAGE_2012} from "kernel-lib/erasure";
 * AZURE_STORAGE_2012.nodeMttfYears // => 4.96
 */
export const AZURE_STORAGE_2012: Readonly<Cluster> = {
  nodes: 400,
  bytesPerNode: 16e12,
  bitsPerSecond: 1e9,
  repairShare: 0.1,
  detectionHours: 0.5,
  nodeMttfYears: 4.96,
};

export interface ClusterChainOptions {
  /** n: shards of the stripe, each on a node of its own. */
  shards: number;
  /**
   * Entry i: of the sets of i + 1 lost shards, the fraction that the code decodes given that it
   * decoded before the last loss; the last entry is 0.
   */
  survivingFractions: readonly number[];
  /** C: shards read to repair one. Table 1 comes out with 1 for all codes, the default. */
  repairCost?: number;
  cluster?: Readonly<Cluster>;
}

/** `documented`: a year of 365.25 days. */
const HOURS_PER_JULIAN_YEAR = 8766;

/**
 * The chain of a stripe on a cluster. While one shard is lost, all other nodes help to refill the
 * failed node: ρ = ε (M − 1) B / (S C). With more lost, repair goes first and takes the time T.
 *
 * @returns a chain for `solveChain`
 * @throws RangeError if there are as many states as shards
 *
 * @example
 * import {clusterChain, solveChain} from "kernel-lib/erasure";
 * const copies = clusterChain({shards: 3, survivingFractions: [1, 1, 0]});
 * solveChain(copies).mttdlYears.toExponential(2) // => '3.51e+9'
 */
export function clusterChain(options: ClusterChainOptions): DurabilityChain {
  const {shards, survivingFractions, repairCost = 1, cluster = AZURE_STORAGE_2012} = options;
  if (survivingFractions.length > shards) {
    throw new RangeError(
      `Cannot make a chain: need at most ${shards} states, got ${survivingFractions.length}`,
    );
  }
  const refillHours =
    (8 * cluster.bytesPerNode * repairCost) /
    (cluster.repairShare * (cluster.nodes - 1) * cluster.bitsPerSecond * 3600);
  return {
    failuresPerYear: survivingFractions.map((_, lost) => (shards - lost) / cluster.nodeMttfYears),
    repairsPerYear: survivingFractions.map((_, lost) => {
      if (lost === 0) return 0;
      return HOURS_PER_JULIAN_YEAR / (lost === 1 ? refillHours : cluster.detectionHours);
    }),
    survivingFractions,
  };
}
