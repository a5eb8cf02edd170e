/**
 * The process in which a submission runs, inside its sandbox: it reads a notebook from standard
 * input and reports on channel 3, one JSON text a line (`child-lines.ts`).
 *
 * The notebook's code shares this process and can write to channel 3 itself, at any time and
 * whatever it likes. So nothing here is relied upon by the grader, who reads every line as written
 * by the submission.
 */
import {readFileSync, writeSync} from "node:fs";
import {parseNotebook, runCells} from "../../kernel/index.js";
import {MAX_TEXT_LENGTH, cellLine} from "./child-lines.js";
import type {ChildLine} from "./child-lines.js";

// Kept before any cell can replace them: one that does then spoils no other's answer here.
const {stringify} = JSON;
const kill = process.kill.bind(process);
const {pid} = process;

const folder = process.argv[2]!;
await runCells(parseNotebook(readFileSync(0, "utf8")), {
  folder,
  allowErrors: true,
  maxTextLength: MAX_TEXT_LENGTH,
  onBegin: ({id}) => report({kind: "begin", cell: id}),
  onCell: (run) => report(cellLine(run)),
});
report({kind: "end"});
// Not `process.exit`, which asks listeners, nor the end of the event loop, which timers put off.
kill(pid, "SIGKILL");

function report(line: ChildLine): void {
  const bytes = Buffer.from(`${stringify(line)}\n`);
  for (let sent = 0; sent < bytes.length;) sent += writeSync(3, bytes, sent);
}
