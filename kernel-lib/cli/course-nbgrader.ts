/**
 * What nbgrader starts for each submission, by way of `notebooks/coursework/glass_cloud_nbgrader.py`:
 * JSON on standard input, JSON on standard output, what a teacher should know on standard error. It
 * ends with status 1 only for a fault of the machine or of the problem set, never of the submission.
 */
import {readFileSync} from "node:fs";
import {readSubmissionFile, restoreSubmission} from "../course/grading/index.js";
import type {SubmissionResult} from "../course/grading/index.js";
import {nbgraderOf, roleOf} from "../course/source/index.js";
import type {Notebook} from "../kernel/index.js";
import {gradeHere, prepareSets} from "./grading-run.js";
import {runCommand} from "./run-command.js";

interface NbgraderRequest {
  /** The file as it was handed in. */
  path: string;
  student: string;
  /** As in "ps03": nbgrader's name of the assignment. */
  problemSet: string;
  /** The course that the set was released for; empty for the one that `release/` or the source names. */
  course: string;
  /** Whether to grade where there is no sandbox. */
  trusted: boolean;
}

interface NbgraderReply {
  result: SubmissionResult;
  /** The release with the student's answers and own cells: what was run for these marks. */
  notebook: Notebook;
}

await runCommand(async () => {
  const request = JSON.parse(readFileSync(0, "utf8")) as NbgraderRequest;
  const {path, student, problemSet, course, trusted} = request;
  const prepared = prepareSets([problemSet], course === "" ? undefined : course);
  const warnings: string[] = [];
  const here = await gradeHere(prepared, {jobs: 1, trusted, warnings});
  const bytes = readSubmissionFile(path);
  const result = await here.grade({student, problemSet}, bytes);
  await here.close();
  const reply: NbgraderReply = {
    result,
    notebook: forNbgrader(bytes, prepared.get(problemSet)!.release),
  };
  for (const warning of warnings) console.error(warning);
  process.stdout.write(JSON.stringify(reply, wellFormed));
});

/** An essay that was deleted is one that nobody wrote, which nbgrader knows by the release's text. */
function forNbgrader(bytes: Uint8Array, release: Notebook): Notebook {
  const {notebook, untouched} = restoreSubmission(bytes, release).restored;
  const given = new Map(release.cells.map((cell) => [nbgraderOf(cell)?.grade_id, cell.source]));
  const cells = notebook.cells.map((cell) => {
    const id = nbgraderOf(cell)?.grade_id;
    const isOpen = roleOf(cell) === "essay" && untouched.has(id!);
    return isOpen ? {...cell, source: given.get(id)!} : cell;
  });
  return {...notebook, cells};
}

/** Half a pair of surrogates is no text to Python, which could not write the notebook. */
function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "\ufffd") : value;
}
