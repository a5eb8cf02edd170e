import type {BookFiles, Finding} from "./book-files.js";
import {citationProblems} from "./citations.js";
import type {Citable} from "./citations.js";
import {duplicateIds} from "./duplicate-ids.js";
import {foreignHosts} from "./foreign-hosts.js";
import {unnamedImages} from "./images.js";
import {deadLinks} from "./links.js";
import {orphans} from "./orphans.js";
import {misspelled, wordListProblems} from "./spelling.js";
import type {Prose, Spelling} from "./spelling.js";
import {textBlocks} from "./text-blocks.js";

export interface BookToCheck {
  book: BookFiles;
  citable: Citable;
  spelling: Spelling;
  /** Prose of the project besides the pages: its Markdown files. */
  prose: readonly Prose[];
}

/** Everything that is wrong with a made book, check by check. */
export function checkBook({book, citable, spelling, prose}: BookToCheck): Finding[] {
  const pages = book.pages.map((page) => ({page: page.path, texts: textBlocks(page)}));
  const all = [...pages, ...prose];
  return [
    ...deadLinks(book),
    ...foreignHosts(book),
    ...orphans(book),
    ...unnamedImages(book),
    ...duplicateIds(book),
    ...citationProblems(book, citable),
    ...misspelled(all, spelling),
    ...wordListProblems(all, spelling),
  ];
}
