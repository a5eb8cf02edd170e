import {existsSync, readFileSync} from "node:fs";
import {submissionPath, writeText} from "../record/index.js";
import {readSubmissionFile} from "./find-submissions.js";
import type {Submission} from "./find-submissions.js";
import {submissionDigest} from "./grade-submission.js";
import type {PreparedSet} from "./prepared-set.js";
import type {SubmissionResult} from "./result.js";

/** Grades one submission, given its bytes: here, or on another machine. */
export type Grade = (
  of: Pick<Submission, "student" | "problemSet">,
  bytes: Uint8Array,
) => Promise<SubmissionResult>;

export interface ClassOptions {
  prepared: ReadonlyMap<string, PreparedSet>;
  /** Folder of the grading run. */
  out: string;
  /** How many submissions are under way at once, a whole number >= 1. */
  jobs: number;
  grade: Grade;
  /**
   * Told after each submission, also one that was already graded; `earlier` is the result that was
   * kept before, for the same submission or another one of the same student.
   */
  onDone?: (
    done: number,
    result: SubmissionResult,
    graded: boolean,
    earlier: SubmissionResult | undefined,
  ) => void;
  /** Whether also what is graded already is graded. Default false. */
  again?: boolean;
  /** Ends the run after the submissions under way. */
  signal?: AbortSignal;
}

/** After so many submissions that cannot be graded no other is begun: it is not they. */
const MOST_FAILURES = 3;

/**
 * Grades a class and keeps each result as soon as it is there. A result that is already kept for the
 * same bytes, release and hidden tests is not made again: an interrupted run goes on where it stopped.
 *
 * A submission that cannot be graded keeps no other from being graded; after three, those under way
 * are ended and kept, and no more are begun.
 *
 * @returns results in the order of the submissions
 * @throws RangeError if `jobs` is no whole number >= 1; Error, at the end and with the students'
 *   names, if submissions could not be graded for a fault of the machine or the set
 */
export async function gradeClass(
  submissions: readonly Submission[],
  {prepared, out, jobs, grade, onDone, again = false, signal}: ClassOptions,
): Promise<SubmissionResult[]> {
  if (!Number.isInteger(jobs) || jobs < 1) {
    throw new RangeError(`Cannot grade a class: need a whole number of jobs >= 1, got ${jobs}`);
  }
  const results: SubmissionResult[] = [];
  const failures: string[] = [];
  let next = 0;
  let done = 0;
  const gradeOne = async (at: number): Promise<void> => {
    const submission = submissions[at]!;
    const bytes = readSubmissionFile(submission.path);
    const {student, problemSet} = submission;
    const path = submissionPath(out, "results", submission);
    const digest = submissionDigest(bytes, prepared.get(problemSet)!, student);
    const earlier = earlierResult(path);
    const kept = again || earlier?.digest !== digest ? undefined : earlier;
    const result = kept ?? (await grade(submission, bytes));
    if (kept === undefined) writeText(path, `${JSON.stringify(result, null, 1)}\n`);
    results[at] = result;
    done++;
    onDone?.(done, result, kept === undefined, earlier);
  };
  const worker = async (): Promise<void> => {
    while (next < submissions.length && !signal?.aborted && failures.length < MOST_FAILURES) {
      const at = next++;
      try {
        await gradeOne(at);
      } catch (error) {
        const {student, problemSet} = submissions[at]!;
        failures.push(`${student}, ${problemSet}: ${(error as Error).message}`);
      }
    }
  };
  await Promise.all(Array.from({length: Math.min(jobs, submissions.length)}, worker));
  if (failures.length > 0) {
    throw new Error(
      `Cannot grade ${failures.join("; ")}. ${done} of ${submissions.length} results are kept: ` +
        "the same command goes on from there",
    );
  }
  return results.filter((result) => result !== undefined);
}

/** What is kept for this student; a file that was cut short counts as nothing. */
function earlierResult(path: string): SubmissionResult | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const kept = JSON.parse(readFileSync(path, "utf8")) as SubmissionResult | null;
    return kept?.format === 1 && Array.isArray(kept.questions) ? kept : undefined;
  } catch {
    return undefined;
  }
}
