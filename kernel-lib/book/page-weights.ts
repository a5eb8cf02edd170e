import {readdirSync, readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import type {BookPage} from "./site/book-page.js";

/**
 * What the files of the book weigh, as they are and as most servers send them: each page, then the
 * style and the scripts, which are loaded once, the libraries when first needed.
 *
 * @returns lines of a table
 */
export function bookWeights(out: string, pages: readonly BookPage[]): string[][] {
  const scripts = readdirSync(join(out, "lib")).map((name) => `lib/${name}`);
  const files = [...pages.map(({path}) => path), "style.css", "book.js", ...scripts.sort()];
  const rows = files.map((name) => {
    const path = join(out, name);
    return [name, kilobytes(statSync(path).size), kilobytes(gzipSync(readFileSync(path)).length)];
  });
  return [["file", "KB", "KB by gzip"], ...rows];
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
