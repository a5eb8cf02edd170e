import {readFileSync} from "node:fs";
import {createRequire} from "node:module";

/** A place that can be found. */
export interface SearchEntry {
  /** Page and anchor. */
  path: string;
  /** Of the page. */
  title: string;
  /** Under which the text stands. */
  heading: string;
  text: string;
}

/** Most places that one search shows. */
const MAX_FOUND = 12;
const EXCERPT = 140;

/**
 * The search as one classic script: MiniSearch and the entries. The index is made from them when the
 * script is loaded, which takes less than loading a finished one.
 */
export function searchScript(entries: readonly SearchEntry[]): string {
  const file = createRequire(import.meta.url).resolve("minisearch");
  const umd = file.replace(/dist[\\/].*$/, "dist/umd/index.js");
  const text = readFileSync(umd, "utf8").replace(/\/\/# sourceMappingURL.*/, "");
  return `${text}
(${String(openSearch)})(MiniSearch, ${JSON.stringify(entries)}, ${MAX_FOUND}, ${EXCERPT});
`;
}

interface Finder {
  addAll(entries: object[]): void;
  search(query: string): {id: number}[];
}

/** Runs in the page, so it may use nothing but its arguments. */
function openSearch(
  MiniSearch: new (options: object) => Finder,
  entries: SearchEntry[],
  maxFound: number,
  excerptLength: number,
): void {
  const finder = new MiniSearch({
    fields: ["title", "heading", "text"],
    searchOptions: {
      ...{prefix: true, fuzzy: 0.15, combineWith: "AND", boost: {title: 3, heading: 2}},
      // Who searches a book wants its chapters first.
      boostDocument: (id: number) => (entries[id]!.path.startsWith("api") ? 0.2 : 1),
    },
  });
  finder.addAll(entries.map((entry, id) => ({id, ...entry})));
  const excerptOf = (text: string, query: string): string => {
    const [word = ""] = query.toLowerCase().split(/\s+/);
    const at = Math.max(0, text.toLowerCase().indexOf(word) - excerptLength / 3);
    const start = at === 0 ? 0 : text.indexOf(" ", at) + 1;
    const cut = text.slice(start, start + excerptLength);
    return `${start > 0 ? "… " : ""}${cut}${start + excerptLength < text.length ? " …" : ""}`;
  };
  (globalThis as Record<string, unknown>)["glassCloudSearch"] = (query: string) =>
    finder
      .search(query)
      .slice(0, maxFound)
      .map(({id}) => entries[id]!)
      .map(({path, title, heading, text}) => ({
        path,
        title,
        heading,
        excerpt: excerptOf(text, query),
      }));
}
