/**
 * The process in which `runNotebook` runs one notebook: the session that serves JupyterLab too, with
 * this loop in place of the sockets.
 */
import {readFileSync} from "node:fs";
import {dirname} from "node:path";
import {stripAnsi} from "./language/ansi.js";
import {CellSession} from "./cells/cell-session.js";
import type {ErrorReport} from "./messages.js";
import {parseNotebook} from "./notebook-format.js";
import type {CodeCell, Output} from "./notebook-format.js";
import {OutputList} from "./output-list.js";
import type {CellRun, ChildMessage} from "./run-notebook.js";

const path = process.argv[2]!;
const allowErrors = process.argv.includes("--allow-errors");
const notebook = parseNotebook(readFileSync(path, "utf8"));
// tslab's compiler takes the working directory as the root of the sources.
process.chdir(dirname(path));

const outputs = new OutputList();
const ends = new Map<number, (failure: ErrorReport | undefined) => void>();
const session = new CellSession({
  emit: (message) => {
    if (message.kind === "executed") ends.get(message.request)?.(message.failure);
    else outputs.add(message, "request" in message ? message.request : null);
  },
});

const startedMs = performance.now();
const runs: {run: CellRun; sentLength: number}[] = [];
for (const cell of notebook.cells) {
  if (cell.cell_type !== "code" || isSkipped(cell)) continue;
  const run = await runCell(cell, runs.length + 1);
  runs.push({run, sentLength: JSON.stringify(run.outputs).length});
  await send({kind: "cell", run});
  if (!run.ok && !allowErrors) break;
}
session.executor.close();
await sendLateOutputs();
const failed = runs.find(({run}) => !run.ok)?.run;
// Closed only when the last message is out: disconnecting drops what is still queued.
await send({
  kind: "end",
  failure: failed && `Cell ${failed.id} failed:\n${textOf(failed.outputs)}`,
  elapsedMs: performance.now() - startedMs,
  peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
});
process.disconnect();

/** What cells wrote after their end, while later ones ran; an error there is a failure, too. */
async function sendLateOutputs(): Promise<void> {
  for (const [index, {run, sentLength}] of runs.entries()) {
    run.outputs = keptOutputs(index + 1);
    if (JSON.stringify(run.outputs).length === sentLength) continue;
    if (run.outputs.some((o) => o.output_type === "error")) run.ok = false;
    await send({kind: "cell", run});
  }
}

async function runCell(cell: CodeCell, number: number): Promise<CellRun> {
  const cellStartedMs = performance.now();
  const failed = await new Promise<ErrorReport | undefined>((settle) => {
    ends.set(number, settle);
    session.execute({request: number, code: cell.source, silent: false, executionCount: number});
  });
  const ran = keptOutputs(number);
  const complained = ran.some((o) => o.output_type === "stream" && o.name === "stderr");
  return {
    ...{id: cell.id, ok: failed === undefined && !complained, outputs: ran},
    elapsedMs: performance.now() - cellStartedMs,
  };
}

/** Of a display that was updated to nothing, such as a line of progress, nothing is kept. */
function keptOutputs(number: number): Output[] {
  return outputs
    .of(number)
    .filter((o) => o.output_type !== "display_data" || Object.keys(o.data).length > 0);
}

/** A cell of blanks is sent to no kernel, by JupyterLab or nbclient: it gets no number. */
function isSkipped(cell: CodeCell): boolean {
  if (cell.source.trim() === "") return true;
  return ((cell.metadata["tags"] as string[] | undefined) ?? []).includes("skip-execution");
}

function textOf(cellOutputs: readonly Output[]): string {
  const texts = cellOutputs.map((output) => {
    if (output.output_type === "error") return stripAnsi(output.traceback.join("\n"));
    return output.output_type === "stream" ? output.text : "";
  });
  return texts.join("").trim() || "(no message)";
}

function send(message: ChildMessage): Promise<void> {
  return new Promise((settle) => process.send!(message, undefined, undefined, () => settle()));
}
