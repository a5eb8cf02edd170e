import type {Simulation} from "./simulation.js";
import {SimulationEvent} from "./simulation-event.js";
import type {Steps} from "./simulation-event.js";

/**
 * Thrown in a process, at its `yield*`, by `process.interrupt(cause)`.
 *
 * `cause` is what the interrupter handed over: a reason, a message, another process.
 */
export class Interrupt extends Error {
  constructor(cause: unknown) {
    super(`Interrupted: ${typeof cause === "string" ? cause : "see cause"}`, {cause});
    this.name = "Interrupt";
  }
}

/**
 * Thrown by `run()` when a process failed and no other process waited for it. `cause` is the error
 * itself, with the line of the model in its stack.
 */
export class ProcessError extends Error {
  readonly processName: string;
  /** Simulated time of the failure, in milliseconds. */
  readonly timeMs: number;

  constructor({processName, timeMs, cause}: {processName: string; timeMs: number; cause: unknown}) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`Process "${processName}" failed at ${timeMs} ms: ${reason}`, {cause});
    this.name = "ProcessError";
    this.processName = processName;
    this.timeMs = timeMs;
  }
}

export interface ProcessOptions {
  /** Shown in errors and traces. Default: "process 1", "process 2" … */
  name?: string;
}

/** Of interrupts: the first of all priorities. */
const INTERRUPT_NOW: {delayMs: number; priority: number} = {delayMs: 0, priority: -1000};

/**
 * `next` of all generators: `steps.next` is looked up on the function that made the generator, and a
 * model has more of those than an engine remembers at one place.
 */
const {next: proceedTo} = Object.getPrototypeOf(function* () {}).prototype as Generator;

/**
 * A running process. It is itself an event, which happens when its steps return: wait for another
 * process with `const value = yield* process`. Made by `simulation.spawn(steps)`.
 *
 * @example
 * import {Interrupt, Simulation} from "kernel-lib/sim";
 * const simulation = new Simulation();
 * function* sleeper() {
 *   try {
 *     yield* simulation.timeout(100);
 *   } catch (error) {
 *     if (error instanceof Interrupt) return `woken at ${simulation.nowMs} ms by ${error.cause}`;
 *     throw error;
 *   }
 *   return "slept well";
 * }
 * const process = simulation.spawn(sleeper());
 * simulation.schedule({delayMs: 7}, () => process.interrupt("the alarm"));
 * simulation.run({untilMs: 50});
 * process.value // => 'woken at 7 ms by the alarm'
 */
export class Process<T = void> extends SimulationEvent<T> {
  /** Counted from 1, in order of spawning. */
  readonly number: number;
  /** What it waits for just now, if it waits. */
  readonly waitingFor: SimulationEvent<unknown> | undefined = undefined;
  private readonly steps: Steps<T>;
  private readonly givenName: string | undefined;
  private started = false;

  constructor(simulation: Simulation, steps: Steps<T>, number: number, name?: string) {
    super(simulation);
    this.steps = steps;
    this.number = number;
    this.givenName = name;
    simulation.callSoon(Process.start, this as Process<unknown>);
  }

  get name(): string {
    return this.givenName ?? `process ${this.number}`;
  }

  /** True until its steps have returned or thrown. */
  get alive(): boolean {
    return !this.done;
  }

  /**
   * Throws an `Interrupt` in the process at its `yield*`, at this simulated time, before any event
   * of another priority. What it waited for goes on without it; a request for a resource and a
   * place in the queue of a store are given up.
   *
   * @param cause handed over as the interrupt's `cause`
   * @returns false, and nothing happens, if the process has ended
   */
  interrupt(cause?: unknown): boolean {
    if (!this.alive) return false;
    this.simulation.schedule(INTERRUPT_NOW, () => this.deliver(new Interrupt(cause)));
    return true;
  }

  /** Called by the event that it waits for. */
  onEvent(event: SimulationEvent<unknown>): void {
    // An interrupt may have come between the event and this call.
    if (this.waitingFor === event) this.resume(event);
  }

  private static start(self: Process<unknown>): void {
    if (self.started) return;
    self.started = true;
    self.resume(undefined);
  }

  private deliver(interrupt: Interrupt): void {
    // A process that has not begun could not catch it: it begins now, up to its first wait.
    Process.start(this as Process<unknown>);
    if (!this.alive) return;
    this.waitingFor?.unsubscribe(this);
    let result: IteratorResult<SimulationEvent<unknown>, T>;
    try {
      result = this.steps.throw(interrupt);
    } catch (error) {
      return this.end(error);
    }
    this.proceed(result);
  }

  /** Continues with what an event brought, until the next wait for something still to happen. */
  private resume(event: SimulationEvent<unknown> | undefined): void {
    let result: IteratorResult<SimulationEvent<unknown>, T>;
    try {
      result =
        event !== undefined && event.state === "failed"
          ? this.steps.throw(event.error)
          : (proceedTo.call(this.steps, event?.value) as typeof result);
    } catch (error) {
      return this.end(error);
    }
    this.proceed(result);
  }

  private proceed(result: IteratorResult<SimulationEvent<unknown>, T>): void {
    const self = this as {waitingFor: SimulationEvent<unknown> | undefined};
    self.waitingFor = undefined;
    if (result.done === true) {
      this.simulation.processEnded();
      this.succeed(result.value);
      return;
    }
    // `yield*` yields the event itself, a plain `yield` a result with the event inside.
    const event = result instanceof SimulationEvent ? result : result.value;
    if (!(event instanceof SimulationEvent)) {
      const got = event === null ? "null" : typeof event;
      return this.end(new TypeError(`Cannot wait: need yield* and an event, got ${got}`));
    }
    self.waitingFor = event;
    // A plain `yield` of an event that has happened: `yield*` would not have come here.
    if (event.done) this.simulation.callSoon(() => this.onEvent(event), undefined);
    else event.subscribe(this);
  }

  private end(error: unknown): void {
    (this as {waitingFor: SimulationEvent<unknown> | undefined}).waitingFor = undefined;
    this.simulation.processEnded();
    const isAwaited = this.hasWaiters();
    this.fail(error);
    if (isAwaited) return;
    const {name, simulation} = this;
    throw new ProcessError({processName: name, timeMs: simulation.nowMs, cause: error});
  }
}
