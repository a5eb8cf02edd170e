/**
 * Grading: a submission is run in a process of its own, which hands its answers over as text; the
 * judge, which never runs anything of a submission, marks them.
 *
 * Fidelity: real isolation, by Linux namespaces and limits, tried by a probe before it is trusted.
 */
export {findSubmissions, readSubmissionFile} from "./find-submissions.js";
export type {Submission} from "./find-submissions.js";
export {gradeClass} from "./grade-class.js";
export type {ClassOptions, Grade} from "./grade-class.js";
export {gradeSubmission, restoreSubmission} from "./grade-submission.js";
export type {GradingTools} from "./grade-submission.js";
export {chooseIsolation} from "./isolation/probe.js";
export {Judge} from "./judge.js";
export {hiddenSeed, prepareSet} from "./prepared-set.js";
export type {PreparedSet} from "./prepared-set.js";
export {queueGrading, redisAt, startWorker} from "./queue.js";
export type {GradingJob} from "./queue.js";
export {restoreCells} from "./restore-cells.js";
export type {RestoredNotebook} from "./restore-cells.js";
export type {Flag, PropertyResult, QuestionResult, SubmissionResult} from "./result.js";
