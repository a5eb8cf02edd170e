import {stripAnsi} from "./language/ansi.js";
import type {CellMessage, ErrorReport} from "./messages.js";
import type {CodeCell, Notebook, Output} from "./notebook-format.js";
import {OutputList} from "./output-list.js";
import type {CellRun} from "./run-notebook.js";

export interface RunCellsOptions {
  /** Becomes the working directory: tslab's compiler takes it as the root of the sources. */
  folder: string;
  /** Whether the cells after a failure run too, as under nbgrader. Default false. */
  allowErrors?: boolean;
  /** How much a cell may write to stdout and stderr, in UTF-16 units; the rest is dropped. */
  maxTextLength?: number;
  /** Told of each cell before it is compiled. */
  onBegin?: (cell: CodeCell) => void;
  /** Told of each cell that ended, and at the end once more if it wrote something later. */
  onCell: (run: CellRun) => Promise<void> | void;
}

/** What is known when the last cell has ended. */
export interface CellsEnd {
  /** The first failure, as one text, or undefined if every cell succeeded. */
  failure: string | undefined;
  elapsedMs: number;
  /** Largest resident set of this process. */
  peakMemoryBytes: number;
}

/**
 * Runs all code cells of a notebook in this process, on the session that serves JupyterLab too, with
 * this loop in place of the sockets.
 *
 * Once per process, and a process of its own: the session takes over the standard streams, the
 * timers and the working directory. It is loaded when first needed, so that importing this costs
 * nothing.
 */
export async function runCells(notebook: Notebook, options: RunCellsOptions): Promise<CellsEnd> {
  const {folder, allowErrors = false, onBegin, onCell} = options;
  process.chdir(folder);
  const run = await openSession(options.maxTextLength ?? Infinity);
  const startedMs = performance.now();
  const runs: {run: CellRun; sentLength: number}[] = [];
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "code" || isSkipped(cell)) continue;
    onBegin?.(cell);
    const ran = await run.cell(cell, runs.length + 1);
    runs.push({run: ran, sentLength: JSON.stringify(ran.outputs).length});
    await onCell(ran);
    if (!ran.ok && !allowErrors) break;
  }
  run.close();
  // What cells wrote after their end, while later ones ran; an error there is a failure, too.
  for (const [index, {run: late, sentLength}] of runs.entries()) {
    late.outputs = run.outputs(index + 1);
    if (JSON.stringify(late.outputs).length === sentLength) continue;
    if (late.outputs.some((o) => o.output_type === "error")) late.ok = false;
    await onCell(late);
  }
  const failed = runs.find(({run: {ok}}) => !ok)?.run;
  return {
    failure: failed && `Cell ${failed.id} failed:\n${textOf(failed.outputs)}`,
    elapsedMs: performance.now() - startedMs,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
}

interface OpenSession {
  /** @param number from 1, unique in the process */
  cell(cell: CodeCell, number: number): Promise<CellRun>;
  outputs(number: number): Output[];
  close(): void;
}

async function openSession(maxTextLength: number): Promise<OpenSession> {
  const {CellSession} = await import("./cells/cell-session.js");
  const list = new OutputList();
  const ends = new Map<number, (failure: ErrorReport | undefined) => void>();
  const withinLimit = textLimit(maxTextLength);
  const session = new CellSession({
    emit: (message) => {
      if (message.kind === "executed") ends.get(message.request)?.(message.failure);
      else if (withinLimit(message)) {
        list.add(message, "request" in message ? message.request : null);
      }
    },
  });

  /** Of a display that was updated to nothing, such as a line of progress, nothing is kept. */
  function outputs(number: number): Output[] {
    return list
      .of(number)
      .filter((o) => o.output_type !== "display_data" || Object.keys(o.data).length > 0);
  }

  async function runCell(cell: CodeCell, number: number): Promise<CellRun> {
    const cellStartedMs = performance.now();
    const failed = await new Promise<ErrorReport | undefined>((settle) => {
      ends.set(number, settle);
      session.execute({request: number, code: cell.source, silent: false, executionCount: number});
    });
    const ran = outputs(number);
    const complained = ran.some((o) => o.output_type === "stream" && o.name === "stderr");
    return {
      ...{id: cell.id, ok: failed === undefined && !complained, outputs: ran},
      elapsedMs: performance.now() - cellStartedMs,
    };
  }

  return {cell: runCell, outputs, close: () => session.executor.close()};
}

/** Shortens the text that crosses a cell's limit. @returns whether to keep the message */
function textLimit(maxLength: number): (message: CellMessage) => boolean {
  const lengths = new Map<number, number>();
  return (message) => {
    if (message.kind !== "stream") return true;
    const before = lengths.get(message.request) ?? 0;
    lengths.set(message.request, before + message.text.length);
    if (before >= maxLength) return false;
    if (before + message.text.length > maxLength) {
      message.text = message.text.slice(0, maxLength - before);
    }
    return true;
  };
}

/** A cell of blanks is sent to no kernel, by JupyterLab or nbclient: it gets no number. */
function isSkipped(cell: CodeCell): boolean {
  if (cell.source.trim() === "") return true;
  const tags = cell.metadata["tags"];
  return Array.isArray(tags) && tags.includes("skip-execution");
}

function textOf(outputs: readonly Output[]): string {
  const texts = outputs.map((output) => {
    if (output.output_type === "error") return stripAnsi(output.traceback.join("\n"));
    return output.output_type === "stream" ? output.text : "";
  });
  return texts.join("").trim() || "(no message)";
}
