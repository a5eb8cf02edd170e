import {addressesOf, isElsewhere, targetOf} from "./addresses.js";
import type {BookFiles, Finding} from "./book-files.js";
import type {HtmlPage} from "./html-page.js";

/** Relative links, images, scripts and styles that lead nowhere, and anchors that are not there. */
export function deadLinks(book: BookFiles): Finding[] {
  const parsed = [...book.pages, ...book.drawings];
  const anchors = new Map(parsed.map((page) => [page.path, anchorsOf(page)]));
  return addressesOf(book)
    .filter(({text}) => !isElsewhere(text))
    .flatMap((address) => {
      const {page, text} = address;
      const {path, anchor} = targetOf(address);
      const finding = (problem: string): Finding[] => [{page, problem: `${text} ${problem}`}];
      // From file:// that is the root of the disk.
      if (text.startsWith("/")) return finding("begins at the root; need a relative address");
      if (path.startsWith("..")) return finding("leads out of the book");
      if (!book.paths.has(path)) return finding("leads nowhere");
      const known = anchors.get(path);
      const isTop = anchor === "" || anchor === "top";
      return isTop || known === undefined || known.has(anchor)
        ? []
        : finding(`leads to no anchor of ${path}`);
    });
}

function anchorsOf({elements}: HtmlPage): Set<string> {
  const named = elements
    .filter(({tag}) => tag === "a")
    .map(({attributes}) => attributes.get("name"));
  const ids = elements.map(({attributes}) => attributes.get("id"));
  return new Set([...ids, ...named].filter((id) => id !== undefined));
}
