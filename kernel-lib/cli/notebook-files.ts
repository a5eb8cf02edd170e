import {readdirSync} from "node:fs";
import {basename, dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

/** The project's root: the folder above kernel-lib. */
export const ROOT: string = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

/** All notebooks of the project in order of name, or those whose name begins with `prefix`. */
export function notebookFiles(prefix = ""): string[] {
  const folder = join(ROOT, "notebooks");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb") && name.startsWith(prefix))
    .sort()
    .map((name) => join(folder, name));
}

/** "03-s3" for ".../notebooks/03-s3.ipynb". */
export function notebookName(path: string): string {
  return basename(path, ".ipynb");
}
