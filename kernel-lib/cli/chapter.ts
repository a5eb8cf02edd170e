/**
 * `npm run chapter -- 3` (or one notebook, `03-lab-tail`): runs them without a browser, prints their
 * tables, golden numbers and verdicts, and writes `build/NN-name.html`, which works offline.
 */
import {existsSync, mkdirSync, writeFileSync} from "node:fs";
import {join, relative} from "node:path";
import {runNotebook} from "../kernel/index.js";
import type {DisplayOutput, NotebookRun} from "../kernel/index.js";
import {notebookPage} from "./notebook-page.js";
import {notebookFiles, notebookName, ROOT} from "./notebook-files.js";

// "3" means 03, and "0b" 00b: in the names of notebooks a chapter has two digits.
const chapter = process.argv[2]?.replace(/^\d(?!\d)/, "0$&");
const files =
  chapter === undefined
    ? []
    : notebookFiles().filter((file) => {
        const name = notebookName(file);
        return name === chapter || name.startsWith(`${chapter}-`);
      });
if (files.length === 0) {
  const known = [...new Set(notebookFiles().map((file) => notebookName(file).slice(0, 2)))];
  console.error(`Say which chapter: npm run chapter -- ${known.join(" | ")}`);
  process.exit(1);
}
for (const file of files) await report(file);

async function report(file: string): Promise<void> {
  const run = await runNotebook(file);
  const name = notebookName(file);
  console.log(`${name}: ${run.cells.length} cells`);
  for (const text of displays(run, "text/html", isTable)) console.log(`\n${text}`);
  console.log("\nGolden numbers");
  for (const text of displays(run, "application/vnd.glass-cloud.golden+json")) console.log(text);
  console.log("\nVerdicts");
  for (const text of displays(run, "application/vnd.glass-cloud.verdict+json")) console.log(text);
  if (run.failure !== undefined) {
    console.error(`\n${name} FAILED. ${run.failure}`);
    process.exitCode = 1;
    return;
  }
  const page = join(ROOT, "build", `${name}.html`);
  mkdirSync(join(ROOT, "build"), {recursive: true});
  writeFileSync(page, notebookPage(name, run.notebook, linkFromPage));
  const memory = Math.round(run.peakMemoryBytes / 2 ** 20);
  console.log(
    `\n${(run.elapsedMs / 1000).toFixed(1)} s, ${memory} MiB at the peak. Page: ${relative(ROOT, page)}\n`,
  );
}

/**
 * A link of a notebook as it must be in `build/`, which lies beside `notebooks/`: to the page of a
 * notebook that has one there or is about to, and else to the notebook itself.
 */
function linkFromPage(link: string): string {
  const match = /^([\w-]+)\.ipynb(#.*)?$/.exec(link);
  if (match === null) return link;
  const [, name, anchor = ""] = match as unknown as [string, string, string?];
  const written = files.some((file) => notebookName(file) === name);
  const page = `${name}.html`;
  if (written || existsSync(join(ROOT, "build", page))) return page + anchor;
  return `../notebooks/${link}`;
}

/** The plain text of every output that has the given MIME type. */
function displays(
  run: NotebookRun,
  type: string,
  accept: (data: Record<string, unknown>) => boolean = () => true,
): string[] {
  const outputs = run.cells.flatMap((cell) => cell.outputs);
  return outputs
    .filter((output): output is DisplayOutput => output.output_type === "display_data")
    .filter(({data}) => type in data && accept(data))
    .map(({data}) => String(data["text/plain"]));
}

function isTable(data: Record<string, unknown>): boolean {
  return String(data["text/html"]).startsWith("<table>");
}
