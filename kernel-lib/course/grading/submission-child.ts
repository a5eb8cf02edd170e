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
import type {Output} from "../../kernel/index.js";
import {ANSWER_TYPE} from "../question.js";
import {MAX_TEXT_LENGTH} from "./child-lines.js";

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
  onCell: ({id, ok, outputs}) => {
    report({kind: "cell", cell: id, ok, outputs: outputs.map(withoutPictures)});
  },
});
report({kind: "end"});
// Not `process.exit`, which asks listeners, nor the end of the event loop, which timers put off.
kill(pid, "SIGKILL");

function report(line: object): void {
  const bytes = Buffer.from(`${stringify(line)}\n`);
  for (let sent = 0; sent < bytes.length;) sent += writeSync(3, bytes, sent);
}

/** Of what a cell shows, the grader reads the plain text and an answer. */
function withoutPictures(output: Output): Output {
  if (!("data" in output)) return output;
  const data: Record<string, unknown> = {};
  for (const type of ["text/plain", ANSWER_TYPE]) {
    if (type in output.data) data[type] = output.data[type];
  }
  return {...output, data, metadata: {}};
}
