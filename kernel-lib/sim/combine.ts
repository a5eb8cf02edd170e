import type {Simulation} from "./simulation.js";
import {SimulationEvent} from "./simulation-event.js";
import type {Waiter} from "./simulation-event.js";

/** What an event brings. */
export type ValueOf<E> = E extends SimulationEvent<infer T> ? T : never;

/** The values of several events, in their order. */
export type ValuesOf<E extends readonly SimulationEvent<unknown>[]> = {
  -readonly [K in keyof E]: ValueOf<E[K]>;
};

/** Which of several events happened first, and what it brought. */
export interface First<T> {
  /** Its place in the list, from 0. */
  index: number;
  value: T;
}

/** Happens with the first of its events; made by `simulation.firstOf(events)`. */
export class FirstOf<T> extends SimulationEvent<First<T>> implements Waiter {
  private readonly events: readonly SimulationEvent<unknown>[];

  constructor(simulation: Simulation, events: readonly SimulationEvent<unknown>[]) {
    super(simulation);
    if (events.length === 0) throw new RangeError("Cannot wait for the first of no events");
    this.events = events;
    const happened = events.find((event) => event.state !== "pending");
    if (happened !== undefined) this.onEvent(happened);
    else for (const event of events) event.subscribe(this);
  }

  onEvent(event: SimulationEvent<unknown>): void {
    if (this.state !== "pending") return;
    // The others may live long: they need not remember this one.
    for (const other of this.events) if (other !== event) other.unsubscribe(this);
    if (event.state === "failed") this.fail(event.error);
    else this.succeed({index: this.events.indexOf(event), value: event.value as T});
  }
}

/** Happens when all its events have; made by `simulation.allOf(events)`. */
export class AllOf<V> extends SimulationEvent<V> implements Waiter {
  private readonly events: readonly SimulationEvent<unknown>[];
  private missing = 0;

  constructor(simulation: Simulation, events: readonly SimulationEvent<unknown>[]) {
    super(simulation);
    this.events = events;
    const pending = events.filter((event) => event.state === "pending");
    const failed = events.find((event) => event.state === "failed");
    this.missing = pending.length;
    if (failed !== undefined) this.fail(failed.error);
    else if (this.missing === 0) this.succeedWithValues();
    else for (const event of pending) event.subscribe(this);
  }

  onEvent(event: SimulationEvent<unknown>): void {
    if (this.state !== "pending") return;
    this.missing--;
    if (event.state === "failed") this.fail(event.error);
    else if (this.missing === 0) this.succeedWithValues();
  }

  private succeedWithValues(): void {
    this.succeed(this.events.map((event) => event.value) as V);
  }
}
