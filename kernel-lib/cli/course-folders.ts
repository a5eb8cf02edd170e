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

/** The problem sets that a command is about: those named, or all. */
export function chosenSets(names: readonly string[]): string[] {
  return names.length === 0 ? problemSetNames(SOURCE) : [...names];
}

/** The course that a set was released for; the source's own where it was not. */
export function releasedCourse(name: string): string {
  const set = readProblemSet(SOURCE, name);
  const path = join(RELEASE, name, `${name}.ipynb`);
  const released = existsSync(path) ? courseIn(readFileSync(path, "utf8")) : undefined;
  return released ?? courseOf(set);
}

function courseIn(notebookText: string): string | undefined {
  const {metadata} = JSON.parse(notebookText) as {metadata?: {glass_cloud?: {course?: string}}};
  return metadata?.glass_cloud?.course;
}
