import {fork} from "node:child_process";
import {readFileSync} from "node:fs";
import {resolve} from "node:path";
import {fileURLToPath} from "node:url";
import {KERNEL_ENV, V8_FLAGS} from "./install.js";
import {parseNotebook} from "./notebook-format.js";
import type {Notebook, Output} from "./notebook-format.js";

export interface RunOptions {
  /** Wall-clock limit for the whole notebook, > 0. Default 120,000 ms. */
  timeoutMs?: number;
  /** Whether the cells after a failure run too, as under nbgrader. Default false. */
  allowErrors?: boolean;
}

/** What one code cell did. */
export interface CellRun {
  /** The cell's id in the notebook. */
  id: string;
  /** False if it threw, did not type-check or wrote to stderr. */
  ok: boolean;
  outputs: Output[];
  /** Kernel time of this cell. */
  elapsedMs: number;
}

export interface NotebookRun {
  /** The notebook with the new outputs and execution counts. */
  notebook: Notebook;
  /** One entry per cell that ran, in order; without `allowErrors` only the last can have failed. */
  cells: CellRun[];
  /** The first failure, as one text, or undefined if every cell succeeded. */
  failure: string | undefined;
  elapsedMs: number;
  /** Largest resident set of the kernel process. */
  peakMemoryBytes: number;
}

/** What the child process sends: cells as they end, once more if they wrote later, and the end. */
export type ChildMessage =
  | {kind: "cell"; run: CellRun}
  | {kind: "end"; failure: string | undefined; elapsedMs: number; peakMemoryBytes: number};

const CHILD = fileURLToPath(new URL("./run-notebook-child.js", import.meta.url));

/**
 * Runs all code cells of a notebook in a fresh process, on the kernel's own session, and stops
 * at the first failure: a cell that throws, does not type-check or writes to stderr. Cells tagged
 * `skip-execution` keep their outputs. The file is not changed.
 *
 * @param path of the .ipynb; its folder becomes the working directory, as under Jupyter
 */
export function runNotebook(path: string, options: RunOptions = {}): Promise<NotebookRun> {
  const {timeoutMs = 120_000, allowErrors = false} = options;
  const notebook = parseNotebook(readFileSync(path, "utf8"));
  const cells: CellRun[] = [];
  return new Promise((settle, reject) => {
    const child = fork(CHILD, [resolve(path), ...(allowErrors ? ["--allow-errors"] : [])], {
      execArgv: [...V8_FLAGS],
      env: {...process.env, ...KERNEL_ENV},
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let end: Extract<ChildMessage, {kind: "end"}> | undefined;
    let crash = "";
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, timeoutMs);
    child.stderr!.on("data", (chunk) => (crash += chunk));
    child.on("message", (message: ChildMessage) => {
      if (message.kind === "end") end = message;
      else keep(cells, message.run);
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      const lost = late
        ? `it ran longer than ${timeoutMs} ms`
        : `the kernel died (${signal ?? code})`;
      settle({
        notebook: withOutputs(notebook, cells),
        cells,
        failure: end === undefined ? `${lost}\n${crash}`.trim() : end.failure,
        elapsedMs: end?.elapsedMs ?? NaN,
        peakMemoryBytes: end?.peakMemoryBytes ?? NaN,
      });
    });
  });
}

/** A run comes again if its cell wrote something after its end. */
function keep(cells: CellRun[], run: CellRun): void {
  const known = cells.findIndex(({id}) => id === run.id);
  if (known < 0) cells.push(run);
  else cells[known] = run;
}

function withOutputs(notebook: Notebook, runs: readonly CellRun[]): Notebook {
  const byId = new Map(runs.map((run, index) => [run.id, {run, count: index + 1}]));
  const cells = notebook.cells.map((cell) => {
    const entry = byId.get(cell.id);
    if (cell.cell_type !== "code" || entry === undefined) return cell;
    return {...cell, outputs: entry.run.outputs, execution_count: entry.count};
  });
  return {...notebook, cells};
}
