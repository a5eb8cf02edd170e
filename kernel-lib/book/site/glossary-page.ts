import {escapeHtml} from "../../plot/index.js";
import {SITE_STRINGS} from "../strings.js";
import {termAnchor} from "./anchors.js";
import type {BookPage} from "./book-page.js";
import type {GlossaryEntry} from "./terms.js";

const WORDS = SITE_STRINGS.glossary;

/**
 * The page of all terms, in the order of the glossary.
 *
 * @param chapterPages the page of each chapter that has one; the others are named without a link
 */
export function glossaryPage(
  entries: readonly GlossaryEntry[],
  chapterPages: ReadonlyMap<number, string>,
): BookPage {
  const items = entries.map((entry) => {
    const [term, definition] = [entry.term, entry.definition].map(escapeHtml);
    return (
      `<dt id="${termAnchor(entry.term)}"><dfn>${term}</dfn></dt>\n` +
      `<dd>${definition}${seeAlso(entry)} ${firstNeeded(entry.chapter, chapterPages)}</dd>`
    );
  });
  const html =
    `<h1>${WORDS.title}</h1>\n<p>${WORDS.intro}</p>\n` +
    `<dl class="glossary">\n${items.join("\n")}\n</dl>\n`;
  return {path: "glossary.html", title: WORDS.title, description: WORDS.description, html};
}

function seeAlso({seeAlso: terms}: GlossaryEntry): string {
  if (terms.length === 0) return "";
  const links = terms.map((term) => `<a href="#${termAnchor(term)}">${escapeHtml(term)}</a>`);
  return ` <span class="see-also">${WORDS.seeAlso}: ${links.join(", ")}.</span>`;
}

function firstNeeded(chapter: number, pages: ReadonlyMap<number, string>): string {
  const text = chapter === 0 ? WORDS.start : WORDS.chapter(chapter);
  const page = pages.get(chapter);
  const named = page === undefined ? text : `<a href="${escapeHtml(page)}">${text}</a>`;
  return `<span class="first-needed">(${named})</span>`;
}
