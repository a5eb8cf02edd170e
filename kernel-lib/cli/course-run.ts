import {keepFiles, readRun} from "../course/record/index.js";
import type {GradingRun, SubmissionResult} from "../course/record/index.js";

/** A grading run, and the part of it that a command is about. */
export interface ChosenRun extends GradingRun {
  /** The results of one problem set, by student. */
  ofSet: SubmissionResult[];
  problemSet: string;
}

/**
 * Reads a run, to which rules and roster are copied first where they are named, and picks one problem
 * set: the one that is named, or the only one there.
 *
 * @throws Error if the run has another, or several and none is named
 */
export function chosenRun(
  out: string,
  options: {set?: string | undefined; rules?: string | undefined; roster?: string | undefined},
): ChosenRun {
  keepFiles(out, {course: options.rules, roster: options.roster});
  const run = readRun(out);
  const sets = [...new Set(run.results.map(({problemSet}) => problemSet))];
  const problemSet = options.set ?? sets[0]!;
  if (!sets.includes(problemSet) || (options.set === undefined && sets.length > 1)) {
    throw new Error(`Say which problem set: --set ${sets.join(" | ")}`);
  }
  const ofSet = run.results.filter((result) => result.problemSet === problemSet);
  return {...run, ofSet, problemSet};
}

/** The result of a student; an accent may be typed as part of its letter or after it. */
export function resultOf({ofSet, problemSet}: ChosenRun, student: string): SubmissionResult {
  const id = student.normalize("NFC");
  const found = ofSet.find((result) => result.student.normalize("NFC") === id);
  if (found === undefined) {
    throw new Error(
      `Cannot find ${JSON.stringify(student)}: ${problemSet} was graded for ${ofSet.length} students`,
    );
  }
  return found;
}
