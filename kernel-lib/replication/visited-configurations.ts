import type {SequentialModel} from "./sequential-model.js";

/**
 * The configurations a search has been in: which operations are linearized, and the state they led
 * to. What follows from a configuration does not depend on the order that led there, so a second
 * visit can be cut off (Lowe 2017, §3.2).
 */
export class VisitedConfigurations<State> {
  private readonly buckets = new Map<number | string, {set: Int32Array; state: State}[]>();
  private readonly equal: (left: State, right: State) => boolean;
  private readonly hash: (state: State) => number | string;

  constructor({equal, hash}: Pick<SequentialModel<State, unknown, unknown>, "equal" | "hash">) {
    this.equal = equal ?? Object.is;
    this.hash = hash ?? hashOfPrimitive;
  }

  /**
   * Notes a configuration.
   *
   * @param set one bit per operation; copied
   * @param setHash a hash of `set`
   * @returns false if it was there before
   */
  add(set: Int32Array, setHash: number, state: State): boolean {
    const stateHash = this.hash(state);
    const hash = typeof stateHash === "number" ? setHash ^ stateHash : `${setHash} ${stateHash}`;
    const bucket = this.buckets.get(hash);
    if (bucket === undefined) {
      this.buckets.set(hash, [{set: set.slice(), state}]);
      return true;
    }
    for (const entry of bucket) {
      if (sameWords(entry.set, set) && this.equal(entry.state, state)) return false;
    }
    bucket.push({set: set.slice(), state});
    return true;
  }
}

/** States that are objects all share one hash; `equal` tells them apart. */
function hashOfPrimitive(state: unknown): number | string {
  if (typeof state === "number") return state | 0;
  if (typeof state !== "string") return 0;
  // FNV-1a over UTF-16 code units.
  let hash = 0x811c9dc5;
  for (let index = 0; index < state.length; index++) {
    hash = Math.imul(hash ^ state.charCodeAt(index), 0x01000193);
  }
  return hash;
}

function sameWords(left: Int32Array, right: Int32Array): boolean {
  for (let word = 0; word < left.length; word++) if (left[word] !== right[word]) return false;
  return true;
}
