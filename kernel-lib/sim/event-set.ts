import {QuadHeap} from "./quad-heap.js";

/**
 * The event set: what is still to happen, in the order (time, priority, order of scheduling).
 *
 * ```
 * ring     a list     events of this very moment, priority 0: first in, first out
 * front    a list     the next few, sorted
 * heap     a heap     all later ones
 * ```
 *
 * Priority and order of scheduling are one number, priority · 2^42 + order, exact in a double, so
 * that two comparisons decide. A model with few pending events lives in the front alone: a walk
 * along a short list costs one mispredicted branch where a heap costs several, and its steps are
 * loads from one object to the next, without an array's bounds. A cancelled event stays where it is
 * until its turn; when more than half are such, the heap is swept.
 *
 * Fidelity: public; textbook structures, combined.
 */

/** What an event does; it gets the argument it was scheduled with. */
export type EventCallback = (argument: never) => void;

/** One event, in a list or the heap; when done it is used for another. */
export class EventRecord {
  /** Its place among the records, for the heap. */
  readonly number: number;
  // Not 0, so that the engine keeps doubles here from the start, and in place.
  timeMs: number = NaN;
  /** Priority and order; no two events of a set have the same. */
  key: number = NaN;
  /** Undefined if it is cancelled, or not in use. */
  callback: EventCallback | undefined = undefined;
  argument: unknown = undefined;
  next: EventRecord;

  constructor(number: number, next?: EventRecord) {
    this.number = number;
    this.next = next ?? this;
  }
}

/** Ends every list, and is later than everything. */
const END: EventRecord = new EventRecord(-1);
END.timeMs = Infinity;

/** 2^42: 4.4 · 10^12 events can be scheduled before a key would lose its last digit. */
const ORDERS = 2 ** 42;
/** Below this, sweeping costs more than it frees. */
const SWEEP_AT = 64;
/** Few, since adding walks past half of them; not tuned further. */
const FRONT = 16;
/** Half full, so that a new event among the next few finds room. */
const REFILL = FRONT / 2;

export class EventSet {
  /** Time of the event that `add` is to add, in milliseconds: as an argument it would be boxed. */
  readonly nextMs: Float64Array = new Float64Array(1);
  /** The clock, in milliseconds: the time of the event that `take` returned last. */
  nowMs: number = 0;
  private readonly records: EventRecord[] = [];
  /** First of those that are free. */
  private free: EventRecord = END;
  /** Stands before the first of the front, and is earlier than everything. */
  private readonly head: EventRecord = new EventRecord(-1, END);
  /** Of the front; its head if that is empty. */
  private last: EventRecord = this.head;
  private frontSize = 0;
  private readonly heap: QuadHeap = new QuadHeap();
  private ringFirst: EventRecord = END;
  private ringLast: EventRecord = END;
  private ringSize = 0;
  private cancelled = 0;
  private sweepAt: number = SWEEP_AT;
  /** How many have been scheduled: a field that outgrows 2^31 would be boxed. */
  private readonly order: Float64Array = new Float64Array(1);

  constructor() {
    this.head.timeMs = -Infinity;
  }

  /** Events that are still to happen, without the cancelled ones. */
  get pending(): number {
    return this.frontSize + this.heap.size + this.ringSize - this.cancelled;
  }

  /** Adds an event at `nextMs`, after all of its time and priority. */
  add(priority: number, callback: EventCallback, argument: unknown): EventRecord {
    const timeMs = this.nextMs[0]!;
    const key = priority * ORDERS + this.order[0]!++;
    const record = this.use(callback, argument);
    record.timeMs = timeMs;
    record.key = key;
    if (this.frontSize === FRONT || this.heap.size > 0) {
      if (isBefore(this.last, record)) {
        this.addToHeap(record);
        return record;
      }
      if (this.frontSize === FRONT) this.moveLastToHeap();
    }
    this.frontSize++;
    let before = this.head;
    let after = before.next;
    while (after.timeMs < timeMs || (after.timeMs === timeMs && after.key < key)) {
      before = after;
      after = after.next;
    }
    record.next = after;
    before.next = record;
    if (after === END) this.last = record;
    return record;
  }

