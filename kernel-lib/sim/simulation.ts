import {AllOf, FirstOf} from "./combine.js";
import type {ValueOf, ValuesOf} from "./combine.js";
import {EventSet} from "./event-set.js";
import type {EventCallback, EventRecord} from "./event-set.js";
import {Process} from "./process.js";
import type {ProcessOptions} from "./process.js";
import type {SimulationEvent, Steps} from "./simulation-event.js";
import {Timeout} from "./timeout.js";

export interface ScheduleOptions {
  /** Milliseconds from now, in [0, ∞). */
  delayMs: number;
  /** A whole number in [-1000, 1000]; at the same time, lower goes first. Default 0. */
  priority?: number;
}

export interface RunOptions {
  /** Run all events up to and including this time, in milliseconds, then set the clock to it. */
  untilMs?: number;
  /** Return after this many events, a whole number >= 0. */
  maxEvents?: number;
}

/** How a run ended. */
export interface RunResult {
  /**
   * `idle`: nothing is left to happen. `untilMs`, `maxEvents`: the bound was reached. `stopped`:
   * the model called `stop()`.
   */
  ended: "idle" | "untilMs" | "maxEvents" | "stopped";
  nowMs: number;
  /** Events that this run executed. */
  events: number;
  /** Processes that have not ended. At the end `idle` they wait for what will never happen. */
  unfinishedProcesses: number;
}

/** `invented for teaching`: ten million events take seconds, and no chapter's model needs more. */
const MAX_EVENTS = 1e7;
const MAX_PRIORITY = 1000;

/** A scheduled callback, which can be taken back. */
export class ScheduledEvent {
  private readonly events: EventSet;
  private readonly record: EventRecord;
  private readonly key: number;

  constructor(events: EventSet, record: EventRecord) {
    this.events = events;
    this.record = record;
    this.key = record.key;
  }

  /** True until the callback is called or cancelled. */
  get pending(): boolean {
    // Another key: the record serves another event by now.
    return this.record.key === this.key && this.record.callback !== undefined;
  }

  /** @returns false if the callback had been called or cancelled before */
  cancel(): boolean {
    if (!this.pending) return false;
    this.events.cancel(this.record);
    return true;
  }
}

/**
 * A discrete-event simulation: a clock in milliseconds that jumps from event to event.
 *
 * **Order, guaranteed.** Events happen in the order of (time, priority, order of scheduling): at
 * one time, lower priority numbers go first, and equals go in the order in which they were
 * scheduled. So a run depends on its model and its seed alone, on every machine.
 *
 * Callbacks (`schedule`) are the fast form, processes (`spawn`) the readable one; they mix freely.
 *
 * @example
 * import {Simulation} from "kernel-lib/sim";
 * const simulation = new Simulation();
 * const log: string[] = [];
 * function* client(name: string, thinkMs: number) {
 *   for (let request = 1; request <= 2; request++) {
 *     yield* simulation.timeout(thinkMs);
 *     log.push(`${simulation.nowMs} ms: ${name} sends request ${request}`);
 *   }
 * }
 * simulation.spawn(client("Ann", 4));
 * simulation.spawn(client("Bob", 3));
 * simulation.run().ended // => 'idle'
 * log[1] // => '4 ms: Ann sends request 1'
 */
export class Simulation {
  private readonly events: EventSet = new EventSet();
  private running = false;
  private stopping = false;
  private spawned = 0;
  private unfinished = 0;

  /** Simulated time, in milliseconds since the start. */
  get nowMs(): number {
    return this.events.nowMs;
  }

  /** How many events are still to happen. */
  get pendingEvents(): number {
    return this.events.pending;
  }

  /**
   * Calls a function after a delay. One function for many events and an argument for what differs
   * is the fastest form: nothing but the event is made.
   *
   * @param argument handed to the callback
   * @returns a handle to cancel it
   * @throws RangeError if the delay is negative, infinite or NaN, or the priority outside its range
   */
  schedule(options: ScheduleOptions, callback: () => void): ScheduledEvent;
  schedule<T>(
    options: ScheduleOptions,
    callback: (argument: T) => void,
    argument: T,
  ): ScheduledEvent;
  schedule<T>(
    options: ScheduleOptions,
    callback: (argument: T) => void,
    argument?: T,
  ): ScheduledEvent {
    const {delayMs, priority} = options;
    const {events} = this;
    // Short, so that the engine inlines it into the model: then neither options nor handle are made.
    if (priority === undefined && delayMs > 0 && delayMs < Infinity) {
      events.nextMs[0] = events.nowMs + delayMs;
      return new ScheduledEvent(events, events.add(0, callback, argument));
    }
    return new ScheduledEvent(events, this.place(delayMs, priority ?? 0, callback, argument));
  }

  /**
   * Starts a process, at this simulated time, after what was scheduled for it before.
   *
   * @param steps the generator, called already: `spawn(client())`
   */
  spawn<T>(steps: Steps<T>, options?: ProcessOptions): Process<T> {
    if (typeof steps?.next !== "function") {
      throw new TypeError("Cannot spawn: need a generator; call the function*, as in spawn(f())");
    }
    this.unfinished++;
    return new Process(this, steps, ++this.spawned, options?.name);
  }

