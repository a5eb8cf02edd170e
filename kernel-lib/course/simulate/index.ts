/**
 * Made classes: submissions whose marks are known beforehand, to try out grading before students do.
 *
 * Fidelity: answers by the authors, planted wrong ones, and the attacks we know of.
 */
export {AnswerSheet} from "./answer-sheet.js";
export {expectedMarks, unexpectedMarks} from "./expected-marks.js";
export {ATTACKS} from "./hostile.js";
export {madeClass} from "./made-class.js";
export type {Kind, MadeSubmission} from "./made-class.js";
export {mutationTable} from "./mutation-table.js";
export type {TestedQuestion} from "./mutation-table.js";
export {readPlanted} from "./planted.js";
export type {Planted} from "./planted.js";
export {expectedCsv, writeClass} from "./write-class.js";
