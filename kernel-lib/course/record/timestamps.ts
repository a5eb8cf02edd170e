import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {instantOf, isoTime} from "./due-time.js";

/** When a submission was handed in. */
export interface HandedIn {
  student: string;
  problemSet: string;
  /** ISO 8601 in UTC. */
  at: string;
}

/**
 * The times that nbgrader's collector wrote: FOLDER/STUDENT/psNN/timestamp.txt. A submission without
 * that file has none: the time of a file is that of the last copy, and proves nothing.
 *
 * @throws SyntaxError if such a file holds no time; the message names it
 */
export function handedInTimes(
  folder: string,
  submissions: readonly {student: string; problemSet: string}[],
): HandedIn[] {
  const folders = existsSync(folder) ? readdirSync(folder) : [];
  return submissions.flatMap(({student, problemSet}) => {
    // By what the folder lists, not by the id: the id never becomes a path.
    const name = folders.find((one) => one.normalize("NFC") === student.normalize("NFC"));
    if (name === undefined) return [];
    const path = join(folder, name, problemSet, "timestamp.txt");
    if (!existsSync(path)) return [];
    try {
      const at = isoTime(instantOf(readFileSync(path, "utf8"), "UTC"));
      return [{student, problemSet, at}];
    } catch (error) {
      throw new SyntaxError(`${path}: ${(error as Error).message}`);
    }
  });
}
