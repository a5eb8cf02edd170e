import {mkdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {readBook} from "kernel-lib/book";
import type {BookFiles} from "kernel-lib/book";
import {scratchFolder} from "../../support/scratch.js";

/** Writes files into a folder of the running test, with pages from the content of their bodies. */
export function writeBook(files: Record<string, string>): string {
  const folder = scratchFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), path.endsWith(".html") ? documentOf(text) : text);
  }
  return folder;
}

/** The same, as the checks read it. */
export function bookOf(files: Record<string, string>): BookFiles {
  return readBook(writeBook(files));
}

function documentOf(body: string): string {
  return `<!doctype html><html lang="en"><head><title>T</title></head><body>${body}</body></html>`;
}
