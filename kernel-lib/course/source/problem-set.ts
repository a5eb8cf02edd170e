import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {parseNotebook} from "../../kernel/index.js";
import type {Notebook, NotebookCell} from "../../kernel/index.js";
import {nbgraderOf, roleOf} from "./cell-role.js";
import {hasRegion, regionProblems} from "./regions.js";

/** A problem set as its authors wrote it: with solutions and hidden tests. */
export interface ProblemSet {
  /** As in "ps03". */
  name: string;
  /** Where its source lies. */
  folder: string;
  notebook: Notebook;
  parts: Part[];
}

/** What is marked on its own: the cell that is marked, and those in which the answer is written. */
export interface Part {
  /** As in "q3". */
  question: string;
  /** A person marks it. */
  manual: boolean;
  points: number;
  /** nbgrader's `grade_id` of the cell that carries the points. */
  gradeId: string;
  /** `grade_id`s of the cells of the answer; of an essay, the cell that carries the points. */
  solutions: string[];
}

/** Ids of cells that grading makes. */
const RESERVED_ID = /^(?:given|own-\d+)$/;

/** Names of all problem sets below a folder `source/`, in order. */
export function problemSetNames(sourceFolder: string): string[] {
  if (!existsSync(sourceFolder)) return [];
  return readdirSync(sourceFolder, {withFileTypes: true})
    .filter((entry) => entry.isDirectory() && existsSync(notebookPath(sourceFolder, entry.name)))
    .map((entry) => entry.name)
    .sort();
}

/**
 * Reads a problem set, `source/NAME/NAME.ipynb`.
 *
 * @throws RangeError if there is none of that name; SyntaxError, with all that is wrong, if its
 *   cells cannot be released and marked
 */
export function readProblemSet(sourceFolder: string, name: string): ProblemSet {
  const known = problemSetNames(sourceFolder);
  if (!known.includes(name)) {
    const choice =
      known.length === 0 ? `${sourceFolder} has none` : `choose from ${known.join(", ")}`;
    throw new RangeError(`Cannot find problem set ${name}: ${choice}`);
  }
  const notebook = parsed(name, readFileSync(notebookPath(sourceFolder, name), "utf8"));
  const problems = sourceProblems(notebook);
  if (problems.length > 0) {
    throw new SyntaxError(`Cannot use problem set ${name}: ${problems.join("; ")}`);
  }
  return {name, folder: join(sourceFolder, name), notebook, parts: partsOf(notebook)};
}

/** What keeps a source notebook from being released and marked, empty if nothing does. */
export function sourceProblems(notebook: Notebook): string[] {
  const graded = notebook.cells.filter((cell) => nbgraderOf(cell) !== undefined);
  const ids = graded.map((cell) => nbgraderOf(cell)!.grade_id);
  const asks = questionNames(notebook);
  const cellIds = notebook.cells.map(({id}) => id);
  const submits = notebook.cells
    .filter((cell) => roleOf(cell) === "test")
    .map((cell) => submitted(cell, asks))
    .filter((question) => question !== undefined);
  return [
    ...repeated(ids).map((id) => `grade_id ${id} is there twice`),
    ...repeated(cellIds).map((id) => `cell id ${id} is there twice`),
    ...repeated(submits).map((id) => `question ${id} is handed in by two tests`),
    ...notebook.cells.flatMap((cell) => cellProblems(cell, asks)),
    ...pairProblems(notebook),
    ...pointProblems(notebook, asks),
  ];
}

/** Of each test: that there is a solution to be tested, and of each solution a test. */
function pairProblems(notebook: Notebook): string[] {
  const wrong: string[] = [];
  let open: string[] = [];
  for (const cell of notebook.cells) {
    const {grade_id: id = cell.id} = nbgraderOf(cell) ?? {};
    if (roleOf(cell) === "solution") open.push(id);
    if (roleOf(cell) !== "test") continue;
    if (open.length === 0) wrong.push(`cell ${id} tests no solution: none lies before it`);
    open = [];
  }
  return [...wrong, ...open.map((id) => `cell ${id} is a solution without a test behind it`)];
}

