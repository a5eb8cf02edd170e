/**
 * Limits on a cell that an instructor can set, by environment variables of the kernel:
 *
 * | variable | limits | when a cell goes beyond |
 * |---|---|---|
 * | `GLASS_CLOUD_MAX_CELL_SECONDS` | wall time of one cell | interrupted with a `TimeLimitError` |
 * | `GLASS_CLOUD_MAX_MEMORY_MB` | resident memory of the kernel, in 2²⁰ bytes | interrupted with a `MemoryLimitError` |
 * | `GLASS_CLOUD_MAX_OUTPUT_BYTES` | what one cell writes and shows, as UTF-8 | its output is cut, with a notice |
 * | `GLASS_CLOUD_MAX_OUTPUT_LINES` | lines of text that one cell writes | the same |
 *
 * A variable that is not set, or empty, sets no limit; of lines 10,000 are allowed then, since a page
 * with half a million of them no longer moves (`measured`). `Infinity` allows any number. A cell that an interrupt cannot end (it waits
 * for another process, say) ends with its kernel, `GRACE_MS` later. The heap of JavaScript has a limit
 * of its own, in the kernelspec; a cell that comes near it is interrupted with a `MemoryLimitError`
 * too, since beyond it V8 ends the process. One value that grows from well below to beyond in a single
 * step (a Map that doubles) still ends it (`measured`).
 */

/** What a cell may use; Infinity where nothing is set. */
export interface Limits {
  cellMs: number;
  memoryBytes: number;
  outputBytes: number;
  outputLines: number;
}

/** `measured`: JupyterLab scrolls so many smoothly; with 500,000 the page stands still. */
const DEFAULT_OUTPUT_LINES = 10_000;

/** How long an interrupted cell may still run before its kernel is ended. */
export const GRACE_MS = 10_000;

/**
 * Reads the limits from the environment.
 *
 * @throws RangeError if a variable is set and is no positive number
 */
export function readLimits(env: Readonly<Record<string, string | undefined>>): Limits {
  return {
    cellMs: readNumber(env, "GLASS_CLOUD_MAX_CELL_SECONDS") * 1000,
    memoryBytes: readNumber(env, "GLASS_CLOUD_MAX_MEMORY_MB") * 2 ** 20,
    outputBytes: readNumber(env, "GLASS_CLOUD_MAX_OUTPUT_BYTES"),
    outputLines: readNumber(env, "GLASS_CLOUD_MAX_OUTPUT_LINES", DEFAULT_OUTPUT_LINES),
  };
}

function readNumber(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  otherwise: number = Infinity,
): number {
  const text = env[name] ?? "";
  if (text === "") return otherwise;
  const value = Number(text);
  if (value > 0) return value;
  throw new RangeError(`Cannot set a limit: need a positive number in ${name}, got ${text}`);
}
