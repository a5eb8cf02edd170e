import type {Simulation} from "./simulation.js";

/**
 * What a process consists of: a generator whose every wait is `yield*`. `T` is what it returns.
 *
 * @example
 * import {Simulation} from "kernel-lib/sim";
 * import type {Steps} from "kernel-lib/sim";
 * const simulation = new Simulation();
 * function* client(): Steps<number> {
 *   yield* simulation.timeout(5);
 *   return simulation.nowMs;
 * }
 * const process = simulation.spawn(client());
 * simulation.run();
 * process.value // => 5
 */
export type Steps<T = void> = Generator<SimulationEvent<unknown>, T, unknown>;

/** Anything that `yield*` can wait for: an event, or steps that consist of several waits. */
export interface Waitable<T> {
  [Symbol.iterator](): Iterator<SimulationEvent<unknown>, T, unknown>;
}

/** Whoever is told that an event happened: a process, or an event made of others. */
export interface Waiter {
  onEvent(event: SimulationEvent<unknown>): void;
}

export type EventState = "pending" | "succeeded" | "failed";

/**
 * Something that happens once, and can be waited for by any number of processes with `yield*`.
 *
 * Waiting for an event that happened before continues at once, without giving way. Whoever waited
 * is resumed in the order of waiting, at the same simulated time, after what was scheduled before.
 *
 * @example
 * import {Simulation, SimulationEvent} from "kernel-lib/sim";
 * const simulation = new Simulation();
 * const opened = new SimulationEvent<string>(simulation);
 * const waiting = simulation.spawn(
 *   (function* () {
 *     const by = yield* opened;
 *     return `${by} at ${simulation.nowMs} ms`;
 *   })(),
 * );
 * simulation.schedule({delayMs: 3}, () => opened.succeed("guard"));
 * simulation.run();
 * waiting.value // => 'guard at 3 ms'
 */
export class SimulationEvent<T = void> {
  /** True once it has succeeded or failed. */
  readonly done: boolean = false;
  /** What it brought; undefined unless it succeeded. */
  readonly value: T | undefined = undefined;
  private failure: {readonly error: unknown} | undefined = undefined;
  protected readonly simulation: Simulation;
  private waiters: Waiter[] | Waiter | undefined = undefined;

  constructor(simulation: Simulation) {
    this.simulation = simulation;
  }

  /** Whether it has happened, and how. */
  get state(): EventState {
    if (!this.done) return "pending";
    return this.failure === undefined ? "succeeded" : "failed";
  }

  /** Why it failed; undefined unless it did. */
  get error(): unknown {
    return this.failure?.error;
  }

  /**
   * Lets it happen now.
   *
   * @throws Error if it happened before
   */
  succeed(value: T): void {
    this.settle(value);
    if (this.waiters !== undefined) this.simulation.callSoon(SimulationEvent.tell, this);
  }

  /**
   * Lets it fail now: the error is thrown where a process waits, now or later.
   *
   * @throws Error if it happened before
   */
  fail(error: unknown): void {
    this.settle(undefined);
    this.failure = {error};
    if (this.waiters !== undefined) this.simulation.callSoon(SimulationEvent.tell, this);
  }

  /** Asks to be told once when the event happens; not after it has. */
  subscribe(waiter: Waiter): void {
    if (this.waiters === undefined) this.waiters = waiter;
    else if (Array.isArray(this.waiters)) this.waiters.push(waiter);
    else this.waiters = [this.waiters, waiter];
  }

  unsubscribe(waiter: Waiter): void {
    if (this.waiters === waiter) this.waiters = undefined;
    else if (Array.isArray(this.waiters)) {
      const at = this.waiters.indexOf(waiter);
      if (at >= 0) this.waiters.splice(at, 1);
    }
  }

  /** The event is its own iterator: it has no position, only a state. For `yield*`. */
  [Symbol.iterator](): Iterator<SimulationEvent<unknown>, T, unknown> {
    return this;
  }

  /**
   * For `yield*`: waits while pending, then gives the value or throws the error. The event is its
   * own result too, since it has `done` and `value`: waiting makes no object. `yield*` hands the
   * result of a wait to the process as it is, without reading its value.
   */
  next(): IteratorResult<SimulationEvent<unknown>, T> {
    if (this.failure !== undefined) throw this.failure.error;
    return this as unknown as IteratorResult<SimulationEvent<unknown>, T>;
  }

  /** For `yield*`: an interrupt, or the event's own error, passes through to the process. */
  throw(error: unknown): IteratorResult<SimulationEvent<unknown>, T> {
    throw error;
  }

  protected hasWaiters(): boolean {
    return (
      this.waiters !== undefined && !(Array.isArray(this.waiters) && this.waiters.length === 0)
    );
  }

  /** Makes it done without telling anybody. */
  protected settle(value: T | undefined): void {
    if (this.done) throw new Error(`Cannot let an event happen twice: it ${this.state} before`);
    const self = this as {done: boolean; value: T | undefined};
    self.done = true;
    self.value = value;
  }

  /** Tells everybody who waits, in order. Only the run loop may: no process is running then. */
  protected tellWaiters(): void {
    const {waiters} = this;
    this.waiters = undefined;
    if (Array.isArray(waiters)) for (const waiter of waiters) waiter.onEvent(this);
    else waiters?.onEvent(this);
  }

  /** `tellWaiters` as `schedule` wants it. */
  private static tell(event: SimulationEvent<unknown>): void {
    event.tellWaiters();
  }
}
