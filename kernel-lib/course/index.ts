/**
 * Course: what the notebook of a problem set calls.
 *
 * `student` and `variant` say who works and on which numbers, `question` asks, hands in and marks,
 * `trialSeed` draws the inputs on which an answer is tried, `progress` is the student's own table.
 * Grading itself is a tool (`npm run course:grade`), below in `source/`, `grading/` and `record/`.
 *
 * Fidelity: no model of anything. Hidden tests run in the grader, never beside a submission.
 */
export type {Answer} from "./answer.js";
export {progress} from "./progress.js";
export {question, Question, trialSeed} from "./question.js";
export type {Holds, Property, QuestionOptions, Tier} from "./question.js";
export {student} from "./student.js";
export {variant} from "./variant.js";
