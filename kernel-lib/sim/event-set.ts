import {doubled, QuadHeap} from "./quad-heap.js";

/**
 * The event set: what is still to happen, in the order (time, priority, order of scheduling).
 *
 * ```
 * ring, FIFO       ringKeys[] ringSlots[]                   events of this very moment, priority 0
 * front, sorted    frontTimes[] frontKeys[] frontSlots[]    the next few, the very next one last
 * heap             times[] keys[] slots[]                   all later ones
 * slot             callbacks[] arguments[] generations[]    what to call; reused when done
 * ```
 *
 * Priority and order of scheduling are one number, priority · 2^42 + order, exact in a double, so
 * that two comparisons decide. A model with few pending events lives in the front alone: a short
 * sorted list costs one mispredicted branch where a heap costs several. A cancelled event stays
 * where it is until its turn; when more than half are such, the heap is swept.
 *
 * Fidelity: public; textbook structures, combined.
 */

/** What an event does; it gets the argument it was scheduled with. */
export type EventCallback = (argument: never) => void;

/** 2^42: 4.4 · 10^12 events can be scheduled before a key would lose its last digit. */
const ORDERS = 2 ** 42;
/** Below this, sweeping costs more than it frees. */
const SWEEP_AT = 64;
/** Few, since adding moves half of them; not tuned further. */
const FRONT = 16;
/** Half full, so that a new event among the next few finds room. */
const REFILL = FRONT / 2;

export class EventSet {
  /** Time of the event that `take` returned last, in milliseconds. */
  takenMs: number = 0;
  callbacks: (EventCallback | undefined)[] = [];
  arguments: unknown[] = [];
  private generations: Int32Array = new Int32Array(16);
  /** A stack of slots that are free. */
  private freeSlots: Int32Array = new Int32Array(16);
  private freeCount = 0;
  private readonly frontTimes: Float64Array = new Float64Array(FRONT);
  private readonly frontKeys: Float64Array = new Float64Array(FRONT);
  private readonly frontSlots: Int32Array = new Int32Array(FRONT);
  private frontSize = 0;
  private readonly heap: QuadHeap = new QuadHeap();
  private ringKeys: Float64Array = new Float64Array(16);
  private ringSlots: Int32Array = new Int32Array(16);
  private ringStart = 0;
  private ringSize = 0;
  private cancelled = 0;
  private sweepAt: number = SWEEP_AT;
  /** One double outside the object: a field that outgrows 2^31 would be boxed. */
  private readonly order: Float64Array = new Float64Array(1);

  /** Events that are still to happen, without the cancelled ones. */
  get pending(): number {
    return this.frontSize + this.heap.size + this.ringSize - this.cancelled;
  }

  /** Adds an event after all of its time and priority. @returns its slot */
  add(timeMs: number, priority: number, callback: EventCallback, argument: unknown): number {
    const slot = this.occupy(callback, argument);
    const key = priority * ORDERS + this.order[0]!++;
    const {frontTimes, frontKeys, frontSlots} = this;
    let at = this.frontSize;
    const isLater =
      at === 0 || timeMs > frontTimes[0]! || (timeMs === frontTimes[0]! && key > frontKeys[0]!);
    if (isLater && (this.heap.size > 0 || at === FRONT)) {
      this.heap.reserve();
      this.heap.times[this.heap.size] = timeMs;
      this.heap.keys[this.heap.size] = key;
      this.heap.slots[this.heap.size] = slot;
      this.heap.rise();
      return slot;
    }
    if (at === FRONT) at = this.moveLatestToHeap();
    this.frontSize = at + 1;
    // What comes earlier moves one place on.
    while (at > 0) {
      const otherMs = frontTimes[at - 1]!;
      if (otherMs > timeMs || (otherMs === timeMs && frontKeys[at - 1]! > key)) break;
      frontTimes[at] = otherMs;
      frontKeys[at] = frontKeys[at - 1]!;
      frontSlots[at] = frontSlots[at - 1]!;
      at--;
    }
    frontTimes[at] = timeMs;
    frontKeys[at] = key;
    frontSlots[at] = slot;
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
        if (this.frontSize === 0 && !this.refillFront()) return -1;
        const next = this.frontSize - 1;
        if (this.frontTimes[next]! > untilMs) return -1;
        this.frontSize = next;
        slot = this.frontSlots[next]!;
        this.takenMs = this.frontTimes[next]!;
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
    this.freeSlots[this.freeCount++] = slot;
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
    if (this.cancelled > this.sweepAt && this.cancelled > this.heap.size / 2) this.sweep();
  }

  private occupy(callback: EventCallback, argument: unknown): number {
    const slot = this.freeCount > 0 ? this.freeSlots[--this.freeCount]! : this.newSlot();
    this.callbacks[slot] = callback;
    this.arguments[slot] = argument;
    return slot;
  }

  private newSlot(): number {
    const slot = this.callbacks.length;
    this.callbacks.push(undefined);
    this.arguments.push(undefined);
    if (slot === this.generations.length) {
      this.generations = doubled(this.generations);
      this.freeSlots = doubled(this.freeSlots);
    }
    return slot;
  }

  private ringIsNext(nowMs: number): boolean {
    if (this.frontSize === 0 && !this.refillFront()) return true;
    const next = this.frontSize - 1;
    if (this.frontTimes[next]! > nowMs) return true;
    return this.frontKeys[next]! > this.ringKeys[this.ringStart]!;
  }

  /** @returns how many are left in the front */
  private moveLatestToHeap(): number {
    this.heap.reserve();
    this.heap.times[this.heap.size] = this.frontTimes[0]!;
    this.heap.keys[this.heap.size] = this.frontKeys[0]!;
    this.heap.slots[this.heap.size] = this.frontSlots[0]!;
    this.heap.rise();
    this.frontTimes.copyWithin(0, 1);
    this.frontKeys.copyWithin(0, 1);
    this.frontSlots.copyWithin(0, 1);
    return FRONT - 1;
  }

  /** Moves the next few from the heap into the empty front. @returns false if there are none */
  private refillFront(): boolean {
    const {heap} = this;
    const count = Math.min(heap.size, REFILL);
    for (let at = count - 1; at >= 0; at--) {
      this.frontTimes[at] = heap.times[0]!;
      this.frontKeys[at] = heap.keys[0]!;
      this.frontSlots[at] = heap.slots[0]!;
      heap.removeTop();
    }
    this.frontSize = count;
    return count > 0;
  }

  /** Drops the cancelled events from the heap; those in ring and front come up soon anyway. */
  private sweep(): void {
    this.heap.keepOnly((slot) => {
      if (this.callbacks[slot] !== undefined) return true;
      this.cancelled--;
      this.free(slot);
      return false;
    });
    this.sweepAt = this.cancelled + SWEEP_AT;
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
