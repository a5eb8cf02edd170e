import type MarkdownIt from "markdown-it";
import type {Token} from "markdown-it";

type StateCore = Parameters<MarkdownIt["core"]["process"]>[0];

/** Where a phrase stands in a text, and the attributes of the link that it becomes. */
export interface FoundPhrase {
  start: number;
  end: number;
  attributes: [name: string, value: string][];
}

/** Finds phrases in a run of prose, in order and without overlap. */
export type FindPhrases = (text: string) => FoundPhrase[];

/** Prose in which nothing becomes a link: what is open while these are open. */
const CLOSED_TO_LINKS = /^(link|heading|th)_/;
const HTML_CLOSED_TO_LINKS = /^<(\/?)(a|summary|code|kbd|h[1-6]|caption|th|button)\b/i;

/**
 * Turns phrases of the prose into links: on tokens, so that code, links, headings, summaries and
 * HTML are never touched. A phrase may cross the end of a source line.
 */
export function linkPhrases(state: StateCore, find: FindPhrases): void {
  let closed = 0;
  for (const block of state.tokens) {
    if (CLOSED_TO_LINKS.test(block.type)) closed += block.nesting;
    if (block.type !== "inline" || closed > 0) continue;
    block.children = linkInLine(state, block.children ?? [], find);
  }
}

function linkInLine(state: StateCore, tokens: readonly Token[], find: FindPhrases): Token[] {
  const result: Token[] = [];
  let run = "";
  let closed = 0;
  const endRun = (): void => {
    if (run !== "") result.push(...linkInRun(state, run, closed > 0 ? () => [] : find));
    run = "";
  };
  for (const token of tokens) {
    if (token.type === "text" || token.type === "softbreak") {
      run += token.type === "text" ? token.content : "\n";
      continue;
    }
    endRun();
    closed += depthChange(token);
    result.push(token);
  }
  endRun();
  return result;
}

function depthChange(token: Token): number {
  if (CLOSED_TO_LINKS.test(token.type)) return token.nesting;
  if (token.type !== "html_inline") return 0;
  const tag = HTML_CLOSED_TO_LINKS.exec(token.content);
  return tag === null ? 0 : tag[1] === "/" ? -1 : 1;
}

function linkInRun(state: StateCore, run: string, find: FindPhrases): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const {start, end, attributes} of find(run)) {
    tokens.push(...text(state, run.slice(at, start)));
    const open = new state.Token("link_open", "a", 1);
    open.attrs = attributes;
    tokens.push(open, ...text(state, run.slice(start, end)));
    tokens.push(new state.Token("link_close", "a", -1));
    at = end;
  }
  return [...tokens, ...text(state, run.slice(at))];
}

function text(state: StateCore, content: string): Token[] {
  if (content === "") return [];
  const token = new state.Token("text", "", 0);
  token.content = content;
  return [token];
}

/** The same in any case: letters outside escapes, since "\\s" must stay what it is. */
export function anyCase(source: string): string {
  return source.replace(/\\.|\p{L}/gu, (part) =>
    part.length > 1 ? part : `[${part.toLowerCase()}${part.toUpperCase()}]`,
  );
}

/** Text as the source of a regular expression, where a space is any white space. */
export function pattern(phrase: string): string {
  return phrase.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
}
