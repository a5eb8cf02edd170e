import type {CodeCell} from "../../kernel/index.js";
import {escapeHtml} from "../../plot/index.js";
import {SITE_STRINGS} from "../strings.js";
import {takeId} from "./anchors.js";
import type {BookPage} from "./book-page.js";
import {codeCellHtml} from "./cell-html.js";
import type {BookNotebook} from "./contents.js";
import type {FigureFiles} from "./figure-files.js";
import {cellsData} from "./notebook-cells.js";
import {renderProse} from "./prose.js";
import type {ProseContext, ProseHeading} from "./prose.js";
import type {SearchEntry} from "./search-entries.js";

const WORDS = SITE_STRINGS.notebook;

/** Near the top, before a reader looks for the buttons. */
const NO_SCRIPT = `<noscript><p class="note">${WORDS.noScript}</p></noscript>`;

/** A notebook as a page, and what of it can be searched. */
export interface NotebookPage {
  page: BookPage;
  entries: SearchEntry[];
}

/**
 * @param place its neighbours in reading order, and links out of the book
 * @param context of the prose; new for each page
 */
export function notebookPage(
  {name, title, description, notebook, comesAfter}: BookNotebook,
  place: {
    previous?: BookNotebook;
    next?: BookNotebook;
    all: readonly BookNotebook[];
    binder?: string;
  },
  context: ProseContext,
  figures: FigureFiles,
): NotebookPage {
  const path = `${name}.html`;
  const recorded = notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
  const codeCells = [...recorded, OWN_CELL];
  codeCells.forEach(({id}) => context.ids.add(`cell-${id}`));
  const headings: ProseHeading[] = [];
  const entries: SearchEntry[] = [];
  const parts: string[] = [];
  for (const cell of notebook.cells) {
    if (cell.cell_type === "code") {
      parts.push(codeCellHtml(cell, codeCells.indexOf(cell) + 1, figures));
      continue;
    }
    const prose = renderProse(cell.source, context);
    parts.push(`<section class="prose">${prose.html}</section>`);
    headings.push(...prose.headings);
    const heading = prose.headings[0] ?? headings.at(-1);
    entries.push({
      path: heading === undefined ? path : `${path}#${heading.id}`,
      title,
      heading: heading?.text ?? "",
      text: prose.text,
    });
  }
  parts.push(ownCellHtml(codeCells.length, context, figures));
  const [header, ...rest] = parts;
  const data = JSON.stringify(cellsData(codeCells)).replaceAll("<", "\\u003c");
  const html =
    `${header}${placeHtml(name, comesAfter, place)}${NO_SCRIPT}${contentsHtml(headings)}${rest.join("\n")}` +
    `<p id="status" class="visually-hidden" role="status"></p>` +
    `${neighboursHtml(place)}` +
    `<script type="application/json" id="cell-data">${data}</script>`;
  return {page: {path, title, description, html}, entries};
}

/** A cell that the notebook has not: the page has no button that adds one. */
const OWN_CELL: CodeCell = {
  ...{cell_type: "code", id: "own-cell", metadata: {}, execution_count: null, outputs: []},
  source: `// ${WORDS.ownCellComment}\n`,
};

function ownCellHtml(number: number, {ids}: ProseContext, figures: FigureFiles): string {
  const id = takeId("your-own-cell", ids);
  return `<h2 id="${id}">${WORDS.ownCell}</h2>${codeCellHtml(OWN_CELL, number, figures)}`;
}

/** Ways to the same notebook elsewhere. */
function placeHtml(
  name: string,
  comesAfter: readonly string[],
  {all, binder}: {all: readonly BookNotebook[]; binder?: string},
): string {
  const before = all.filter((notebook) => comesAfter.includes(notebook.name));
  const file = `notebooks/${name}.ipynb`;
  const ways = [
    ...before.map((notebook) => `${WORDS.comesAfter} ${linkTo(notebook)}`),
    `<a href="${file}" download>${WORDS.download}</a>`,
    `<a href="http://localhost:8888/lab/tree/${file}">${WORDS.jupyter}</a>`,
    binder === undefined
      ? `<a href="index.html#binder">${WORDS.binderHow}</a>`
      : `<a href="${escapeHtml(binder)}">${WORDS.binder}</a>`,
  ];
  return `<ul class="ways">${ways.map((way) => `<li>${way}</li>`).join("")}</ul>`;
}

function contentsHtml(headings: readonly ProseHeading[]): string {
  const items = headings
    .filter(({level}) => level === 2)
    .map(({id, text}) => `<li><a href="#${id}">${escapeHtml(text)}</a></li>`);
  return `<nav class="contents" aria-label="${WORDS.contents}"><ul>${items.join("")}</ul></nav>`;
}

function neighboursHtml({previous, next}: {previous?: BookNotebook; next?: BookNotebook}): string {
  const link = (label: string, notebook: BookNotebook | undefined, rel: string): string =>
    notebook === undefined
      ? ""
      : `<a rel="${rel}" href="${notebook.name}.html">${label}: ${escapeHtml(notebook.title)}</a>`;
  return (
    `<nav class="neighbours" aria-label="${WORDS.previous}, ${WORDS.next}">` +
    `${link(WORDS.previous, previous, "prev")} ${link(WORDS.next, next, "next")}</nav>`
  );
}

function linkTo({name, title}: BookNotebook): string {
  return `<a href="${name}.html">${escapeHtml(title)}</a>`;
}
