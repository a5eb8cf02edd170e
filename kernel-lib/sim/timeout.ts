import type {EventSet} from "./event-set.js";
import type {Simulation} from "./simulation.js";
import {SimulationEvent} from "./simulation-event.js";

/**
 * An event that happens by itself after a delay. The delay runs from the moment it is made, not
 * from the moment somebody waits for it. Made by `simulation.timeout(ms)`.
 */
export class Timeout extends SimulationEvent<void> {
  private readonly events: EventSet;
  // The place in the event set, and not a handle to it: a model makes millions of these.
  private slot = -1;
  private generation = 0;

  constructor(simulation: Simulation, events: EventSet) {
    super(simulation);
    this.events = events;
  }

  /**
   * Takes it back: it will never happen, and the simulation need not run until then. For the loser
   * of `firstOf`. Whoever still waits for it waits for ever.
   *
   * @returns false if it had happened or been cancelled before
   */
  cancel(): boolean {
    if (!this.events.isPending(this.slot, this.generation)) return false;
    this.events.cancel(this.slot);
    return true;
  }

  /** Called by the simulation: it was placed there in the event set. */
  placed(slot: number): void {
    this.slot = slot;
    this.generation = this.events.generation(slot);
  }

  /** Called by the simulation when its time has come. */
  static elapse(timeout: Timeout): void {
    timeout.settle("succeeded", undefined, undefined);
    timeout.tellWaiters();
  }
}
