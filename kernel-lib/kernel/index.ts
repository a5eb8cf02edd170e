/**
 * Kernel: notebooks on tslab, in JupyterLab and without it.
 *
 * `installKernelspec` tells Jupyter how to start tslab; `runNotebook` runs a notebook from the
 * command line on the same compiler and executor, with no Python.
 *
 * Fidelity: first form. Both wrap stock tslab 1.0.22, which loses error messages in JupyterLab;
 * the runner does not: there, a failed cell or any text on stderr is a failure.
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
export {runNotebook} from "./run-notebook.js";
export type {CellRun, NotebookRun, RunOptions} from "./run-notebook.js";
