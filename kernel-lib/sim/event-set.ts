/**
 * The event set: what is still to happen, in the order (time, priority, order of scheduling).
 *
 * ```
 * heap, 4-ary     times[] keys[] slots[]     children of i: 4i + 1 … 4i + 4
 * ring, FIFO      ringKeys[] ringSlots[]     events for this very moment, priority 0
 * slot            callbacks[] arguments[] generations[]   what to call; reused when done
 * ```
 *
 * Priority and order of scheduling are one number, priority · 2^42 + order, exact in a double, so
 * that two comparisons decide. Four children lie side by side in memory: at 10^5 pending events a
 * binary heap would wait for memory twice as often. A cancelled event stays where it is until its
 * turn; when more than half are such, they are swept out.
 *
 * Source: D. B. Johnson, "Priority queues with update and finding minimum spanning trees", 1975
 * (d-ary heaps). Fidelity: public.
 */

/** What an event does; it gets the argument it was scheduled with. */
export type EventCallback = (argument: never) => void;

/** 2^42: 4.4 · 10^12 events can be scheduled before a key would lose its last digit. */
const ORDERS = 2 ** 42;
/** Below this, sweeping costs more than it frees. */
const SWEEP_AT = 64;

export class EventSet {
  /** Time of the event that `take` returned last, in milliseconds. */
  takenMs: number = 0;
  callbacks: (EventCallback | undefined)[] = [];
  arguments: unknown[] = [];
  private generations: Int32Array = new Int32Array(16);
  private readonly freeSlots: number[] = [];
  private times: Float64Array = new Float64Array(16);
  private keys: Float64Array = new Float64Array(16);
  private slots: Int32Array = new Int32Array(16);
  private size = 0;
  private ringKeys: Float64Array = new Float64Array(16);
  private ringSlots: Int32Array = new Int32Array(16);
  private ringStart = 0;
  private ringSize = 0;
  private cancelled = 0;
  /** One double outside the object: a field that outgrows 2^31 would be boxed. */
  private readonly order: Float64Array = new Float64Array(1);

  /** Events that are still to happen, without the cancelled ones. */
  get pending(): number {
    return this.size + this.ringSize - this.cancelled;
  }

  /** Adds an event after all of its time and priority. @returns its slot */
  add(timeMs: number, priority: number, callback: EventCallback, argument: unknown): number {
    const slot = this.occupy(callback, argument);
    const key = priority * ORDERS + this.order[0]!++;
    if (this.size === this.times.length) this.growHeap();
    this.siftUp(this.size++, timeMs, key, slot);
    return slot;
  }

  /** Adds an event of priority 0 for the present moment: no search for its place. */
  addNow(callback: EventCallback, argument: unknown): number {
    const slot = this.occupy(callback, argument);
    if (this.ringSize === this.ringSlots.length) this.growRing();
    const at = (this.ringStart + this.ringSize++) & (this.ringSlots.length - 1);
    this.ringKeys[at] = this.order[0]!++;
    this.ringSlots[at] = slot;
    return slot;
  }

  /**
   * Takes the next event that is not cancelled and not later than `untilMs`, and sets `takenMs`.
   * Its slot must be freed before anything else is added.
   *
   * @returns its slot, or -1 if there is none
   */
  take(nowMs: number, untilMs: number): number {
    for (;;) {
      let slot: number;
      if (this.ringSize > 0 && this.ringIsNext(nowMs)) {
        slot = this.ringSlots[this.ringStart]!;
        this.ringStart = (this.ringStart + 1) & (this.ringSlots.length - 1);
        this.ringSize--;
        this.takenMs = nowMs;
      } else {
        if (this.size === 0 || this.times[0]! > untilMs) return -1;
        slot = this.slots[0]!;
        this.takenMs = this.times[0]!;
        this.removeFirst();
      }
      if (this.callbacks[slot] !== undefined) return slot;
      this.cancelled--;
      this.free(slot);
    }
  }

  /** Gives a slot back, and ends all handles to it. */
  free(slot: number): void {
    this.callbacks[slot] = undefined;
    this.arguments[slot] = undefined;
    this.generations[slot]!++;
    this.freeSlots.push(slot);
  }

  generation(slot: number): number {
    return this.generations[slot]!;
  }

  isPending(slot: number, generation: number): boolean {
    return this.generations[slot] === generation && this.callbacks[slot] !== undefined;
  }

  cancel(slot: number): void {
    this.callbacks[slot] = undefined;
    this.arguments[slot] = undefined;
    this.cancelled++;
    if (this.cancelled > SWEEP_AT && this.cancelled > (this.size + this.ringSize) / 2) this.sweep();
  }

  private occupy(callback: EventCallback, argument: unknown): number {
    const slot = this.freeSlots.length > 0 ? this.freeSlots.pop()! : this.newSlot();
    this.callbacks[slot] = callback;
    this.arguments[slot] = argument;
    return slot;
  }

  private newSlot(): number {
    const slot = this.callbacks.length;
    this.callbacks.push(undefined);
    this.arguments.push(undefined);
    if (slot === this.generations.length) this.generations = doubled(this.generations);
    return slot;
  }

  private ringIsNext(nowMs: number): boolean {
    if (this.size === 0 || this.times[0]! > nowMs) return true;
    return this.keys[0]! > this.ringKeys[this.ringStart]!;
  }

  private removeFirst(): void {
    const last = --this.size;
    if (last > 0) this.siftDown(0, this.times[last]!, this.keys[last]!, this.slots[last]!);
  }

  private siftUp(start: number, timeMs: number, key: number, slot: number): void {
    const {times, keys, slots} = this;
    let at = start;
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

  private siftDown(start: number, timeMs: number, key: number, slot: number): void {
    const {times, keys, slots, size} = this;
    let at = start;
    for (;;) {
      const first = 4 * at + 1;
      if (first >= size) break;
      const end = first + 4 < size ? first + 4 : size;
      let least = first;
      let leastMs = times[first]!;
      for (let child = first + 1; child < end; child++) {
        const childMs = times[child]!;
        if (childMs < leastMs || (childMs === leastMs && keys[child]! < keys[least]!)) {
          least = child;
          leastMs = childMs;
        }
      }
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

  /** Drops the cancelled events from the heap; those in the ring come up soon anyway. */
  private sweep(): void {
    let kept = 0;
    for (let at = 0; at < this.size; at++) {
      const slot = this.slots[at]!;
      if (this.callbacks[slot] === undefined) {
        this.cancelled--;
        this.free(slot);
        continue;
      }
      this.times[kept] = this.times[at]!;
      this.keys[kept] = this.keys[at]!;
      this.slots[kept++] = slot;
    }
    this.size = kept;
    for (let at = (kept - 2) >> 2; at >= 0; at--) {
      this.siftDown(at, this.times[at]!, this.keys[at]!, this.slots[at]!);
    }
  }

  private growHeap(): void {
    this.times = doubled(this.times);
    this.keys = doubled(this.keys);
    this.slots = doubled(this.slots);
  }

  private growRing(): void {
    const keys = new Float64Array(2 * this.ringSize);
    const slots = new Int32Array(2 * this.ringSize);
    for (let i = 0; i < this.ringSize; i++) {
      const at = (this.ringStart + i) & (this.ringSlots.length - 1);
      keys[i] = this.ringKeys[at]!;
      slots[i] = this.ringSlots[at]!;
    }
    this.ringKeys = keys;
    this.ringSlots = slots;
    this.ringStart = 0;
  }
}

function doubled<T extends Float64Array | Int32Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(2 * array.length);
  larger.set(array);
  return larger;
}
