import {changeLog, regradeDecision, withEntry} from "../course/record/index.js";
import type {MarkLog, SubmissionResult} from "../course/record/index.js";

/** Who signs what the engine does by itself. */
const BY = "course:grade";

/**
 * Enters into `marks.json` what grading anew changed: a mark that people have seen must not become
 * another one without a trace. A result that came out the same is no news.
 */
export class RegradeLog {
  private readonly out: string;
  private readonly onRequest: boolean;
  private waiting: ((log: MarkLog) => MarkLog)[] = [];

  /**
   * @param out folder of the grading run
   * @param onRequest whether somebody asked for what is graded already to be graded again
   */
  constructor(out: string, onRequest: boolean) {
    this.out = out;
    this.onRequest = onRequest;
  }

  /** Enters a change at once, since the run may be killed; later if somebody else is writing. */
  add(before: SubmissionResult, after: SubmissionResult): void {
    if (before.digest === after.digest && before.score === after.score) return;
    const {student, problemSet} = after;
    const decision = regradeDecision(before, after, this.why(before, after));
    const when = new Date().toISOString();
    this.waiting.push((log) =>
      withEntry(log, {student, problemSet}, decision, {by: BY, when: notBefore(log, when)}),
    );
    this.write();
  }

  /** @returns what could not be entered, as a sentence, or nothing */
  close(): string[] {
    const why = this.write();
    if (why === undefined) return [];
    return [`${this.waiting.length} changed marks are not in marks.json. ${why}`];
  }

  private write(): string | undefined {
    if (this.waiting.length === 0) return undefined;
    try {
      changeLog(this.out, (log) => this.waiting.reduce((one, change) => change(one), log));
      this.waiting = [];
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }

  private why(before: SubmissionResult, after: SubmissionResult): string {
    if (before.digest === after.digest) return "the machine gave another result";
    const request = this.onRequest ? ", on request (--regrade)" : "";
    return `the submission or the problem set changed${request}`;
  }
}

/** Whoever waited for the lock enters later than who had it, though it was decided before. */
function notBefore(log: MarkLog, when: string): string {
  const last = log.entries.at(-1)?.when;
  return last !== undefined && Date.parse(last) > Date.parse(when) ? last : when;
}
