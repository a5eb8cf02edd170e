import {compareKeys} from "./compare-keys.js";

/** Where to split a range, or why not to. */
export type SplitAdvice =
  | {
      split: true;
      /** First key of the upper half. */
      atKey: string;
      /** Fraction of the observed accesses below `atKey`, in (0, 1). */
      lowerShare: number;
      reason: "load on both sides";
    }
  | {
      split: false;
      atKey?: undefined;
      lowerShare?: undefined;
      /**
       * `too few accesses`: nothing to go by. `single hot key`: wherever the cut, one side keeps
       * nearly all. `sequential access`: keys rise with time, so the upper side would get all of
       * what is to come.
       */
      reason: "too few accesses" | "single hot key" | "sequential access";
    };

/** `invented for teaching`: a split must take at least this fraction of the load away. */
const LEAST_SHARE = 0.2;
/** `invented for teaching`: the fraction of accesses above all earlier ones that counts as rising. */
const RISING_SHARE = 0.5;

/**
 * The keys that were accessed last, and what they say about a split. The cut halves the *accesses*:
 * the median of the stored keys would, for a hot prefix in a cold range, leave the heat on one side.
 *
 * Source: Elhemali et al., "Amazon DynamoDB", USENIX ATC 2022, §4.4. Fidelity: inferred; both
 * thresholds are ours.
 *
 * @example
 * import {AccessSample} from "kernel-lib/partition";
 * const sample = new AccessSample({size: 8});
 * for (const key of ["c", "a", "d", "b", "b", "c", "a", "d"]) sample.add(key);
 * sample.advise().atKey // => 'c'
 */
export class AccessSample {
  /** How many accesses are kept, the last ones. */
  readonly size: number;
  /** Oldest first once read through `recent()`. */
  private readonly ring: string[] = [];
  private next = 0;

  /**
   * @param options size: a whole number >= 2; default 256, `invented for teaching`
   * @throws RangeError if the size is outside its range
   */
  constructor({size = 256}: {size?: number} = {}) {
    if (!Number.isInteger(size) || size < 2) {
      throw new RangeError(`Cannot sample accesses: need a whole size >= 2, got ${size}`);
    }
    this.size = size;
  }

  add(key: string): void {
    this.ring[this.next] = key;
    this.next = (this.next + 1) % this.size;
  }

  /** The accesses kept, oldest first: a copy. */
  recent(): string[] {
    return [...this.ring.slice(this.next), ...this.ring.slice(0, this.next)];
  }

  /** Says where to cut so that both sides get half of the observed accesses. O(n log n). */
  advise(): SplitAdvice {
    const accesses = this.recent();
    if (accesses.length < this.size) return {split: false, reason: "too few accesses"};
    if (shareOfRecords(accesses) > RISING_SHARE) return {split: false, reason: "sequential access"};
    accesses.sort(compareKeys);
    let best = {atKey: "", lowerShare: 0, balance: 0};
    accesses.forEach((atKey, below) => {
      if (below === 0 || atKey === accesses[below - 1]) return;
      const lowerShare = below / accesses.length;
      const balance = Math.min(lowerShare, 1 - lowerShare);
      if (balance > best.balance) best = {atKey, lowerShare, balance};
    });
    if (best.balance < LEAST_SHARE) return {split: false, reason: "single hot key"};
    const {atKey, lowerShare} = best;
    return {split: true, atKey, lowerShare, reason: "load on both sides"};
  }
}

/** The fraction of accesses to a key greater than every one before. */
function shareOfRecords(accesses: readonly string[]): number {
  let greatest = "";
  let records = 0;
  for (const key of accesses) {
    if (compareKeys(key, greatest) <= 0) continue;
    greatest = key;
    records++;
  }
  return records / accesses.length;
}
