/**
 * Cluster life: the mean time to data loss of three codes in the cluster of a published paper, by
 * its Markov chain.
 *
 * Published peer: Huang et al., "Erasure Coding in Windows Azure Storage", USENIX ATC 2012, Table 1
 * (data/published/s3/azure-lrc-mttf.csv).
 *
 * Fidelity: public for the chain and the cluster, but the node MTTF is **fitted** to the first row of
 * the table (see `AZURE_STORAGE_2012`), so only the other two rows test anything. They come out when
 * repair costs the same for all codes, and not with the repair costs that the paper prints.
 */
import {
  AZURE_STORAGE_2012,
  clusterChain,
  LocallyRepairable,
  solveChain,
} from "../../erasure/index.js";
import type {Cluster} from "../../erasure/index.js";
import {combinations} from "../../stats/index.js";

export interface ClusterLifeOptions {
  /** Not used: nothing is drawn by chance. Every experiment takes a seed. */
  seed?: number;
  /** Default `AZURE_STORAGE_2012`, with its fitted node MTTF. */
  cluster?: Readonly<Cluster>;
}

/** One code in the cluster. */
export interface ClusterLifeRow {
  /** As in "LRC(6,2,2)". */
  code: string;
  /** C: shards read to repair one, on average. */
  readsToRepairOne: number;
  /** Fraction of the sets of four lost shards that it decodes, in [0, 1]; every set was tried. */
  survivingFours: number;
  /** Mean years to the loss of a stripe, one read per repair for every code. */
  mttdlYears: number;
  /** The same, where a repair takes as long as its reads. */
  mttdlYearsByReads: number;
}

/**
 * Solves the chain for three copies, RS(6,3) and LRC(6,2,2).
 *
 * @throws RangeError if the cluster's numbers are outside their range
 *
 * @example
 * import {clusterLife} from "kernel-lib/experiments/s3";
 * clusterLife().map((row) => `${row.code}: ${row.mttdlYears.toExponential(1)}`)
 * // => [ '3 copies: 3.5e+9', 'RS(6,3): 6.1e+11', 'LRC(6,2,2): 2.5e+12' ]
 */
export function clusterLife(options: ClusterLifeOptions = {}): ClusterLifeRow[] {
  const {cluster = AZURE_STORAGE_2012} = options;
  const lrc = new LocallyRepairable({dataShards: 6, localParities: 2, globalParities: 2});
  const row = (
    code: string,
    shards: number,
    survivingFractions: readonly number[],
    readsToRepairOne: number,
  ): ClusterLifeRow => {
    const years = (repairCost: number): number =>
      solveChain(clusterChain({shards, survivingFractions, repairCost, cluster})).mttdlYears;
    return {
      ...{code, readsToRepairOne, survivingFours: survivingFractions[3] ?? 0},
      ...{mttdlYears: years(1), mttdlYearsByReads: years(readsToRepairOne)},
    };
  };
  return [
    row("3 copies", 3, [1, 1, 0], 1),
    row("RS(6,3)", 9, [1, 1, 1, 0], 6),
    row("LRC(6,2,2)", lrc.totalShards, [...survivingFractions(lrc, 4), 0], lrc.averageRepairCost()),
  ];
}

/**
 * Fractions of the sets of 1 … `most` lost shards that the code decodes. All are 1 but for the last,
 * so each is also the fraction given that the code decoded before the last loss.
 */
function survivingFractions(code: LocallyRepairable, most: number): number[] {
  const shards = Array.from({length: code.totalShards}, (_, shard) => shard);
  return Array.from({length: most}, (_, index) => {
    const sets = combinations(shards, index + 1);
    return sets.filter((lost) => code.isDecodable(lost)).length / sets.length;
  });
}
