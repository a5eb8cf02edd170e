import type {PropertyResult, QuestionResult, SubmissionResult} from "../grading/result.js";
import {flagsForStudent} from "./flags.js";
import type {FinalMark, QuestionMark} from "./marks.js";
import {roundPoints, showOf, showPoints} from "./points.js";

/** When a student sees something in Gradescope. */
export type GradescopeVisibility = "visible" | "hidden" | "after_due_date" | "after_published";

export interface GradescopeTest {
  number: string;
  name: string;
  score: number;
  max_score: number;
  status?: "passed" | "failed";
  output: string;
  output_format: "text";
  visibility: GradescopeVisibility;
  tags: string[];
}

/** Gradescope's `results.json`. */
export interface GradescopeResults {
  score: number;
  output: string;
  output_format: "text";
  test_output_format: "text";
  test_name_format: "text";
  visibility: GradescopeVisibility;
  stdout_visibility: "hidden";
  extra_data: Record<string, unknown>;
  tests: GradescopeTest[];
}

/**
 * One submission in the format of Gradescope's autograders ("Autograder Specifications": Output
 * format). `score` is the mark of record, and Gradescope lets it stand above the sum of the tests:
 * the penalty is in it. Everything is marked as text, so that nothing of a student's is read as HTML
 * or Markdown.
 *
 * @param visibility of all tests; before the due date they would tell what the hidden tests ask
 */
export function gradescopeResults(
  result: SubmissionResult,
  final: FinalMark,
  visibility: GradescopeVisibility = "after_published",
): GradescopeResults {
  return {
    score: final.mark,
    output: summary(result, final),
    output_format: "text",
    test_output_format: "text",
    test_name_format: "text",
    visibility,
    stdout_visibility: "hidden",
    extra_data: {
      course: result.course,
      problem_set: result.problemSet,
      student: result.student,
      seed: result.seed,
      digest: result.digest,
      auto: final.auto,
      manual: final.manual,
      penalty: final.penalty,
      override: final.override?.points ?? null,
      flags: flagsForStudent(result),
    },
    tests: result.questions.flatMap((question, index) =>
      testsOf(question, final.questions[index]!).map((test, part) => ({
        number: `${index + 1}.${part + 1}`,
        ...test,
        output_format: "text" as const,
        visibility,
        tags: [question.id, `tier-${question.tier}`, ...(question.manual ? ["manual"] : [])],
      })),
    ),
  };
}

type Test = Pick<GradescopeTest, "name" | "score" | "max_score" | "status" | "output">;

function testsOf(question: QuestionResult, mark: QuestionMark): Test[] {
  const title = `${question.id}: ${question.title}`;
  if (mark.person !== undefined) {
    const {points, comment} = mark.person;
    return [{name: title, score: points, max_score: mark.maxScore, output: comment}];
  }
  if (question.manual) {
    const output = "A person marks this question.";
    return [{name: title, score: 0, max_score: mark.maxScore, output}];
  }
  if (question.properties.length === 0) {
    const max_score = mark.maxScore;
    return [{name: title, score: mark.auto, max_score, status: "failed", output: question.problem}];
  }
  return question.properties.map((property) => ({
    name: `${title}: ${property.name}`,
    score: roundPoints(property.score),
    max_score: roundPoints(property.maxScore),
    status: property.score >= property.maxScore ? "passed" : "failed",
    output: reason(property, question.problem),
  }));
}

function reason({why, hint}: PropertyResult, problem: string): string {
  return [why || problem, hint && `Hint: ${hint}`].filter((text) => text !== "").join("\n");
}

function summary(result: SubmissionResult, final: FinalMark): string {
  const lines = [`Mark: ${showOf(final.mark, final.maxMark)}`];
  if (final.waiting.length > 0) lines.push(`Not yet marked: ${final.waiting.join(", ")}`);
  if (final.penalty > 0) {
    lines.push(`Taken for lateness: ${showPoints(final.penalty)}. ${final.late.because}`);
  }
  if (final.override !== undefined) {
    lines.push(`A person decided the mark: ${final.override.comment}`);
  }
  lines.push(...flagsForStudent(result).map(({detail}) => `Note: ${detail}`));
  return lines.join("\n");
}
