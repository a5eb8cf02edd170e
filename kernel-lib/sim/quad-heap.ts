/**
 * A heap of (time, key, slot) with four children a node, in typed arrays: children of i are
 * 4i + 1 … 4i + 4 and lie side by side in memory, so that at 10^5 entries it waits for memory half
 * as often as a binary heap. Equal times are decided by the key.
 *
 * Source: D. B. Johnson, "Priority queues with update and finding minimum spanning trees", 1975
 * (d-ary heaps). Fidelity: public.
 */
export class QuadHeap {
  size: number = 0;
  times: Float64Array = new Float64Array(16);
  keys: Float64Array = new Float64Array(16);
  slots: Int32Array = new Int32Array(16);

  /** Makes sure that there is room at index `size` for the entry that `rise` takes in. */
  reserve(): void {
    if (this.size < this.times.length) return;
    this.times = doubled(this.times);
    this.keys = doubled(this.keys);
    this.slots = doubled(this.slots);
  }

  /** Takes in the entry that was written at index `size`: as arguments its doubles would be boxed. */
  rise(): void {
    const {times, keys, slots} = this;
    let at = this.size++;
    const timeMs = times[at]!;
    const key = keys[at]!;
    const slot = slots[at]!;
    while (at > 0) {
      const parent = (at - 1) >> 2;
      const parentMs = times[parent]!;
      if (parentMs < timeMs || (parentMs === timeMs && keys[parent]! < key)) break;
      times[at] = parentMs;
      keys[at] = keys[parent]!;
      slots[at] = slots[parent]!;
      at = parent;
    }
    times[at] = timeMs;
    keys[at] = key;
    slots[at] = slot;
  }

  /** Removes the least entry, which is at index 0. */
  removeTop(): void {
    const last = --this.size;
    if (last > 0) this.siftDown(last, 0);
  }

  /** Removes all entries whose slot is not wanted. O(n). */
  keepOnly(isWanted: (slot: number) => boolean): void {
    let kept = 0;
    for (let at = 0; at < this.size; at++) {
      const slot = this.slots[at]!;
      if (!isWanted(slot)) continue;
      this.times[kept] = this.times[at]!;
      this.keys[kept] = this.keys[at]!;
      this.slots[kept++] = slot;
    }
    this.size = kept;
    for (let at = (kept - 2) >> 2; at >= 0; at--) {
      this.siftDown(at, at);
    }
  }

  /** Puts the entry at `from` where it belongs at or below `start`. */
  private siftDown(from: number, start: number): void {
    const {times, keys, slots, size} = this;
    const timeMs = times[from]!;
    const key = keys[from]!;
    const slot = slots[from]!;
    let at = start;
    for (;;) {
      const first = 4 * at + 1;
      if (first >= size) break;
      const least = first + 4 <= size ? this.leastOfFour(first) : this.leastOfFew(first, size);
      const leastMs = times[least]!;
      if (timeMs < leastMs || (timeMs === leastMs && key < keys[least]!)) break;
      times[at] = leastMs;
      keys[at] = keys[least]!;
      slots[at] = slots[least]!;
      at = least;
    }
    times[at] = timeMs;
    keys[at] = key;
    slots[at] = slot;
  }

  /**
   * Which of four siblings comes first, as sums of comparisons: which one it is cannot be
   * predicted, so that branches would cost more than all the rest.
   */
  private leastOfFour(first: number): number {
    const left = first + this.isSecond(first, first + 1);
    const right = first + 2 + this.isSecond(first + 2, first + 3);
    return left + (right - left) * this.isSecond(left, right);
  }

  /** 1 if the second of two entries comes first, else 0. */
  private isSecond(one: number, two: number): number {
    const {times} = this;
    const oneMs = times[one]!;
    const twoMs = times[two]!;
    if (oneMs === twoMs) return +(this.keys[two]! < this.keys[one]!);
    return +(twoMs < oneMs);
  }

  private leastOfFew(first: number, end: number): number {
    let least = first;
    for (let child = first + 1; child < end; child++) {
      if (this.isSecond(least, child) === 1) least = child;
    }
    return least;
  }
}

/** A copy with room for as many again. */
export function doubled<T extends Float64Array | Int32Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(2 * array.length);
  larger.set(array);
  return larger;
}
