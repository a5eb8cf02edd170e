import Prism from "prismjs";
import "prismjs/components/prism-typescript.js";
import type {CodeCell, Output} from "../../kernel/index.js";
import {escapeHtml} from "../../plot/index.js";
import {SITE_STRINGS} from "../strings.js";
import type {FigureFiles} from "./figure-files.js";

const WORDS = SITE_STRINGS.notebook;

/**
 * A code cell as it stands in the page before any script has run: coloured source, recorded
 * output, folded where it answers a question.
 *
 * @param number counts the code cells of the page from 1
 */
export function codeCellHtml(cell: CodeCell, number: number, figures: FigureFiles): string {
  const outputs = cell.outputs.map((output) => outputHtml(output, figures)).join("\n");
  const place = `<div class="outputs">${outputs}</div>`;
  const shown = isFolded(cell)
    ? `<details class="answer"><summary>${ANSWER_WORDS}</summary>${place}</details>`
    : place;
  const html =
    `<section class="cell" id="cell-${cell.id}" aria-label="${WORDS.cellLabel(number)}">` +
    `<pre class="source" tabindex="0"><code>${highlight(cell.source)}</code></pre>` +
    `${shown}</section>`;
  if (!isSetUp(cell.source)) return html;
  return `<details class="set-up"><summary>${WORDS.setupFolded}</summary>${html}</details>`;
}

/** What the fold says while it is closed, and while it is open. */
const ANSWER_WORDS =
  `<span class="when-closed">${WORDS.answerFolded}</span>` +
  `<span class="when-open">${WORDS.answerOpen}</span>`;

/** Nothing but imports: no reader begins with it, and it runs by itself before what needs it. */
function isSetUp(source: string): boolean {
  return source.split("\n").every((line) => /^import .*;$/.test(line));
}

/** TypeScript with the classes of Prism, as the page's editor writes it. */
export function highlight(source: string): string {
  return Prism.highlight(source, Prism.languages["typescript"]!, "typescript");
}

function isFolded({metadata, outputs}: CodeCell): boolean {
  const jupyter = metadata["jupyter"] as {outputs_hidden?: boolean} | undefined;
  return jupyter?.outputs_hidden === true && outputs.length > 0;
}

function outputHtml(output: Output, figures: FigureFiles): string {
  if (output.output_type === "stream") {
    return `<pre class="text ${output.name}">${escapeHtml(output.text)}</pre>`;
  }
  if (output.output_type === "error") {
    const {ename, evalue} = output;
    return `<div class="error"><p><strong>${escapeHtml(ename)}</strong>: ${escapeHtml(evalue)}</p></div>`;
  }
  const html = output.data["text/html"];
  if (typeof html === "string")
    return `<div class="rich">${wrapTables(figures.extract(html))}</div>`;
  return `<pre class="text result">${escapeHtml(String(output.data["text/plain"]))}</pre>`;
}

/** A wide table scrolls by itself, not the page. */
function wrapTables(html: string): string {
  return html
    .replaceAll(/<table\b/g, '<div class="wide"><table')
    .replaceAll("</table>", "</table></div>");
}
