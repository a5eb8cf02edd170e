import type {ScheduledEvent, Simulation} from "./simulation.js";
import {SimulationEvent} from "./simulation-event.js";

/**
 * An event that happens by itself after a delay. The delay runs from the moment it is made, not
 * from the moment somebody waits for it. Made by `simulation.timeout(ms)`.
 */
export class Timeout extends SimulationEvent<void> {
  private readonly scheduled: ScheduledEvent;

  /**
   * @param delayMs milliseconds from now, in [0, ∞)
   * @throws RangeError if the delay is outside its range
   */
  constructor(simulation: Simulation, delayMs: number) {
    super(simulation);
    this.scheduled = simulation.schedule({delayMs}, Timeout.elapse, this);
  }

  /**
   * Takes it back: it will never happen, and the simulation need not run until then. For the loser
   * of `firstOf`. Whoever still waits for it waits for ever.
   *
   * @returns false if it had happened or been cancelled before
   */
  cancel(): boolean {
    return this.scheduled.cancel();
  }

  private static elapse(timeout: Timeout): void {
    timeout.settle("succeeded", undefined, undefined);
    timeout.tellWaiters();
  }
}
