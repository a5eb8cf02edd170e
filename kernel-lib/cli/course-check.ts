/**
 * `npm run course:check -- FILE …`: runs a student's own notebooks from a fresh kernel, as grading
 * will, and says what can be seen without the hidden tests. Nothing is sent, and nothing marked.
 */
import {existsSync, readFileSync} from "node:fs";
import {parseNotebook, runNotebook} from "../kernel/index.js";
import type {CellRun, Output} from "../kernel/index.js";
import {runCommand} from "./run-command.js";

const files = process.argv.slice(2);
const missing = files.find((file) => !existsSync(file));
if (files.length === 0 || missing !== undefined) {
  const why = missing === undefined ? "" : `There is no file ${missing}. `;
  console.error(`${why}Say which notebook: npm run course:check -- path/to/ps03.ipynb`);
  process.exit(1);
}
await runCommand(async () => {
  for (const file of files) await check(file);
});

async function check(file: string): Promise<void> {
  const {cells, failure, elapsedMs} = await ran(file);
  const checks = cells.flatMap(({outputs}) => outputs.map(checkLine)).filter(Boolean);
  const open = checks.filter((line) => !line!.startsWith("✓"));
  const errors = cells.flatMap((cell) => errorOf(cell));
  console.log(`${file}: ${cells.length} cells, ${(elapsedMs / 1000).toFixed(1)} s`);
  for (const line of checks) console.log(`  ${line}`);
  for (const line of errors) console.log(`  ${line}`);
  if (failure !== undefined && errors.length === 0) console.log(`  ${failure}`);
  console.log(
    `  ${checks.length - open.length} of ${checks.length} questions pass what can be checked ` +
      "here. Marks come from hidden tests, on other inputs.",
  );
  if (open.length > 0 || failure !== undefined) process.exitCode = 1;
}

/** @throws Error if the file is no notebook */
async function ran(file: string): ReturnType<typeof runNotebook> {
  try {
    parseNotebook(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`Cannot check ${file}: it is no notebook (${(error as Error).message})`);
  }
  return runNotebook(file, {allowErrors: true});
}

/** What `Question.check` said. */
function checkLine(output: Output): string | undefined {
  if (output.output_type !== "display_data") return undefined;
  const text = output.data["text/plain"];
  return typeof text === "string" && /^[✓✗○] \S+ \(/.test(text) ? text : undefined;
}

function errorOf({id, outputs}: CellRun): string[] {
  return outputs.flatMap((output) =>
    output.output_type === "error" ? [`✗ cell ${id}: ${output.ename}: ${output.evalue}`] : [],
  );
}
