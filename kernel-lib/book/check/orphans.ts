import {addressesOf, isElsewhere, targetOf} from "./addresses.js";
import type {BookFiles, Finding} from "./book-files.js";

const FRONT = "index.html";

/** Pages that no chain of links from the front page reaches. */
export function orphans(book: BookFiles): Finding[] {
  if (!book.paths.has(FRONT)) return [{page: FRONT, problem: "the front page is missing"}];
  const targets = new Map<string, Set<string>>();
  for (const address of addressesOf(book)) {
    if (!address.isLink || isElsewhere(address.text)) continue;
    const ofPage = targets.get(address.page) ?? new Set();
    targets.set(address.page, ofPage.add(targetOf(address).path));
  }
  // A set is walked in order of insertion, also over what is added meanwhile.
  const reached = new Set([FRONT]);
  for (const page of reached) targets.get(page)?.forEach((target) => reached.add(target));
  return book.pages
    .filter(({path}) => !reached.has(path))
    .map(({path}) => ({page: path, problem: `no link leads here from ${FRONT}`}));
}
