import {addressesOf, isElsewhere, targetOf} from "./addresses.js";
import type {BookFiles, Finding} from "./book-files.js";
import {citesWork} from "./cited-works.js";
import type {CitableWork} from "./cited-works.js";
import {textBlocks} from "./text-blocks.js";

/** What the book may cite, and where besides its pages something is cited. */
export interface Citable {
  /** Ids of the ledger, as in "3.9". */
  claimIds: readonly string[];
  /** `data/references.json`. */
  references: Readonly<Record<string, CitableWork>>;
  /** Texts that cite by id: the files of `data/` besides the references, and the notebooks. */
  sources: readonly string[];
}

/** The page that lists all works, and so cites none. */
const LIST = "references.html";

/** Links to works and claims that there are not, and works that nothing cites. */
export function citationProblems(book: BookFiles, citable: Citable): Finding[] {
  return [...unknownCitations(book, citable), ...uncitedWorks(book, citable)];
}

function unknownCitations(book: BookFiles, {claimIds, references}: Citable): Finding[] {
  return addressesOf(book)
    .filter(({text}) => !isElsewhere(text))
    .flatMap((address) => {
      const {path, anchor} = targetOf(address);
      const work = path === LIST ? /^ref-(.*)$/.exec(anchor)?.[1] : undefined;
      const claim =
        path === "claims.html" ? /^claim-([\da-z]+\.\d+)$/.exec(anchor)?.[1] : undefined;
      if (work !== undefined && !(work in references)) {
        return [{page: address.page, problem: `cites ${work}, which references.json lacks`}];
      }
      if (claim !== undefined && !claimIds.includes(claim)) {
        return [{page: address.page, problem: `names claim ${claim}, which claims.json lacks`}];
      }
      return [];
    });
}

function uncitedWorks(book: BookFiles, {references, sources}: Citable): Finding[] {
  const pages = book.pages.filter(({path}) => path !== LIST);
  const linked = new Set(
    addressesOf({...book, pages}).map(({text}) => text.replace(/^references\.html#ref-/, "")),
  );
  const blocks = pages.flatMap(textBlocks);
  return Object.entries(references)
    .filter(
      ([id, work]) =>
        work.background !== true &&
        !linked.has(id) &&
        !(work.url !== null && linked.has(work.url)) &&
        !sources.some((text) => citesById(text, id)) &&
        !blocks.some((text) => citesWork(text, id, work)),
    )
    .map(([id]) => ({page: LIST, problem: `nothing cites ${id}`}));
}

/** In JSON between quotation marks, in CSV as the last value of a line. */
function citesById(text: string, id: string): boolean {
  return text.includes(`"${id}"`) || text.includes(`,${id}\n`);
}
