import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {courseOf, problemSetNames, readProblemSet} from "../course/source/index.js";
import {ROOT} from "./notebook-files.js";

/** The course's root, as nbgrader understands it. */
export const COURSEWORK: string = join(ROOT, "notebooks", "coursework");
export const SOURCE: string = join(COURSEWORK, "source");
/** Wrong solutions, on which hidden tests and made classes are tried. */
export const PLANTED: string = join(COURSEWORK, "planted");
export const RELEASE: string = join(COURSEWORK, "release");
/** Generated judges: below the project, so that Node finds our library from there. */
export const JUDGES: string = join(ROOT, "build", "grading", "judges");
export const GRADES: string = join(ROOT, "build", "grades");

/**
 * The problem sets that a command is about.
 *
 * @param names none for all
 * @throws RangeError for a name that is none
 */
export function chosenSets(names: readonly string[]): string[] {
  const known = problemSetNames(SOURCE);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(`Cannot find problem set ${unknown}: choose from ${known.join(", ")}`);
  }
  return names.length === 0 ? known : [...names];
}

/** The course that a set was released for; the source's own where it was not. */
export function releasedCourse(name: string): string {
  const path = join(RELEASE, name, `${name}.ipynb`);
  const released = existsSync(path) ? courseIn(readFileSync(path, "utf8")) : undefined;
  return released ?? courseOf(readProblemSet(SOURCE, name).notebook) ?? "glass-cloud";
}

function courseIn(notebookText: string): string | undefined {
  const {metadata} = JSON.parse(notebookText) as {metadata?: {glass_cloud?: {course?: string}}};
  return metadata?.glass_cloud?.course;
}
