/** Watches a run from the other thread, and ends it where it goes beyond its limits. */
import type {Run, StopReason} from "./cell-client.js";
import {GRACE_MS} from "./limits.js";
import type {Limits} from "./limits.js";

const SAMPLE_MS = 100;
const MIB = 2 ** 20;

export interface WatchActions {
  stop(run: Run, reason: StopReason): void;
  /** Ends the process, since the run does not end. */
  giveUp(run: Run, reason: StopReason): void;
}

/**
 * Starts to watch.
 *
 * @returns a function that ends the watch; call it when the run is over
 */
export function watchRun(run: Run, limits: Limits, actions: WatchActions): () => void {
  const timers: NodeJS.Timeout[] = [];
  const exceed = (reason: StopReason): void => {
    endWatch();
    actions.stop(run, reason);
    timers.push(setTimeout(() => actions.giveUp(run, reason), GRACE_MS));
  };
  const endWatch = (): void => timers.forEach((timer) => clearTimeout(timer));
  if (limits.cellMs !== Infinity) {
    timers.push(setTimeout(() => exceed(timeLimitError(limits)), limits.cellMs));
  }
  if (limits.memoryBytes !== Infinity) {
    const sample = (): void => {
      const bytes = process.memoryUsage.rss();
      if (bytes > limits.memoryBytes) exceed(memoryLimitError(limits, bytes));
    };
    timers.push(setInterval(sample, SAMPLE_MS));
  }
  return endWatch;
}

function timeLimitError({cellMs}: Limits): StopReason {
  return {
    ename: "TimeLimitError",
    evalue: `The cell ran longer than ${cellMs / 1000} s, the limit set here`,
  };
}

function memoryLimitError({memoryBytes}: Limits, bytes: number): StopReason {
  const [used, limit] = [bytes, memoryBytes].map((amount) => Math.ceil(amount / MIB));
  return {
    ename: "MemoryLimitError",
    evalue: `The kernel used ${used} MiB of memory, ${limit} MiB is the limit set here`,
  };
}
