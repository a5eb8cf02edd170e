import {posix} from "node:path";
import type {Token} from "markdown-it";
import {slug} from "./anchors.js";

/** Files of the repository that have a page of their own. */
const PAGES: Record<string, string> = {
  "data/references.json": "references.html",
  "data/glossary.json": "glossary.html",
  "data/claims.json": "claims.html",
};

/**
 * Where a link of a notebook leads in the book.
 *
 * @param link as the notebook has it
 * @param folder of the notebook, from the root of the repository
 * @param repositoryLink the address of a file of the repository, given from its root
 * @returns undefined if the book knows no address for it
 */
export function bookLink(
  link: string,
  folder: string,
  repositoryLink: (path: string) => string | undefined,
): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(link)) return link;
  const [path = "", anchor] = link.split("#");
  const hash = anchor === undefined || anchor === "" ? "" : `#${slug(decode(anchor))}`;
  if (path === "") return hash === "" ? undefined : hash;
  const file = posix.join(folder, decode(path));
  const notebook = /^notebooks\/([^/]+)\.ipynb$/.exec(file);
  if (notebook !== null) return `${notebook[1]}.html${hash}`;
  return PAGES[file] ?? repositoryLink(file);
}

/** Sends every Markdown link of a line to the book; a link that leads nowhere becomes its text. */
export function replaceLinks(
  tokens: readonly Token[],
  target: (link: string) => string | undefined,
): Token[] {
  const isDead: boolean[] = [];
  return tokens.filter((token) => {
    if (token.type === "link_close") return !isDead.pop();
    if (token.type !== "link_open") return true;
    const href = target(token.attrGet("href") ?? "");
    if (href !== undefined) token.attrSet("href", href);
    isDead.push(href === undefined);
    return href !== undefined;
  });
}

/** Markdown percent-encodes addresses; a stray "%" is left as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
