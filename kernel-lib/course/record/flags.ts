import type {Flag, FlagKind, SubmissionResult} from "../grading/result.js";

/** In words, for people who mark. */
export const FLAG_WORDS: Readonly<Record<FlagKind, string>> = {
  unreadable: "could not be read",
  "wrong-student": "another student's id",
  "cell-missing": "a cell is missing",
  "cell-duplicated": "a cell is there twice",
  "cell-changed": "a locked cell was changed",
  "cell-killed-run": "a cell ended the run",
  "limit-reached": "a limit was reached",
};

/**
 * What a student should know about the own submission. "wrong-student" stays with the staff: its
 * detail names another student, and what it means is for a person to find out.
 */
export function flagsForStudent({flags}: Pick<SubmissionResult, "flags">): Flag[] {
  return flags.filter(({kind}) => kind !== "wrong-student");
}
