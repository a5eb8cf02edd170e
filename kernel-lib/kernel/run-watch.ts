/** Watches a run from the other thread, and ends it where it goes beyond its limits. */
import type {Run, StopReason} from "./cell-client.js";
import {GRACE_MS} from "./limits.js";
import type {Limits} from "./limits.js";

const SAMPLE_MS = 100;
const MIB = 2 ** 20;

export interface WatchOptions {
  /** Settles when the compiler is loaded: the time until then is not the cell's. */
  ready: Promise<void>;
  stop(run: Run, reason: StopReason): void;
  /** Ends the process, since the run does not end. */
  giveUp(run: Run, reason: StopReason): void;
}

/**
 * Starts to watch.
 *
 * @returns a function that ends the watch; call it when the run is over
 */
export function watchRun(run: Run, limits: Limits, options: WatchOptions): () => void {
  const {ready, stop, giveUp} = options;
  const timers: NodeJS.Timeout[] = [];
  let over = false;
  const clearTimers = (): void => timers.splice(0).forEach((timer) => clearTimeout(timer));
  const exceed = (reason: StopReason): void => {
    clearTimers();
    stop(run, reason);
    timers.push(setTimeout(() => giveUp(run, reason), GRACE_MS));
  };
  const start = (): void => {
    if (over) return;
    if (limits.cellMs !== Infinity) {
      timers.push(setTimeout(() => exceed(timeLimitError(limits)), limits.cellMs));
    }
    if (limits.memoryBytes === Infinity) return;
    const sample = (): void => {
      const bytes = process.memoryUsage.rss();
      if (bytes > limits.memoryBytes) exceed(memoryLimitError(limits, bytes));
    };
    timers.push(setInterval(sample, SAMPLE_MS));
  };
  void ready.then(start);
  return () => {
    over = true;
    clearTimers();
  };
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
