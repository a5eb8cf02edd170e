import {join} from "node:path";
import {feedbackPage} from "./feedback-page.js";
import {gradeFiles} from "./grades-csv.js";
import {gradescopeResults} from "./gradescope.js";
import type {GradescopeVisibility} from "./gradescope.js";
import {finalMark} from "./marks.js";
import {submissionPath, writeText} from "./run-folder.js";
import type {GradingRun} from "./run-folder.js";

export interface ExportOptions {
  /** Whether the LMS's files get marks that still wait for a person. */
  partial?: boolean;
  visibility?: GradescopeVisibility;
}

/**
 * Writes everything that is made from results and marks: the three tables of grades, and for each
 * submission Gradescope's results and the student's feedback page. The same run gives the same bytes.
 *
 * @returns the number of submissions, and what a person should know
 */
export function exportRun(
  out: string,
  {results, log, rules, roster}: GradingRun,
  {partial = false, visibility}: ExportOptions = {},
): {submissions: number; warnings: string[]} {
  const submissions = results.map((result) => ({result, final: finalMark(result, log, rules)}));
  for (const {result, final} of submissions) {
    const results = gradescopeResults(result, final, visibility);
    writeText(submissionPath(out, "gradescope", result), `${JSON.stringify(results, null, 1)}\n`);
    writeText(submissionPath(out, "feedback", result), feedbackPage(result, final));
  }
  const files = gradeFiles({submissions, roster, rules, partial});
  writeText(join(out, "grades.csv"), files.grades);
  writeText(join(out, "grades-canvas.csv"), files.canvas);
  writeText(join(out, "grades-moodle.csv"), files.moodle);
  const strays = submissions.flatMap(({final}) =>
    final.strays.map((stray) => `${final.student}, ${final.problemSet}: ${stray}.`),
  );
  return {submissions: submissions.length, warnings: [...files.warnings, ...strays]};
}
