/**
 * The chance that some stripe of a cluster is lost when many nodes fail at once, as after a power
 * failure: it depends on how many different sets of nodes hold a stripe.
 *
 * Source: Cidon et al., "Copysets: Reducing the Frequency of Data Loss in Cloud Storage", USENIX ATC
 * 2013, §1 and §3. Fidelity: simplified; sets are taken as independent, which is exact enough while
 * the chance of one is tiny.
 */
export interface CopysetOptions {
  /** Nodes of the cluster, a whole number >= 1. */
  nodes: number;
  /** Nodes that fail together, a whole number in [0, nodes]; which ones is chance. */
  failedNodes: number;
  /** Nodes that hold one stripe: copies, or k + m. A whole number in [1, nodes]. */
  setSize: number;
  /** Losses within a set that do no harm: copies − 1, or m. A whole number in [0, setSize]. */
  tolerated: number;
  /**
   * Different sets in use, > 0. All stripes placed at random: as many as there are stripes. One
   * permutation of the nodes cut into sets: nodes / setSize.
   */
  sets: number;
}

/**
 * The probability that at least one set loses more nodes than it tolerates. O(setSize).
 *
 * @throws RangeError if an option is outside its range
 *
 * @example
 * import {copysetLossProbability} from "kernel-lib/erasure";
 * const cluster = {nodes: 5000, failedNodes: 50, setSize: 3, tolerated: 2};
 * copysetLossProbability({...cluster, sets: 1e7}).toFixed(4) // => '0.9999'
 * copysetLossProbability({...cluster, sets: 1666}).toFixed(4) // => '0.0016'
 */
export function copysetLossProbability(options: CopysetOptions): number {
  const {nodes, failedNodes, setSize, tolerated, sets} = options;
  checkWhole("nodes", nodes, 1, Number.MAX_SAFE_INTEGER);
  checkWhole("failedNodes", failedNodes, 0, nodes);
  checkWhole("setSize", setSize, 1, nodes);
  checkWhole("tolerated", tolerated, 0, setSize);
  if (!(sets > 0)) throw new RangeError(`Cannot compute copysets: need sets > 0, got ${sets}`);
  let ofOneSet = 0;
  for (let lost = setSize; lost > tolerated; lost--) {
    ofOneSet += hypergeometric({nodes, failedNodes, setSize}, lost);
  }
  return -Math.expm1(sets * Math.log1p(-Math.min(1, ofOneSet)));
}

/** P(exactly `lost` of the set's nodes are among the failed): a product of small fractions. */
function hypergeometric(
  {nodes, failedNodes, setSize}: {nodes: number; failedNodes: number; setSize: number},
  lost: number,
): number {
  let probability = 1;
  for (let i = 0; i < setSize; i++) {
    // The first `lost` of the set fail, the others do not; then all ways to choose which.
    const left = i < lost ? failedNodes - i : nodes - failedNodes - (i - lost);
    probability *= Math.max(0, left) / (nodes - i);
    if (i < lost) probability *= (setSize - i) / (i + 1);
  }
  return probability;
}

function checkWhole(name: string, value: number, min: number, max: number): void {
  if (!Number.isSafeInteger(value) || value < min || value > max) {
    throw new RangeError(
      `Cannot compute copysets: need a whole ${name} in [${min}, ${max}], got ${value}`,
    );
  }
}
