import type {EventRecord} from "./event-set.js";
import {SimulationEvent} from "./simulation-event.js";

/**
 * An event that happens by itself after a delay. The delay runs from the moment it is made, not
 * from the moment somebody waits for it. Made by `simulation.timeout(ms)`.
 */
export class Timeout extends SimulationEvent<void> {
  /** In the event set, until it elapses; not a handle, since a model makes millions of these. */
  private record: EventRecord | undefined = undefined;

  /**
   * Takes it back: it will never happen, and the simulation need not run until then. For the loser
   * of `firstOf`. Whoever still waits for it waits for ever.
   *
   * @returns false if it had happened or been cancelled before
   */
  cancel(): boolean {
    if (this.record === undefined) return false;
    this.simulation.cancelRecord(this.record);
    this.record = undefined;
    return true;
  }

  /** Called by the simulation: it was placed there in the event set. */
  placed(record: EventRecord): void {
    this.record = record;
  }

  /** Called by the simulation when its time has come. */
  static elapse(timeout: Timeout): void {
    timeout.record = undefined;
    timeout.settle(undefined);
    timeout.tellWaiters();
  }
}