  /** Adds an event of priority 0 for the present moment: no search for its place. */
  addNow(callback: EventCallback, argument: unknown): EventRecord {
    const record = this.use(callback, argument);
    record.timeMs = this.nowMs;
    record.key = this.order[0]!++;
    record.next = END;
    if (this.ringSize++ === 0) this.ringFirst = record;
    else this.ringLast.next = record;
    this.ringLast = record;
    return record;
  }

  /**
   * Takes the next event that is not cancelled and not later than `untilMs`, and sets the clock.
   * It must be released before anything else is added.
   *
   * @returns undefined if there is none
   */
  take(untilMs: number): EventRecord | undefined {
    for (;;) {
      let record: EventRecord;
      if (this.ringSize > 0 && this.ringIsNext()) {
        record = this.ringFirst;
        this.ringFirst = record.next;
        this.ringSize--;
      } else {
        if (this.frontSize === 0 && !this.refillFront()) return undefined;
        record = this.head.next;
        if (record.timeMs > untilMs) return undefined;
        this.head.next = record.next;
        if (--this.frontSize === 0) this.last = this.head;
      }
      if (record.callback !== undefined) {
        this.nowMs = record.timeMs;
        return record;
      }
      this.cancelled--;
      this.release(record);
    }
  }

  /** Gives a record back, and ends all handles to it. */
  release(record: EventRecord): void {
    record.callback = undefined;
    record.argument = undefined;
    record.next = this.free;
    this.free = record;
  }

  cancel(record: EventRecord): void {
    record.callback = undefined;
    record.argument = undefined;
    this.cancelled++;
    if (this.cancelled > this.sweepAt && this.cancelled > this.heap.size / 2) this.sweep();
  }

  private use(callback: EventCallback, argument: unknown): EventRecord {
    const record = this.free === END ? this.newRecord() : this.free;
    this.free = record.next;
    record.callback = callback;
    record.argument = argument;
    return record;
  }

  private newRecord(): EventRecord {
    const record = new EventRecord(this.records.length, END);
    this.records.push(record);
    return record;
  }

  private ringIsNext(): boolean {
    if (this.frontSize === 0 && !this.refillFront()) return true;
    const {next} = this.head;
    return next.timeMs > this.nowMs || next.key > this.ringFirst.key;
  }

  private addToHeap(record: EventRecord): void {
    const {heap} = this;
    heap.reserve();
    heap.times[heap.size] = record.timeMs;
    heap.keys[heap.size] = record.key;
    heap.slots[heap.size] = record.number;
    heap.rise();
  }

  private moveLastToHeap(): void {
    this.addToHeap(this.last);
    let at = this.head;
    while (at.next !== this.last) at = at.next;
    at.next = END;
    this.last = at;
    this.frontSize--;
  }

  /** Moves the next few from the heap into the empty front. @returns false if there are none */
  private refillFront(): boolean {
    const {heap} = this;
    const count = Math.min(heap.size, REFILL);
    let at = this.head;
    for (let left = count; left > 0; left--) {
      at.next = this.records[heap.slots[0]!]!;
      at = at.next;
      heap.removeTop();
    }
    at.next = END;
    this.last = at;
    this.frontSize = count;
    return count > 0;
  }

  /** Drops the cancelled events from the heap; those in ring and front come up soon anyway. */
  private sweep(): void {
    this.heap.keepOnly((number) => {
      const record = this.records[number]!;
      if (record.callback !== undefined) return true;
      this.cancelled--;
      this.release(record);
      return false;
    });
    this.sweepAt = this.cancelled + SWEEP_AT;
  }
}

function isBefore(one: EventRecord, two: EventRecord): boolean {
  return one.timeMs < two.timeMs || (one.timeMs === two.timeMs && one.key < two.key);
}
