/** Watches a run from the other thread, and ends it where it goes beyond its limits. */
import type {StopReason} from "../messages.js";
import type {Run} from "./cell-client.js";
import {usedHeapBytes} from "./heap-probe.js";
import {GRACE_MS} from "./limits.js";
import type {Limits} from "./limits.js";

const SAMPLE_MS = 100;
const MIB = 2 ** 20;
/**
 * Beyond this share of its heap V8 does little but collect garbage, and then ends the process. It
 * collects earlier where that helps: what is left then is held by the cell.
 */
const HEAP_SHARE = 0.87;
/** A cell that starts beyond it may still add so much. */
const HEAP_GROWTH = 8 * MIB;

export interface WatchOptions {
  /** What V8 allows the heap of the main thread. */
  heapLimitBytes: number;
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
    if (over) return;
    clearTimers();
    stop(run, reason);
    timers.push(setTimeout(() => giveUp(run, reason), GRACE_MS));
  };
  const start = (): void => {
    if (over) return;
    if (limits.cellMs !== Infinity) {
      timers.push(setTimeout(() => exceed(timeLimitError(limits)), limits.cellMs));
    }
    timers.push(setInterval(memorySampler(limits, options, exceed), SAMPLE_MS));
  };
  void ready.then(start);
  return () => {
    over = true;
    clearTimers();
  };
}

function memorySampler(
  limits: Limits,
  {heapLimitBytes}: WatchOptions,
  exceed: (reason: StopReason) => void,
): () => void {
  const mostHeap = heapLimitBytes * HEAP_SHARE;
  let allowedHeap: number | undefined;
  let probing = false;
  const probeHeap = async (): Promise<void> => {
    probing = true;
    const used = await usedHeapBytes();
    // What earlier cells hold is not this one's: it may be about to let go of it.
    allowedHeap ??= Math.max(mostHeap, used + HEAP_GROWTH);
    if (used > allowedHeap) exceed(heapLimitError(heapLimitBytes));
    probing = false;
  };
  return () => {
    const bytes = process.memoryUsage.rss();
    if (bytes > limits.memoryBytes) exceed(memoryLimitError(limits, bytes));
    // The heap is part of the process, so it is asked about only if that is large.
    else if (bytes > mostHeap && !probing) void probeHeap();
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

function heapLimitError(heapLimitBytes: number): StopReason {
  const limit = Math.floor(heapLimitBytes / MIB);
  return {
    ename: "MemoryLimitError",
    evalue: `The values held take nearly all of the ${limit} MiB that JavaScript has here`,
  };
}
