import {Fifo} from "./fifo.js";
import type {Simulation} from "./simulation.js";
import {SimulationEvent} from "./simulation-event.js";

export interface StoreOptions {
  /** How many items fit, a whole number >= 1 or Infinity. Default Infinity. */
  capacity?: number;
}

/** Happens when the item has found a place. */
export class StorePut<T> extends SimulationEvent<void> {
  readonly item: T;
  private readonly store: Store<T>;

  constructor(simulation: Simulation, store: Store<T>, item: T) {
    super(simulation);
    this.store = store;
    this.item = item;
  }

  /** Stops waiting. @returns false if the item is in the store already, and then it stays there */
  withdraw(): boolean {
    return this.state === "pending" && this.store.withdrawPut(this);
  }

  /** For `yield*`: an interrupt while waiting takes the item back. */
  override throw(error: unknown): IteratorResult<SimulationEvent<unknown>, void> {
    this.withdraw();
    throw error;
  }
}

/** Happens when there is an item, and brings it. */
export class StoreGet<T> extends SimulationEvent<T> {
  private readonly store: Store<T>;

  constructor(simulation: Simulation, store: Store<T>) {
    super(simulation);
    this.store = store;
  }

  /** Stops waiting. @returns false if the item was handed over already */
  withdraw(): boolean {
    return this.state === "pending" && this.store.withdrawGet(this);
  }

  /**
   * For `yield*`: an interrupt while waiting leaves the queue. An item that was handed over at
   * this very moment goes back to the front: no item is lost with its reader.
   */
  override throw(error: unknown): IteratorResult<SimulationEvent<unknown>, T> {
    if (!this.withdraw() && this.state === "succeeded") this.store.putBack(this.value as T);
    throw error;
  }
}

/**
 * A queue of items between processes, first in first out: a mailbox, a job queue, a buffer. Who
 * puts waits while it is full, who gets waits while it is empty, both in the order of asking.
 *
 * @example
 * import {Simulation, Store} from "kernel-lib/sim";
 * const simulation = new Simulation();
 * const jobs = new Store<string>(simulation, {capacity: 1});
 * const log: string[] = [];
 * function* producer() {
 *   for (const job of ["a", "b", "c"]) {
 *     yield* jobs.put(job);
 *     log.push(`${simulation.nowMs} ms: ${job} is in`);
 *   }
 * }
 * function* worker() {
 *   for (;;) {
 *     const job = yield* jobs.get();
 *     yield* simulation.timeout(10);
 *     log.push(`${simulation.nowMs} ms: ${job} is done`);
 *   }
 * }
 * simulation.spawn(producer());
 * simulation.spawn(worker());
 * simulation.run({untilMs: 15});
 * log.join(", ") // => '0 ms: a is in, 0 ms: b is in, 10 ms: a is done, 10 ms: c is in'
 */
export class Store<T> {
  readonly capacity: number;
  private readonly simulation: Simulation;
  private readonly queue: Fifo<T> = new Fifo();
  private readonly puts: Fifo<StorePut<T>> = new Fifo();
  private readonly gets: Fifo<StoreGet<T>> = new Fifo();

  /** @throws RangeError if the capacity is outside its range */
  constructor(simulation: Simulation, {capacity = Infinity}: StoreOptions = {}) {
    if (!(capacity >= 1 && (capacity === Infinity || Number.isSafeInteger(capacity)))) {
      throw new RangeError(`Cannot make a store: need a whole capacity >= 1, got ${capacity}`);
    }
    this.simulation = simulation;
    this.capacity = capacity;
  }

  /** The items inside, oldest first: a copy. */
  get items(): readonly T[] {
    return this.queue.toArray();
  }

  get length(): number {
    return this.queue.length;
  }

  /** How many puts and gets wait. */
  get waiting(): {puts: number; gets: number} {
    return {puts: this.puts.length, gets: this.gets.length};
  }

  /** `yield* store.put(item)` waits until the item has found a place. */
  put(item: T): StorePut<T> {
    const put = new StorePut(this.simulation, this, item);
    if (this.tryPut(item)) put.succeed();
    else this.puts.push(put);
    return put;
  }

  /** `const item = yield* store.get()` waits until there is an item. */
  get(): StoreGet<T> {
    const get = new StoreGet(this.simulation, this);
    if (this.queue.length > 0) get.succeed(this.takeOldest());
    else this.gets.push(get);
    return get;
  }

  /** Puts an item if there is a place for it now. @returns false if the store is full */
  tryPut(item: T): boolean {
    const reader = this.gets.shift();
    if (reader !== undefined) reader.succeed(item);
    else if (this.queue.length < this.capacity) this.queue.push(item);
    else return false;
    return true;
  }

  /** Gets the oldest item. @returns undefined if the store is empty */
  tryGet(): T | undefined {
    return this.queue.length > 0 ? this.takeOldest() : undefined;
  }

  /** Called by a put that waits no longer. */
  withdrawPut(put: StorePut<T>): boolean {
    return this.puts.remove(put);
  }

  /** Called by a get that waits no longer. */
  withdrawGet(get: StoreGet<T>): boolean {
    return this.gets.remove(get);
  }

  /** Called by a get whose reader was interrupted; may exceed the capacity by that item. */
  putBack(item: T): void {
    const reader = this.gets.shift();
    if (reader !== undefined) reader.succeed(item);
    else this.queue.unshift(item);
  }

  private takeOldest(): T {
    const item = this.queue.shift() as T;
    const put = this.queue.length < this.capacity ? this.puts.shift() : undefined;
    if (put !== undefined) {
      this.queue.push(put.item);
      put.succeed();
    }
    return item;
  }
}
