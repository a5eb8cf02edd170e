import {existsSync, readFileSync} from "node:fs";
import {submissionPath, writeText} from "../record/index.js";
import {readSubmissionFile} from "./find-submissions.js";
import type {Submission} from "./find-submissions.js";
import {submissionDigest} from "./grade-submission.js";
import type {PreparedSet} from "./prepared-set.js";
import type {SubmissionResult} from "./result.js";

/** Grades one submission: here, or on another machine. */
export type Grade = (submission: Submission, bytes: Uint8Array) => Promise<SubmissionResult>;

export interface ClassOptions {
  prepared: ReadonlyMap<string, PreparedSet>;
  /** Folder of the grading run. */
  out: string;
  /** How many submissions are under way at once, a whole number >= 1. */
  jobs: number;
  grade: Grade;
  /** Told after each submission, also one that was already graded. */
  onDone?: (done: number, result: SubmissionResult, graded: boolean) => void;
  /** Whether also what is graded already is graded. Default false. */
  again?: boolean;
  /** Ends the run after the submissions under way. */
  signal?: AbortSignal;
}

/**
 * Grades a class and keeps each result as soon as it is there. A result that is already kept for the
 * same bytes, release and hidden tests is not made again: an interrupted run goes on where it stopped.
 *
 * @returns results in the order of the submissions
 * @throws Error if a submission could not be graded for a fault of the machine or the set
 */
export async function gradeClass(
  submissions: readonly Submission[],
  {prepared, out, jobs, grade, onDone, again = false, signal}: ClassOptions,
): Promise<SubmissionResult[]> {
  const results: SubmissionResult[] = [];
  let next = 0;
  let done = 0;
  const worker = async (): Promise<void> => {
    while (next < submissions.length && !signal?.aborted) {
      const at = next++;
      const submission = submissions[at]!;
      const bytes = readSubmissionFile(submission.path);
      const {student, problemSet} = submission;
      const path = submissionPath(out, "results", submission);
      const digest = submissionDigest(bytes, prepared.get(problemSet)!, student);
      const kept = again ? undefined : keptResult(path, digest);
      const result = kept ?? (await grade(submission, bytes));
      if (kept === undefined) writeText(path, `${JSON.stringify(result, null, 1)}\n`);
      results[at] = result;
      done++;
      onDone?.(done, result, kept === undefined);
    }
  };
  await Promise.all(Array.from({length: Math.min(jobs, submissions.length)}, worker));
  return results.filter((result) => result !== undefined);
}

/** What is kept for exactly this submission; a file that was cut short counts as nothing. */
function keptResult(path: string, digest: string): SubmissionResult | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const kept = JSON.parse(readFileSync(path, "utf8")) as SubmissionResult;
    return kept.digest === digest ? kept : undefined;
  } catch {
    return undefined;
  }
}
