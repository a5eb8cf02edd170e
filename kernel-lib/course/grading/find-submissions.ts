import {lstatSync, readdirSync, readFileSync} from "node:fs";
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
 * `STUDENT/psNN.ipynb`. The name of the folder is the student. Links are not followed, since one
 * could lead anywhere on this machine.
 *
 * @param names of the problem sets to look for
 */
export function findSubmissions(folder: string, names: readonly string[]): Submission[] {
  return readdirSync(folder, {withFileTypes: true})
    .filter((entry) => entry.isDirectory() && entry.name !== ".ipynb_checkpoints")
    .map((entry) => entry.name)
    .sort()
    .flatMap((student) =>
      names.flatMap((problemSet) => {
        const file = `${problemSet}.ipynb`;
        const places = [join(folder, student, problemSet, file), join(folder, student, file)];
        const path = places.find((place) => isThere(place));
        return path === undefined ? [] : [{student, problemSet, path}];
      }),
    );
}

/** The bytes of a submission, cut where no notebook is that long; of anything but a file, none. */
export function readSubmissionFile(path: string): Uint8Array {
  const found = lstatSync(path);
  if (!found.isFile()) return new Uint8Array();
  if (found.size > MAX_NOTEBOOK_BYTES) return new Uint8Array(MAX_NOTEBOOK_BYTES + 1);
  return readFileSync(path);
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
