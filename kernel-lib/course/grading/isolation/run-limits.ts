/** What one run of one submission may use. All of it together bounds what a hostile one can cost. */
export interface RunLimits {
  /** Wall-clock time of one cell, compiling included. */
  cellMs: number;
  /** Wall-clock time of one run, from starting the process; also, rounded up, its processor time. */
  totalMs: number;
  /**
   * Data of one process: heap, buffers, WebAssembly memory, thread stacks. The objects of
   * JavaScript get half of it.
   */
  memoryBytes: number;
  /** Processes and threads. Node needs 8 of them to run a notebook, so a second Node fits into no default. */
  processes: number;
  /** What the run may report on its channel. */
  outputBytes: number;
  /** What of its stderr is kept, the end of it. */
  stderrBytes: number;
  /** The writable folder, and so each file. */
  fileBytes: number;
  /** Files and sockets open at once. Node opens the modules of a package all together. */
  openFiles: number;
}

/** Wide for a problem set, whose cells take milliseconds and whose compiler takes 200 MB. */
export const RUN_LIMITS: RunLimits = {
  cellMs: 10_000,
  totalMs: 60_000,
  memoryBytes: 512 * 2 ** 20,
  processes: 14,
  outputBytes: 16 * 2 ** 20,
  stderrBytes: 64 * 2 ** 10,
  fileBytes: 16 * 2 ** 20,
  openFiles: 512,
};
