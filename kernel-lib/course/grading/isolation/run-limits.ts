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
  /**
   * Processes and threads. Node runs a notebook with 6, and the sandbox of a user other than root
   * counts 2 more (`measured`, Node 20 to 24), so that a second Node does not fit in.
   */
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

/**
 * Wide for a problem set, whose cells take milliseconds and whose compiler takes 200 MB: a machine that
 * grades many is busy, and no honest cell may be ended for that.
 */
export const RUN_LIMITS: RunLimits = {
  cellMs: 20_000,
  totalMs: 120_000,
  memoryBytes: 512 * 2 ** 20,
  processes: 11,
  outputBytes: 16 * 2 ** 20,
  stderrBytes: 64 * 2 ** 10,
  fileBytes: 16 * 2 ** 20,
  openFiles: 512,
};
