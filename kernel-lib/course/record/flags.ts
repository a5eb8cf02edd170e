import type {Flag, SubmissionResult} from "../grading/result.js";

/**
 * What a student should know about the own submission. "wrong-student" stays with the staff: its
 * detail names another student, and what it means is for a person to find out.
 */
export function flagsForStudent({flags}: Pick<SubmissionResult, "flags">): Flag[] {
  return flags.filter(({kind}) => kind !== "wrong-student");
}