  /**
   * An event that happens by itself after a delay: `yield* simulation.timeout(5)`.
   *
   * @throws RangeError if the delay is negative, infinite or NaN
   */
  timeout(delayMs: number): Timeout {
    const timeout = new Timeout(this);
    if (delayMs > 0 && delayMs < Infinity) {
      this.events.nextMs[0] = this.nowMs + delayMs;
      timeout.placed(this.events.add(0, Timeout.elapse, timeout));
    } else timeout.placed(this.place(delayMs, 0, Timeout.elapse, timeout));
    return timeout;
  }

  /**
   * Happens with the first of several events, and says which. If that one failed, this fails too.
   * The others go on; cancel a timeout, release a request, interrupt a process.
   *
   * @throws RangeError if there are none
   */
  firstOf<E extends readonly SimulationEvent<unknown>[] | []>(
    events: E,
  ): FirstOf<ValueOf<E[number]>> {
    return new FirstOf(this, events);
  }

  /** Happens when all have happened, with their values in order; fails as soon as one fails. */
  allOf<E extends readonly SimulationEvent<unknown>[] | []>(events: E): AllOf<ValuesOf<E>> {
    return new AllOf(this, events);
  }

  /**
   * Lets events happen until none is left, a bound is reached or the model calls `stop()`. Can be
   * called again to go on.
   *
   * @throws RangeError if a bound is outside its range, or if the model does not end: without
   *   `maxEvents`, a run of more than 10 million events is taken for endless
   * @throws ProcessError if a process fails and no other waits for it; what a callback throws
   *   comes out as it is
   */
  run({untilMs = Infinity, maxEvents}: RunOptions = {}): RunResult {
    this.checkRun(untilMs, maxEvents);
    this.running = true;
    this.stopping = false;
    try {
      return this.loop(untilMs, maxEvents ?? MAX_EVENTS, maxEvents === undefined);
    } finally {
      this.running = false;
    }
  }

  /** Ends the run after the present event. */
  stop(): void {
    this.stopping = true;
  }

  /** Called by a process when it ends. */
  processEnded(): void {
    this.unfinished--;
  }

  /** Called by events and processes: schedules for the present moment, without a handle. */
  callSoon<T>(callback: (argument: T) => void, argument: T): void {
    this.events.addNow(callback, argument);
  }

  /** Called by a timeout that is taken back. */
  cancelRecord(record: EventRecord): void {
    this.events.cancel(record);
  }

  private place(
    delayMs: number,
    priority: number,
    callback: EventCallback,
    argument: unknown,
  ): EventRecord {
    if (!(delayMs >= 0 && delayMs < Infinity)) {
      throw new RangeError(`Cannot schedule: need a delay in [0, ∞) ms, got ${delayMs}`);
    }
    if (priority !== 0) checkPriority(priority);
    else if (delayMs === 0) return this.events.addNow(callback, argument);
    this.events.nextMs[0] = this.nowMs + delayMs;
    return this.events.add(priority, callback, argument);
  }

  private loop(untilMs: number, limit: number, limitIsError: boolean): RunResult {
    const {events} = this;
    let count = 0;
    let ended: RunResult["ended"] = "maxEvents";
    while (count < limit) {
      const record = events.take(untilMs);
      if (record === undefined) {
        ended = events.pending > 0 ? "untilMs" : "idle";
        if (untilMs < Infinity) events.nowMs = untilMs;
        break;
      }
      const callback = record.callback as (argument: unknown) => void;
      const {argument} = record;
      events.release(record);
      count++;
      callback(argument);
      if (this.stopping) {
        ended = "stopped";
        break;
      }
    }
    if (ended === "maxEvents" && events.pending === 0) ended = "idle";
    if (ended === "maxEvents" && limitIsError) {
      throw new RangeError(
        `Cannot run to the end: ${limit} events by ${this.nowMs} ms and no end in sight; ` +
          "give run() an untilMs, or a maxEvents if it needs more",
      );
    }
    return {ended, nowMs: this.nowMs, events: count, unfinishedProcesses: this.unfinished};
  }

  private checkRun(untilMs: number, maxEvents: number | undefined): void {
    if (this.running) throw new Error("Cannot run: this simulation is running already");
    if (!(untilMs >= this.nowMs)) {
      throw new RangeError(`Cannot run: need untilMs >= ${this.nowMs} (now), got ${untilMs}`);
    }
    if (maxEvents !== undefined && !(Number.isSafeInteger(maxEvents) && maxEvents >= 0)) {
      throw new RangeError(`Cannot run: need a whole maxEvents >= 0, got ${maxEvents}`);
    }
  }
}

function checkPriority(priority: number): void {
  if (!Number.isInteger(priority) || Math.abs(priority) > MAX_PRIORITY) {
    throw new RangeError(
      `Cannot schedule: need a whole priority in [-${MAX_PRIORITY}, ${MAX_PRIORITY}], ` +
        `got ${priority}`,
    );
  }
}