/** The points stand twice, for nbgrader and for `grade`: one of them alone gives no mark. */
function pointProblems(notebook: Notebook, asks: ReadonlyMap<string, string>): string[] {
  const code = notebook.cells.map(({source}) => source).join("\n");
  return notebook.cells.flatMap((cell) => {
    const question = roleOf(cell) === "test" ? submitted(cell, asks) : undefined;
    const about = nbgraderOf(cell);
    if (question === undefined || about === undefined) return [];
    const call = code.split(new RegExp(`question\\(\\s*["'\`]${question}["'\`]`))[1] ?? "";
    const asked = /\bpoints:\s*([\d.]+)/.exec(call.split("question(")[0]!)?.[1];
    if (asked === undefined || Number(asked) === about.points) return [];
    return [`cell ${about.grade_id} is worth ${about.points} points, its question ${asked}`];
  });
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
}

function parsed(name: string, text: string): Notebook {
  try {
    return parseNotebook(text);
  } catch (error) {
    throw new SyntaxError(`Cannot use problem set ${name}: ${(error as Error).message}`);
  }
}

function cellProblems(cell: NotebookCell, asks: ReadonlyMap<string, string>): string[] {
  const role = roleOf(cell);
  const {grade_id: id = cell.id, points} = nbgraderOf(cell) ?? {};
  const wrong: string[] = [];
  const need = (holds: boolean, what: string): void => {
    if (!holds) wrong.push(`cell ${id} ${what}`);
  };
  wrong.push(...regionProblems(cell.source).map((problem) => `cell ${id} ${problem}`));
  need(!nbgraderOf(cell)?.task, "is a task: make it an essay, grade and solution");
  need(!RESERVED_ID.test(cell.id), `has the cell id ${cell.id}, which grading uses itself`);
  const solved = role === "solution" || role === "essay";
  need(solved || !hasRegion(cell.source, "SOLUTION"), "has a solution, and is no solution cell");
  need(!solved || hasRegion(cell.source, "SOLUTION"), "has no region BEGIN SOLUTION");
  need(role === "test" || !hasRegion(cell.source, "HIDDEN TESTS"), "hides tests, and is no test");
  if (role === "test") {
    need(hasRegion(cell.source, "HIDDEN TESTS"), "has no region BEGIN HIDDEN TESTS");
    need(submitted(cell, asks) !== undefined, "must call submit of one question, once");
  }
  if (role === "test" || role === "essay") need((points ?? 0) > 0, "is worth no points");
  return wrong;
}

function partsOf(notebook: Notebook): Part[] {
  const asks = questionNames(notebook);
  const parts: Part[] = [];
  let solutions: string[] = [];
  for (const cell of notebook.cells) {
    const {grade_id: gradeId = "", points = 0} = nbgraderOf(cell) ?? {};
    const role = roleOf(cell);
    if (role === "solution") solutions.push(gradeId);
    if (role === "essay") {
      parts.push({question: gradeId, manual: true, points, gradeId, solutions: [gradeId]});
    }
    if (role !== "test") continue;
    parts.push({question: submitted(cell, asks)!, manual: false, points, gradeId, solutions});
    solutions = [];
  }
  return parts;
}

/** Variable → id, for every `const q3 = question("q3", …)`. */
function questionNames(notebook: Notebook): Map<string, string> {
  const found = notebook.cells.flatMap((cell) => [
    ...cell.source.matchAll(/(\w+)\s*=\s*question\(\s*["'`]([^"'`]+)["'`]/g),
  ]);
  return new Map(found.map(([, variable, id]) => [variable!, id!]));
}

function submitted(cell: NotebookCell, asks: ReadonlyMap<string, string>): string | undefined {
  const calls = [...cell.source.matchAll(/(\w+)\.submit\(/g)];
  return calls.length === 1 ? asks.get(calls[0]![1]!) : undefined;
}

function notebookPath(sourceFolder: string, name: string): string {
  return join(sourceFolder, name, `${name}.ipynb`);
}
