import type {SubmissionResult} from "../grading/index.js";
import type {MadeSubmission} from "./made-class.js";

/**
 * What a made submission must be worth, by question: what a perfect one got, less the properties
 * that it was made to fail.
 *
 * @param perfect result of a submission that is right throughout
 */
export function expectedMarks(
  perfect: SubmissionResult,
  {loses}: Pick<MadeSubmission, "loses">,
): Record<string, number> {
  return Object.fromEntries(
    perfect.questions
      .filter(({manual}) => !manual)
      .map(({id, properties}) => {
        const lost = loses[id] ?? [];
        const kept = lost === "all" ? [] : properties.filter(({name}) => !lost.includes(name));
        return [id, kept.reduce((sum, {maxScore}) => sum + maxScore, 0)];
      }),
  );
}

/** In which questions a result is not what was expected, a sentence each. */
export function unexpectedMarks(
  result: SubmissionResult,
  expected: Readonly<Record<string, number>>,
): string[] {
  return (
    result.questions
      // Also where nothing was expected: a number is never near to that.
      .filter(({manual, id, score}) => !manual && !(Math.abs(score - expected[id]!) <= 1e-9))
      .map(({id, score}) => `${result.student}, ${id}: expected ${expected[id]}, got ${score}`)
  );
}
