import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {parsePage} from "./html-page.js";
import type {HtmlPage} from "./html-page.js";

/** A made book. */
export interface BookFiles {
  /** Its `.html` files, in order of path. */
  pages: readonly HtmlPage[];
  /** Its `.svg` files, which can refer to others as well. */
  drawings: readonly HtmlPage[];
  /** Text of its `.css` files by path. */
  styles: ReadonlyMap<string, string>;
  /** Paths of all files below the folder, with "/". */
  paths: ReadonlySet<string>;
}

/** One thing that is wrong. */
export interface Finding {
  /** Path of the page or file in which it stands. */
  page: string;
  /** A sentence without a full stop. */
  problem: string;
}

/** Reads a folder of pages. */
export function readBook(folder: string): BookFiles {
  const paths = readdirSync(folder, {withFileTypes: true, recursive: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.replaceAll("\\", "/"))
    .sort();
  const withEnding = (ending: string): string[] => paths.filter((path) => path.endsWith(ending));
  const read = (path: string): string => readFileSync(join(folder, path), "utf8");
  const parsed = (path: string): HtmlPage => parsePage(path, read(path));
  return {
    pages: withEnding(".html").map(parsed),
    drawings: withEnding(".svg").map(parsed),
    styles: new Map(withEnding(".css").map((path) => [path, read(path)])),
    paths: new Set(paths),
  };
}
