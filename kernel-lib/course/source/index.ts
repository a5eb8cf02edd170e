/**
 * Problem sets as their authors write them, in nbgrader's metadata and markers, and what is made of
 * them: the release for students and the judge that marks their answers.
 *
 * Source: nbgrader 0.9.6, "Creating and grading assignments"; its cell metadata, schema version 3.
 */
export {nbgraderOf, roleOf} from "./cell-role.js";
export type {CellRole, NbgraderMetadata} from "./cell-role.js";
export {judgeModule} from "./judge-module.js";
export {problemSetNames, readProblemSet, sourceProblems} from "./problem-set.js";
export type {Part, ProblemSet} from "./problem-set.js";
export {CODE_STUB, hasRegion, removeHiddenTests, replaceSolutions, TEXT_STUB} from "./regions.js";
export {courseOf, releaseNotebook, writeRelease} from "./release.js";
