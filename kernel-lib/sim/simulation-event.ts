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

/** `yield*` reads a result at once and forgets it, so that all events can share these two. */
const WAIT: IteratorYieldResult<SimulationEvent<unknown>> = {
  done: false,
  value: undefined as never,
};
const GO_ON: IteratorReturnResult<unknown> = {done: true, value: undefined};
const NOW: {delayMs: number} = {delayMs: 0};

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
  readonly state: EventState = "pending";
  /** What it brought; undefined unless it succeeded. */
  readonly value: T | undefined = undefined;
  /** Why it failed; undefined unless it did. */
  readonly error: unknown = undefined;
  protected readonly simulation: Simulation;
  private waiters: Waiter[] | Waiter | undefined = undefined;

  constructor(simulation: Simulation) {
    this.simulation = simulation;
  }

  /**
   * Lets it happen now.
   *
   * @throws Error if it happened before
   */
  succeed(value: T): void {
    this.settle("succeeded", value, undefined);
    if (this.waiters !== undefined) this.simulation.schedule(NOW, SimulationEvent.tell, this);
  }

  /**
   * Lets it fail now: the error is thrown where a process waits, now or later.
   *
   * @throws Error if it happened before
   */
  fail(error: unknown): void {
    this.settle("failed", undefined, error);
    if (this.waiters !== undefined) this.simulation.schedule(NOW, SimulationEvent.tell, this);
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

  /** For `yield*`: waits while pending, then gives the value or throws the error. */
  next(): IteratorResult<SimulationEvent<unknown>, T> {
    if (this.state === "pending") {
      WAIT.value = this;
      return WAIT;
    }
    if (this.state === "failed") throw this.error;
    GO_ON.value = this.value;
    return GO_ON as IteratorReturnResult<T>;
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

  /** Changes the state without telling anybody. */
  protected settle(state: EventState, value: T | undefined, error: unknown): void {
    if (this.state !== "pending") {
      throw new Error(`Cannot let an event happen twice: it ${this.state} before`);
    }
    const self = this as {state: EventState; value: T | undefined; error: unknown};
    self.state = state;
    self.value = value;
    self.error = error;
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
