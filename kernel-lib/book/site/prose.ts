/**
 * Prose of a notebook as part of a page: Markdown as JupyterLab shows it, with anchors, with links
 * that lead to pages of the book, with the first mention of each term of the glossary explained
 * and with citations linked. Our notebooks use HTML for folded hints; they are ours, so it is let
 * through as it is.
 */
import MarkdownIt from "markdown-it";
import type {Token} from "markdown-it";
import {slug, takeId} from "./anchors.js";
import {citationAttributes} from "./citations.js";
import type {CitationFinder} from "./citations.js";
import {linkPhrases} from "./phrases.js";
import type {FoundPhrase} from "./phrases.js";
import {bookLink, replaceLinks} from "./prose-links.js";
import {accessibleTables, renderFence, renderTableEnd, renderTableStart} from "./prose-tables.js";
import type {TermFinder} from "./terms.js";

/** What the prose of one page needs, and what it leaves behind: a new one for each page. */
export interface ProseContext {
  /** Folder of the source from the root of the repository, such as "notebooks". */
  readonly folder: string;
  /** The address of a file of the repository; undefined if there is none to link to. */
  readonly repositoryLink: (path: string) => string | undefined;
  /** Leave out on pages where terms are not to be explained. */
  readonly terms?: TermFinder | undefined;
  readonly citations?: CitationFinder | undefined;
  /** Every id of the page so far; put the ids that the page gives otherwise in first. */
  readonly ids: Set<string>;
  /** Terms that the page has explained. */
  readonly seenTerms: Set<string>;
  /** References that the page cites. */
  readonly cited: Set<string>;
  /** How many tables and code blocks the page has, for their names. */
  readonly counts: {table: number; code: number};
  /** The last heading so far: what a table or code block stands under. */
  lastHeading: string;
  hasTitle: boolean;
  /** "<" is only a sign, as in docstrings: no HTML is let through. */
  plain?: boolean;
}

export interface ProseHeading {
  level: number;
  id: string;
  /** Plain text. */
  text: string;
}

export interface Prose {
  html: string;
  headings: ProseHeading[];
  /** Plain text, for the search. */
  text: string;
}

/** A context for a new page. */
export function proseContext(
  parts: Pick<ProseContext, "folder" | "repositoryLink" | "terms" | "citations">,
): ProseContext {
  const empty = {ids: new Set<string>(), seenTerms: new Set<string>(), cited: new Set<string>()};
  return {...parts, ...empty, counts: {table: 0, code: 0}, lastHeading: "", hasTitle: false};
}

interface Environment {
  context: ProseContext;
  headings: ProseHeading[];
}

const withHtml = makeMarkdown(true);
const withoutHtml = makeMarkdown(false);

/**
 * One Markdown cell as HTML. Cells of a page are rendered in order, with the same context: only the
 * first mention of a term is explained, and ids do not repeat. A second h1 becomes an h2.
 */
export function renderProse(source: string, context: ProseContext): Prose {
  const environment: Environment = {context, headings: []};
  const markdown = context.plain ? withoutHtml : withHtml;
  const tokens = markdown.parse(source, environment);
  const html = markdown.renderer.render(tokens, markdown.options, environment);
  return {html, headings: environment.headings, text: plainText(tokens)};
}

function makeMarkdown(html: boolean): MarkdownIt {
  const md = new MarkdownIt({html});
  md.core.ruler.push("book_links", ({tokens, env}) => {
    const {folder, repositoryLink} = (env as Environment).context;
    for (const token of tokens) {
      if (token.children === null) continue;
      token.children = replaceLinks(token.children, (link) =>
        bookLink(link, folder, repositoryLink),
      );
    }
  });
  md.core.ruler.push("headings", ({tokens, env}) => nameHeadings(tokens, env as Environment));
  md.core.ruler.push("tables", (state) => accessibleTables(state));
  md.core.ruler.push("phrases", (state) => {
    const {context} = state.env as Environment;
    linkPhrases(state, (text) => findPhrases(text, context));
    linkTitles(state, context);
  });
  md.renderer.rules["table_open"] = renderTableStart;
  md.renderer.rules["table_close"] = renderTableEnd;
  md.renderer.rules["fence"] = renderFence;
  md.renderer.rules["code_block"] = renderFence;
  return md;
}

function nameHeadings(tokens: readonly Token[], {context, headings}: Environment): void {
  tokens.forEach((token, index) => {
    if (token.type !== "heading_open") return;
    const text = plainText([tokens[index + 1]!]);
    if (token.tag === "h1" && context.hasTitle) token.tag = tokens[index + 2]!.tag = "h2";
    if (token.tag === "h1") context.hasTitle = true;
    const id = takeId(slug(text), context.ids);
    token.attrSet("id", id);
    headings.push({level: Number(token.tag.slice(1)), id, text});
  });
}

/** Citations first: a term inside one is no term. */
function findPhrases(
  text: string,
  {terms, citations, seenTerms, cited}: ProseContext,
): FoundPhrase[] {
  const cites = citations?.find(text) ?? [];
  cites.forEach(({id}) => cited.add(id));
  // Not shorter, so that positions stay.
  const rest = cites.reduce(
    (masked, {start, end}) => masked.slice(0, start) + "\0".repeat(end - start) + masked.slice(end),
    text,
  );
  const found = [...cites, ...(terms?.find(rest, seenTerms) ?? [])];
  return found.sort((a, b) => a.start - b.start);
}

/** A title in italics is a citation too, as in "Dean and Barroso (*The Tail at Scale*, 2013)". */
function linkTitles(
  state: Parameters<typeof linkPhrases>[0],
  {citations, cited}: ProseContext,
): void {
  if (citations === undefined) return;
  for (const {children} of state.tokens) {
    for (let index = 0; children !== null && index + 2 < children.length; index++) {
      const [open, title, close] = children.slice(index, index + 3);
      if (open!.type !== "em_open" || close!.type !== "em_close") continue;
      const id = title!.type === "text" ? citations.byTitle(title!.content) : undefined;
      if (id === undefined) continue;
      cited.add(id);
      const link = new state.Token("link_open", "a", 1);
      link.attrs = citationAttributes(id);
      children.splice(index + 1, 0, link);
      children.splice(index + 3, 0, new state.Token("link_close", "a", -1));
    }
  }
}

function plainText(tokens: readonly Token[]): string {
  const parts = tokens.map((token) => {
    if (token.type === "inline") return plainText(token.children ?? []) + "\n";
    if (token.type === "softbreak" || token.type === "hardbreak") return "\n";
    if (token.type === "html_block") return token.content.replace(/<[^>]*>/g, " ");
    return token.type === "html_inline" ? "" : token.content;
  });
  return parts
    .join("")
    .replace(/[^\S\n]+/g, " ")
    .replace(/\s*\n\s*/g, "\n")
    .trim();
}
