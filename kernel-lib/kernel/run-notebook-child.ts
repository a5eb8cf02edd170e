/** The process in which `runNotebook` runs one notebook. */
import {readFileSync} from "node:fs";
import {dirname} from "node:path";
import {parseNotebook} from "./notebook-format.js";
import {runCells} from "./run-cells.js";
import type {ChildMessage} from "./run-notebook.js";

const path = process.argv[2]!;
const end = await runCells(parseNotebook(readFileSync(path, "utf8")), {
  folder: dirname(path),
  allowErrors: process.argv.includes("--allow-errors"),
  onCell: (run) => send({kind: "cell", run}),
});
// Closed only when the last message is out: disconnecting drops what is still queued.
await send({kind: "end", ...end});
process.disconnect();

function send(message: ChildMessage): Promise<void> {
  return new Promise((settle) => process.send!(message, undefined, undefined, () => settle()));
}
