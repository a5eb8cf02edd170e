/**
 * The process in which `runNotebook` runs one notebook: tslab's own compiler and executor, with
 * the functions through which a cell writes replaced by ours.
 */
import {readFileSync} from "node:fs";
import {dirname} from "node:path";
import type {Converter} from "tslab/dist/converter.js";
import converterModule from "tslab/dist/converter.js";
import executorModule from "tslab/dist/executor.js";
import jupyter from "tslab/dist/jupyter.js";
import {parseNotebook} from "./notebook-format.js";
import type {CodeCell, DisplayOutput, Output} from "./notebook-format.js";
import type {CellRun, ChildMessage} from "./run-notebook.js";

const path = process.argv[2]!;
const notebook = parseNotebook(readFileSync(path, "utf8"));
// tslab's compiler takes the working directory as the root of the sources.
process.chdir(dirname(path));

let outputs: Output[] = [];
const displayed = new Map<string, DisplayOutput>();
captureStream("stdout");
captureStream("stderr");
(jupyter as {lastWriteDisplayData: unknown}).lastWriteDisplayData = captureDisplay;

const node: Converter = converterModule.createConverter({isJS: false, isBrowser: false});
const converters = {node, browser: node, close: () => node.close()};
const executor = executorModule.createExecutor(process.cwd(), converters, {
  log: console.log,
  error: console.error,
});
process.on("uncaughtException", (error) => console.error(error));

const startedMs = performance.now();
let failure: string | undefined;
for (const cell of notebook.cells) {
  if (cell.cell_type !== "code" || isSkipped(cell)) continue;
  const run = await runCell(cell);
  await send({kind: "cell", run});
  if (!run.ok) {
    failure = `Cell ${cell.id} failed:\n${textOf(run.outputs)}`;
    break;
  }
}
executor.close();
// Closed only when the last message is out: disconnecting drops what is still queued.
await send({
  kind: "end",
  failure,
  elapsedMs: performance.now() - startedMs,
  peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
});
process.disconnect();

async function runCell(cell: CodeCell): Promise<CellRun> {
  outputs = [];
  const cellStartedMs = performance.now();
  const finished = await executor.execute(cell.source);
  // Promises that the cell left behind may still write.
  await new Promise((resolve) => setImmediate(resolve));
  const complained = outputs.some((o) => o.output_type === "stream" && o.name === "stderr");
  return {
    id: cell.id,
    ok: finished && !complained,
    // What a display was updated to nothing, such as a line of progress, is not kept.
    outputs: outputs.filter((o) => o.output_type !== "display_data" || !isEmpty(o.data)),
    elapsedMs: performance.now() - cellStartedMs,
  };
}

function isSkipped(cell: CodeCell): boolean {
  return ((cell.metadata["tags"] as string[] | undefined) ?? []).includes("skip-execution");
}

/** As a front end does it: an update replaces what was shown under the same id. */
function captureDisplay(
  {data, transient}: {data: DisplayOutput["data"]; transient?: {display_id?: string}},
  update: boolean,
): void {
  const id = transient?.display_id;
  if (update) {
    const earlier = id === undefined ? undefined : displayed.get(id);
    if (earlier !== undefined) earlier.data = data;
    return;
  }
  const output: DisplayOutput = {output_type: "display_data", data, metadata: {}};
  if (id !== undefined) displayed.set(id, output);
  outputs.push(output);
}

function isEmpty(data: object): boolean {
  return Object.keys(data).length === 0;
}

function captureStream(name: "stdout" | "stderr"): void {
  process[name].write = (chunk: string | Uint8Array): boolean => {
    const text = typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk);
    const last = outputs.at(-1);
    if (last?.output_type === "stream" && last.name === name) last.text += text;
    else outputs.push({output_type: "stream", name, text});
    return true;
  };
}

function textOf(cellOutputs: readonly Output[]): string {
  const texts = cellOutputs.map((o) => (o.output_type === "stream" ? o.text : ""));
  return texts.join("").trim() || "(no message)";
}

function send(message: ChildMessage): Promise<void> {
  return new Promise((settle) => process.send!(message, undefined, undefined, () => settle()));
}
