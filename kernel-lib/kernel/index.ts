/**
 * Kernel: notebooks on tslab, in JupyterLab and without it.
 *
 * `installKernelspec` tells Jupyter how to start the kernel; `runNotebook` runs a notebook from the
 * command line on the same compiler and session, with no Python; `runCells` is its inner half, for a
 * process that someone else has started.
 *
 * | folder | holds |
 * |---|---|
 * | `protocol/` | the thread of the sockets: wire format, requests and replies, interrupts, limits |
 * | `cells/` | the thread of the cells: compiler, variables, execution, what belongs to which cell |
 * | `language/` | TypeScript for the reader: diagnostics, completion, documentation |
 * | `values/` | what a cell's last value looks like |
 *
 * `main.ts` is the kernel's process, `messages.ts` all that its two threads say to each other.
 *
 * Source: tslab 1.0.22 for the language of a cell; "Messaging in Jupyter" 5.4 for the protocol.
 * Fidelity: no standard input, no comms, no debugger; questions for them are answered so.
 */
export {
  environmentFolder,
  installKernelspec,
  kernelspec,
  stockKernelspec,
  uninstallKernelspec,
  userFolder,
} from "./install.js";
export type {KernelName, Kernelspec} from "./install.js";
export {formatNotebook, parseNotebook} from "./notebook-format.js";
export type {
  CodeCell,
  DisplayOutput,
  ErrorOutput,
  MarkdownCell,
  Notebook,
  NotebookCell,
  Output,
  StreamOutput,
} from "./notebook-format.js";
export {runCells} from "./run-cells.js";
export type {CellsEnd, RunCellsOptions} from "./run-cells.js";
export {runNotebook} from "./run-notebook.js";
export type {CellRun, NotebookRun, RunOptions} from "./run-notebook.js";
