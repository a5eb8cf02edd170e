import {existsSync, readdirSync} from "node:fs";
import {join} from "node:path";

/** Folders in which people write Markdown; that of the peers is measured tables, written by programs. */
const FOLDERS = [
  "",
  "data",
  "docs",
  "notebooks/coursework",
  "notebooks/coursework/guides",
  "notebooks/coursework/planted",
];

/** Paths of the Markdown files that people write, below the root, with "/". */
export function markdownFiles(root: string): string[] {
  return FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => (folder === "" ? name : `${folder}/${name}`)),
  );
}
