/** Tables and code blocks of prose, so that they scroll by keyboard and have names. */
import type MarkdownIt from "markdown-it";
import type {Token} from "markdown-it";
import {escapeHtml} from "../../plot/index.js";
import {SITE_STRINGS} from "../strings.js";
import type {ProseContext} from "./prose.js";

const WORDS = SITE_STRINGS.notebook;

type StateCore = Parameters<MarkdownIt["core"]["process"]>[0];
type RenderRule = NonNullable<MarkdownIt["renderer"]["rules"][string]>;

/**
 * Gives header cells their scope. Where the first column has no heading it holds the headings of
 * the rows; the corner is then a plain cell, since a header must have a text. Headings also give
 * tables and code blocks their names, so they are passed on in the order of the page.
 */
export function accessibleTables({tokens, env}: StateCore): void {
  const {context} = env as {context: ProseContext};
  let rowHeadings = false;
  let column = 0;
  tokens.forEach((token, index) => {
    const text = tokens[index + 1]?.content ?? "";
    if (token.type === "heading_open") context.lastHeading = text.replace(/[`*_]/g, "");
    if (token.type === "table_open") nameTable(token, context);
    if (token.type === "fence" || token.type === "code_block") nameCode(token, context);
    if (token.type === "tr_open") column = 0;
    if (token.type === "th_open") {
      if (column === 0) rowHeadings = text === "";
      if (text === "") setTag(tokens, index, "td");
      else token.attrSet("scope", "col");
      column++;
    }
    if (token.type === "td_open" && column++ === 0 && rowHeadings) {
      setTag(tokens, index, "th");
      token.attrSet("scope", "row");
    }
  });
}

function nameTable(token: Token, context: ProseContext): void {
  const [number, heading] = [++context.counts.table, context.lastHeading];
  token.meta = {name: heading === "" ? WORDS.table(number) : WORDS.tableIn(number, heading)};
}

function nameCode(token: Token, context: ProseContext): void {
  token.meta = {name: WORDS.code(++context.counts.code)};
}

function setTag(tokens: readonly Token[], index: number, tag: string): void {
  tokens[index]!.tag = tag;
  const close = tokens.slice(index).find(({type}) => type === "th_close" || type === "td_close");
  close!.tag = tag;
}

export const renderTableStart: RenderRule = (tokens, index) => {
  const name = escapeHtml(nameOf(tokens[index]!));
  return `${wide(name)}\n<table>\n` + `<caption class="visually-hidden">${name}</caption>\n`;
};

export const renderTableEnd: RenderRule = () => "</table>\n</div>\n";

export const renderFence: RenderRule = (tokens, index) => {
  const {info, content, ...token} = tokens[index]!;
  const language = info.trim().split(/\s+/)[0]!;
  const attribute = language === "" ? "" : ` class="language-${escapeHtml(language)}"`;
  return (
    `${wide(escapeHtml(nameOf(token as Token)))}\n` +
    `<pre><code${attribute}>${escapeHtml(content)}</code></pre>\n</div>\n`
  );
};

function nameOf({meta}: Token): string {
  return (meta as {name: string}).name;
}

function wide(name: string): string {
  return `<div class="wide" tabindex="0" role="region" aria-label="${name}">`;
}
