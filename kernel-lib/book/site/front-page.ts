import {escapeHtml} from "../../plot/index.js";
import type {Verdict} from "../../lesson/index.js";
import {SITE_STRINGS} from "../strings.js";
import type {BookPage} from "./book-page.js";
import type {BookNotebook} from "./contents.js";
import type {ChapterCoverage} from "./coverage.js";
import {prerequisiteGraph} from "./prerequisite-graph.js";

const {title: TITLE, subtitle: SUBTITLE, front: WORDS, verdicts: VERDICTS} = SITE_STRINGS;

/**
 * `index.html`: what the book is, its pages, and what of the course is there.
 *
 * @param binder address of Binder for the first notebook, if the repository's is known
 */
export function frontPage(chapters: readonly ChapterCoverage[], binder?: string): BookPage {
  const notebooks = chapters.flatMap((chapter) => chapter.notebooks);
  const html =
    `<h1>${TITLE}</h1><p class="lead">${SUBTITLE}.</p>` +
    WORDS.intro.map((paragraph) => `<p>${paragraph}</p>`).join("") +
    `<h2 id="begin">${WORDS.begin}</h2>${beginning(notebooks)}` +
    `<h2 id="order">${WORDS.order}</h2><p>${WORDS.orderText}</p>` +
    prerequisiteGraph(notebooks, WORDS.order) +
    `<h2 id="coverage">${WORDS.coverage}</h2><p>${WORDS.coverageText}</p>${coverageTable(chapters)}` +
    `<h2 id="jupyter">${WORDS.jupyter}</h2><p>${WORDS.jupyterText}</p>` +
    `<h2 id="binder">${WORDS.binder}</h2><p>${binderText(binder)}</p>` +
    `<h2 id="errata">${WORDS.errata}</h2><p>${WORDS.errataText}</p>` +
    `<h2 id="data">${WORDS.data}</h2><p>${WORDS.dataText}</p>`;
  return {path: "index.html", title: TITLE, description: SUBTITLE, html};
}

/** Start pages and cores; labs are in the graph and in their chapter. */
function beginning(notebooks: readonly BookNotebook[]): string {
  const items = notebooks
    .filter(({kind}) => kind === "start" || kind === "core")
    .map(
      ({name, title, description, minutes}) =>
        `<li><a href="${name}.html">${escapeHtml(title)}</a> ` +
        `<span class="minutes">${minutes}</span><p>${escapeHtml(description)}</p></li>`,
    );
  return `<ul class="cards">${items.join("")}</ul>`;
}

function coverageTable(chapters: readonly ChapterCoverage[]): string {
  const head = WORDS.coverageColumns.map((name) => `<th scope="col">${name}</th>`).join("");
  const rows = chapters.map(({chapter, subject, notebooks, claims, experiments, tests}) => {
    const name = `<th scope="row">${chapter} · ${escapeHtml(subject)}</th>`;
    if (notebooks.length === 0) {
      const columns = WORDS.coverageColumns.length - 1;
      return `<tr class="missing">${name}<td colspan="${columns}">${WORDS.notBuilt}</td></tr>`;
    }
    const counts = [claims.length, verdictWords(claims), experiments.length, tests.length];
    const pages = notebooks.map(
      (notebook) => `<a href="${notebook.name}.html">${escapeHtml(notebook.name)}</a>`,
    );
    return `<tr>${name}<td>${pages.join(", ")}</td>${counts.map((count) => `<td>${count || WORDS.none}</td>`).join("")}</tr>`;
  });
  return (
    `<div class="wide"><table class="coverage"><caption>${WORDS.coverageCaption}</caption>` +
    `<thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`
  );
}

function verdictWords(claims: ChapterCoverage["claims"]): string {
  const counts = new Map<Verdict, number>();
  for (const {claim} of claims) counts.set(claim.verdict, (counts.get(claim.verdict) ?? 0) + 1);
  return [...counts].map(([verdict, count]) => `${count} ${VERDICTS[verdict]}`).join(", ");
}

function binderText(binder: string | undefined): string {
  if (binder === undefined) return WORDS.binderUnknown;
  return `<a href="${escapeHtml(binder)}">${WORDS.binderLink}</a>`;
}
