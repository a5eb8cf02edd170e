import {compareKeys} from "./compare-keys.js";

/**
 * Values by key, kept in the order of `compareKeys`: what a B-tree does, in one sorted array.
 * Look-up O(1), a new key O(n) (a move of memory), a scan O(log n) plus what it reads.
 *
 * @example
 * import {SortedMap} from "kernel-lib/partition";
 * const map = new SortedMap<number>();
 * map.set("b", 2);
 * map.set("a", 1);
 * map.keys // => [ 'a', 'b' ]
 * map.ceiling("aa") // => 'b'
 */
export class SortedMap<V> {
  /** All keys, in order: a view. */
  readonly keys: readonly string[] = [];
  private readonly values: Map<string, V> = new Map();

  get size(): number {
    return this.values.size;
  }

  get(key: string): V | undefined {
    return this.values.get(key);
  }

  has(key: string): boolean {
    return this.values.has(key);
  }

  /** Adds a value, or replaces the one that is there. */
  set(key: string, value: V): void {
    if (!this.values.has(key)) (this.keys as string[]).splice(this.rank(key), 0, key);
    this.values.set(key, value);
  }

  /** @returns false if the key was not there */
  delete(key: string): boolean {
    if (!this.values.delete(key)) return false;
    (this.keys as string[]).splice(this.rank(key), 1);
    return true;
  }

  /** The least key that is not less than this one. */
  ceiling(key: string): string | undefined {
    return this.keys[this.rank(key)];
  }

  /** Moves all entries from a key on into a new map. */
  splitOff(fromKey: string): SortedMap<V> {
    const upper = new SortedMap<V>();
    for (const key of (this.keys as string[]).splice(this.rank(fromKey))) {
      (upper.keys as string[]).push(key);
      upper.values.set(key, this.values.get(key)!);
      this.values.delete(key);
    }
    return upper;
  }

  /** How many keys are less than this one. */
  private rank(key: string): number {
    let low = 0;
    let high = this.keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareKeys(this.keys[middle]!, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
