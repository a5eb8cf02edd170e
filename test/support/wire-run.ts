/** A notebook run on the real kernel over zeromq, cell by cell, as JupyterLab runs it. */
import {readFileSync} from "node:fs";
import {dirname} from "node:path";
import {parseNotebook, runNotebook} from "kernel-lib/kernel";
import type {CodeCell, Output} from "kernel-lib/kernel";
import {OutputList} from "../../kernel-lib/dist/kernel/output-list.js";
import type {CellMessage} from "../../kernel-lib/dist/kernel/messages.js";
import type {JsonObject, WireMessage} from "../../kernel-lib/dist/kernel/protocol/wire.js";
import {KernelClient, typeOf} from "./kernel-client.js";

/**
 * Runs the cells that JupyterLab would send, with errors allowed; the kernel ends with the test.
 *
 * @returns outputs by cell id, as a notebook file keeps them
 */
export async function runOverWire(path: string): Promise<Map<string, Output[]>> {
  const kernel = await KernelClient.start({cwd: dirname(path)});
  const requests = new Map<string, number>();
  const ids: string[] = [];
  for (const cell of sentCells(path)) {
    const {id, done} = kernel.sendExecute(cell.source, {stop_on_error: false});
    requests.set(id, ids.push(cell.id));
    await done;
  }
  kernel.close();
  const outputs = new OutputList();
  for (const message of kernel.heard) {
    const request = requests.get(message.parentHeader["msg_id" as never] as string);
    const read = request === undefined ? undefined : asCellMessage(message, request);
    if (read) outputs.add(read, (message.content["execution_count"] ?? null) as number | null);
  }
  return new Map(ids.map((id, index) => [id, withoutEmpty(outputs.of(index + 1))]));
}

/** The same of `runNotebook`. */
export async function runByRunner(path: string): Promise<Map<string, Output[]>> {
  const {cells} = await runNotebook(path, {allowErrors: true});
  return new Map(cells.map(({id, outputs}) => [id, outputs]));
}

/** A display that was updated to nothing, such as a line of progress, shows nothing. */
export function withoutEmpty(outputs: readonly Output[]): Output[] {
  return outputs.filter(
    (output) => output.output_type !== "display_data" || Object.keys(output.data).length > 0,
  );
}

function sentCells(path: string): CodeCell[] {
  return parseNotebook(readFileSync(path, "utf8"))
    .cells.filter((cell): cell is CodeCell => cell.cell_type === "code")
    .filter((cell) => cell.source.trim() !== "" && !isTagged(cell, "skip-execution"));
}

function isTagged(cell: CodeCell, tag: string): boolean {
  return ((cell.metadata["tags"] as string[] | undefined) ?? []).includes(tag);
}

/** What the cell thread said before the protocol thread made a message of Jupyter of it. */
function asCellMessage(message: WireMessage, request: number): CellMessage | undefined {
  const {content} = message;
  const type = typeOf(message);
  if (type === "stream") return {kind: "stream", request, ...content} as CellMessage;
  if (type === "error") return {kind: "error", request, ...content} as CellMessage;
  if (type === "execute_result") return {kind: "result", request, ...content} as CellMessage;
  if (type === "clear_output") return {kind: "clear", request, wait: content["wait"] === true};
  if (type !== "display_data" && type !== "update_display_data") return undefined;
  const {display_id: displayId} = content["transient"] as JsonObject;
  const update = type === "update_display_data";
  return {kind: "display", request, update, displayId, ...content} as CellMessage;
}
