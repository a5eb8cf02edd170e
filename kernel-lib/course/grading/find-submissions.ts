import {existsSync, lstatSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {MAX_NOTEBOOK_BYTES} from "./grade-submission.js";

/** A file that a student handed in. */
export interface Submission {
  student: string;
  /** As in "ps03". */
  problemSet: string;
  path: string;
}

/**
 * The submissions below a folder, by student and set: nbgrader's `STUDENT/psNN/psNN.ipynb`, or
 * `STUDENT/psNN.ipynb`; the first where both are there. The name of the folder is the student. Links
 * are not followed, neither to folders nor to files, since one could lead anywhere on this machine.
 *
 * @param names of the problem sets to look for
 * @throws Error if there is no such folder
 */
export function findSubmissions(folder: string, names: readonly string[]): Submission[] {
  if (!existsSync(folder)) throw new Error(`Cannot find submissions: there is no folder ${folder}`);
  return readdirSync(folder, {withFileTypes: true})
    .filter((entry) => entry.isDirectory() && entry.name !== ".ipynb_checkpoints")
    .map((entry) => entry.name)
    .sort()
    .flatMap((student) =>
      names.flatMap((problemSet) => {
        const path = placeOf(join(folder, student), problemSet);
        return path === undefined ? [] : [{student, problemSet, path}];
      }),
    );
}

/**
 * The bytes of a submission; one more than any notebook has where it is longer, and none of anything
 * but a file.
 *
 * @throws Error if it may not be read
 */
export function readSubmissionFile(path: string): Uint8Array {
  const found = lstatSync(path);
  if (!found.isFile()) return new Uint8Array();
  if (found.size > MAX_NOTEBOOK_BYTES) return new Uint8Array(MAX_NOTEBOOK_BYTES + 1);
  return readFileSync(path);
}

/** Where a student's file lies; what lies there and is no file is marked as one that is empty. */
function placeOf(folder: string, problemSet: string): string | undefined {
  const file = `${problemSet}.ipynb`;
  const nested = join(folder, problemSet);
  const flat = join(folder, file);
  const places = isThere(nested, "folder") ? [join(nested, file), flat] : [flat];
  return places.find((place) => isThere(place, "file")) ?? places.find((place) => isThere(place));
}

/** What may not be looked at is taken to be there: reading it then says why it cannot be graded. */
function isThere(path: string, what?: "file" | "folder"): boolean {
  try {
    const found = lstatSync(path);
    return what === undefined || (what === "file" ? found.isFile() : found.isDirectory());
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    return code !== "ENOENT" && code !== "ENOTDIR";
  }
}
