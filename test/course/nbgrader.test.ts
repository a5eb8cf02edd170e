/**
 * nbgrader as it comes from PyPI, on our sources and with our engine: what it releases, the marks that
 * it keeps, and the feedback that it writes.
 */
import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {AnswerSheet, readPlanted} from "kernel-lib/course/simulate";
import {nbgraderOf} from "kernel-lib/course/source";
import {formatNotebook, parseNotebook} from "kernel-lib/kernel";
import type {Notebook} from "kernel-lib/kernel";
import type {SubmissionResult} from "kernel-lib/course/grading";
import {afterAll, beforeAll, expect} from "vitest";
import {PLANTED} from "../../kernel-lib/dist/cli/course-folders.js";
import {gradeHere, prepareSets} from "../../kernel-lib/dist/cli/grading-run.js";
import {probeIsolation} from "../../kernel-lib/dist/course/grading/isolation/probe.js";
import {nbgraderPython} from "../peers/nbgrader/install.mjs";
import {itNeeds} from "../support/needs.js";
import {NbgraderCourse} from "../support/nbgrader.js";
import type {NbgraderMarks, NbgraderRun} from "../support/nbgrader.js";

const NAME = "ps03";
const python = nbgraderPython();
const {isolation} = await probeIsolation();
const ready = python !== undefined && isolation !== undefined;
const prepared = prepareSets([]);
const {set, release} = prepared.get(NAME)!;

const itGrades = (name: string, test: () => void): void =>
  itNeeds(ready, "nbgrader and a sandbox", "node test/peers/nbgrader/install.mjs", name, test);

/** Handed in, by student; none of it is honest about its metadata but ada's and cyd's. */
const submissions: Record<string, string> = {
  ada: formatNotebook(new AnswerSheet(set, release).solve().notebook("ada")),
  bob: formatNotebook(withNewerSchema(partlyRight().notebook("bob"))),
  cyd: formatNotebook(release),
  dan: "this is no notebook {",
};

let course: NbgraderCourse;
let graded: NbgraderRun;
/** Of eve, whose answers are ada's, by an engine that does not start. */
let failed: NbgraderRun;
let marks: NbgraderMarks;
/** What our own door says of ada and bob; the others wrote nothing that is worth a point. */
const results: Record<string, SubmissionResult> = {};

beforeAll(async () => {
  if (!ready) return;
  course = new NbgraderCourse(python, "engine", afterAll);
  for (const name of prepared.keys()) course.run("generate_assignment", name);
  const here = await gradeHere(prepared, {jobs: 1, trusted: false, warnings: []});
  for (const [student, text] of Object.entries(submissions)) {
    course.submit(student, NAME, text);
    if (!["ada", "bob"].includes(student)) continue;
    results[student] = await here.grade({student, problemSet: NAME}, Buffer.from(text));
  }
  await here.close();
  graded = course.run("autograde", NAME);
  course.submit("eve", NAME, submissions["ada"]!);
  failed = course.run("autograde", NAME, "--student=eve", "--Engine.node=/no/such/node");
  marks = course.marks(NAME);
});

itGrades("nbgrader generate_assignment releases the cells that course:release does", () => {
  expect(prepared.size).toBeGreaterThan(1);
  for (const [name, {release: ours}] of prepared) {
    const theirs = readNotebook("release", name);
    expect(theirs.cells.map(({id, source}) => ({id, source}))).toEqual(
      ours.cells.map(({id, source}) => ({id, source})),
    );
    const locks = ({cells}: Notebook): unknown[] =>
      cells.map(({metadata: {deletable, editable}}) => ({deletable, editable}));
    expect(locks(theirs)).toEqual(locks(ours));
    expect(JSON.stringify(theirs)).not.toMatch(/HIDDEN TESTS|BEGIN SOLUTION/);
  }
});

itGrades("nbgrader autograde keeps the engine's marks, also of files that stop nbgrader", () => {
  expect(graded.printed).not.toContain("Traceback");
  expect(graded.ok).toBe(true);
  for (const [student, {questions}] of Object.entries(results)) {
    const tested = questions.filter(({manual}) => !manual);
    for (const {gradeId, score} of tested) expect(marks[student]![gradeId]).toBe(score);
  }
  expect(results["ada"]!.score).toBe(results["ada"]!.maxScore);
  const [whole, part] = [results["ada"]!, results["bob"]!].map(({questions}) => questions[0]!);
  expect(part!.score).toBeGreaterThan(0);
  expect(part!.score).toBeLessThan(whole!.score);
  for (const student of ["cyd", "dan"]) {
    expect(Object.values(marks[student]!)).toEqual(set.parts.map(() => 0));
  }
});

itGrades("nbgrader autograde asks a person to mark essays, but for those nobody wrote", () => {
  const essays = set.parts.filter(({manual}) => manual).map(({gradeId}) => gradeId);
  expect(essays.length).toBeGreaterThan(0);
  for (const essay of essays) {
    expect([marks["ada"]![essay], marks["cyd"]![essay], marks["dan"]![essay]]).toEqual([
      null,
      0,
      0,
    ]);
  }
});

itGrades("nbgrader generate_feedback says what was wrong, and prints no hidden test", () => {
  expect(course.run("generate_feedback", NAME).ok).toBe(true);
  const page = (student: string): string =>
    readFileSync(join(course.folder, "feedback", student, NAME, `${NAME}.html`), "utf8");
  for (const student of Object.keys(submissions)) {
    expect(page(student)).not.toMatch(/HIDDEN TESTS|\.grade\(/);
  }
  const [lost] = results["bob"]!.questions[0]!.properties.filter(({score}) => score === 0);
  expect(page("bob")).toContain(`✗ ${lost!.name}`);
  expect(page("dan")).toContain("The file could not be opened as a notebook.");
  const all = results["bob"]!.questions.flatMap(({properties}) => properties);
  for (const {name} of all) expect(page("cyd")).not.toContain(`✓ ${name}`);
});

itGrades("nbgrader autograde keeps no mark where the engine fails, and says why", () => {
  expect(failed.ok).toBe(false);
  expect(failed.printed).toContain("/no/such/node");
  expect(Object.values(marks["eve"]!).filter((points) => points !== null)).toEqual([]);
  expect(existsSync(join(course.folder, "autograded", "eve", NAME))).toBe(false);
});

/** All answers right but the first, which earns a part of its points. */
function partlyRight(): AnswerSheet {
  const sheet = new AnswerSheet(set, release).solve();
  const {question} = set.parts[0]!;
  const fewest = readPlanted(PLANTED, NAME)
    .filter((one) => one.question === question)
    .sort((a, b) => a.fails.length - b.fails.length)[0]!;
  return sheet.write(fewest.cell, fewest.source);
}

/** nbgrader ends the whole run at a cell whose metadata are of a later version than its own. */
function withNewerSchema(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) => {
    const about = nbgraderOf(cell);
    if (about === undefined) return cell;
    return {...cell, metadata: {...cell.metadata, nbgrader: {...about, schema_version: 99}}};
  });
  return {...notebook, cells};
}

function readNotebook(step: string, name: string): Notebook {
  return parseNotebook(readFileSync(join(course.folder, step, name, `${name}.ipynb`), "utf8"));
}
