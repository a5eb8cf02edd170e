/**
 * Record: what is made from the results of grading and the decisions of people. A grading run is a
 * folder:
 *
 *     results/STUDENT/psNN.json      written by the engine, never changed here
 *     marks.json                     decisions of people, each with name, time and reason
 *     course.json, roster.csv        rules and names; both may be missing
 *     grades.csv, grades-canvas.csv, grades-moodle.csv,
 *     gradescope/STUDENT/psNN.json, feedback/STUDENT/psNN.html      made from the above
 *
 * Everything below `finalMark` is a pure function: no clock, no chance that is not seeded.
 *
 * Fidelity: no model of anything.
 */
export type {SubmissionResult} from "../grading/result.js";
export {courseRules, DEFAULT_RULES} from "./course-rules.js";
export type {CourseRules, LateRule, SetRules} from "./course-rules.js";
export {instantOf, isoTime} from "./due-time.js";
export {exportRun} from "./export-run.js";
export type {ExportOptions} from "./export-run.js";
export {feedbackPage} from "./feedback-page.js";
export {gradeFiles} from "./grades-csv.js";
export type {MarkedSubmission} from "./grade-lines.js";
export type {GradeFiles, GradeFilesOptions} from "./grades-csv.js";
export {gradescopeResults} from "./gradescope.js";
export type {GradescopeResults, GradescopeTest, GradescopeVisibility} from "./gradescope.js";
export type {Lateness} from "./lateness.js";
export {EMPTY_LOG, entriesAbout, markLogText, parseMarkLog, withEntry} from "./mark-log.js";
export type {Decision, GradingState, MarkEntry, MarkLog, MarkTarget} from "./mark-log.js";
export {finalMark, overrideDecision, pointsDecision, regradeDecision} from "./marks.js";
export type {FinalMark, PersonsPoints, QuestionMark} from "./marks.js";
export {moderationSample} from "./moderation.js";
export type {SampleOptions, SampleRow} from "./moderation.js";
export {showOf, showPoints} from "./points.js";
export {parseRoster, rosterRowOf} from "./roster.js";
export type {RosterRow} from "./roster.js";
export {
  changeLog,
  keepFiles,
  readResults,
  readRun,
  submissionPath,
  writeText,
} from "./run-folder.js";
export type {GradingRun, RunFiles} from "./run-folder.js";
export {similarPairs} from "./similarity.js";
export type {
  AnswerText,
  PairSide,
  SimilarityOptions,
  SimilarityReport,
  SimilarPair,
  Stretch,
} from "./similarity.js";
export {PROVES_NOTHING, similarityPage, similarityText} from "./similarity-report.js";
export {problemSetName, studentFolder} from "./student-folder.js";
export {textTable} from "./text-table.js";
export {handedInTimes} from "./timestamps.js";
export type {HandedIn} from "./timestamps.js";
