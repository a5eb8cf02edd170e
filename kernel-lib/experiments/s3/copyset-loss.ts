/**
 * Copyset loss: many nodes fail at once, as after a power failure. Is some stripe gone?
 *
 * Every stripe lies on a set of nodes. The more different sets are in use, the surer one of them is
 * hit; what is lost on average stays the same, in fewer and larger pieces.
 *
 * Published peer: Cidon et al., "Copysets", USENIX ATC 2013 (data/published/s3/copysets.csv): 5,000
 * nodes, 1 % of them gone, three copies: 99.99 % at random, 0.15 % on copysets.
 *
 * Fidelity: public for the calculation. Which nodes fail is uniform chance, sets are taken as
 * independent, and ten million stripes are those of the paper's example.
 */
import {copysetLossProbability} from "../../erasure/index.js";

/** A code as far as a set of nodes is concerned. */
export interface CopysetCode {
  /** As in "RS(6,3)". */
  code: string;
  /** Nodes that hold one stripe: copies, or k + m. */
  shards: number;
  /** Losses that do no harm: copies − 1, or m. */
  tolerated: number;
}

export interface CopysetLossOptions {
  /** Not used: nothing is drawn by chance. Every experiment takes a seed. */
  seed?: number;
  /** Default three copies, RS(6,3), RS(8,4) and RS(10,4). */
  codes?: readonly CopysetCode[];
  /**
   * In how many ways all nodes are cut into sets, whole numbers >= 1. Default 1, 10, 100, 1000.
   * One way gives ⌊nodes / shards⌋ sets.
   */
  permutations?: readonly number[];
  /** Sets in use when every stripe is placed at random, > 0. Default 10^7. */
  stripes?: number;
  /** Nodes of the cluster. Default 5,000, `documented` by the paper. */
  nodes?: number;
  /** Nodes that fail together. Default 50, `documented` by the paper: 1 %. */
  failedNodes?: number;
}

/** One code with one way to place stripes. */
export interface CopysetLossRow {
  code: string;
  /** "1 permutation", "10 permutations" … or "random". */
  placement: string;
  /** Different sets of nodes in use. */
  sets: number;
  /** P(at least one stripe is lost), in [0, 1]. */
  lossProbability: number;
  /** Fraction of all stripes lost, on average over such events: the same for any placement. */
  lostShare: number;
}

const DEFAULT_CODES: readonly CopysetCode[] = [
  {code: "3 copies", shards: 3, tolerated: 2},
  {code: "RS(6,3)", shards: 9, tolerated: 3},
  {code: "RS(8,4)", shards: 12, tolerated: 4},
  {code: "RS(10,4)", shards: 14, tolerated: 4},
];

/**
 * Fails some nodes together and computes whether a stripe is lost, by code and placement.
 *
 * @returns rows by code, then from few sets to many, random placement last
 * @throws RangeError if an option is outside its range
 *
 * @example
 * import {copysetLoss} from "kernel-lib/experiments/s3";
 * const [cut, random] = copysetLoss({permutations: [1]});
 * `${(100 * cut.lossProbability).toFixed(2)} % or ${(100 * random.lossProbability).toFixed(2)} %`
 * // => '0.16 % or 99.99 %'
 */
export function copysetLoss(options: CopysetLossOptions = {}): CopysetLossRow[] {
  const {codes = DEFAULT_CODES, permutations = [1, 10, 100, 1000], stripes = 1e7} = options;
  const {nodes = 5000, failedNodes = 50} = options;
  if (!permutations.every((count) => Number.isInteger(count) && count >= 1)) {
    throw new RangeError(
      `Cannot cut nodes into sets: need whole permutations, got ${permutations}`,
    );
  }
  return codes.flatMap(({code, shards, tolerated}) => {
    const event = {nodes, failedNodes, setSize: shards, tolerated};
    const row = (placement: string, sets: number): CopysetLossRow => ({
      ...{code, placement, sets},
      lossProbability: copysetLossProbability({...event, sets}),
      lostShare: copysetLossProbability({...event, sets: 1}),
    });
    return [
      ...permutations.map((count) =>
        row(`${count} permutation${count === 1 ? "" : "s"}`, count * Math.floor(nodes / shards)),
      ),
      row("random", stripes),
    ];
  });
}
