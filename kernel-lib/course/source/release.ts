import {createHash} from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import {basename, dirname, join} from "node:path";
import {formatNotebook} from "../../kernel/index.js";
import type {Notebook, NotebookCell} from "../../kernel/index.js";
import {roleOf} from "./cell-role.js";
import type {ProblemSet} from "./problem-set.js";
import {CODE_STUB, removeHiddenTests, replaceSolutions, TEXT_STUB} from "./regions.js";

/** The line of a source notebook that names the course; a release names the one it is for. */
const COURSE_LINE = /^const course = "[^"\n]*";/m;

/**
 * What students get: no solution, no hidden test, no output. The same source and course give the
 * same bytes.
 *
 * @param course as in "cloud-2026"; it decides the variants
 * @throws RangeError if the name could not stand in quotes, or the notebook names no course
 */
export function releaseNotebook(set: ProblemSet, course: string): Notebook {
  if (!/^[\w .-]+$/.test(course)) {
    throw new RangeError(
      `Cannot release for course ${course}: need letters, digits, ".", "-", "_"`,
    );
  }
  const named = set.notebook.cells.filter((cell) => COURSE_LINE.test(cell.source));
  if (named.length !== 1) {
    throw new RangeError(`Cannot release ${set.name}: need one line const course = "…"`);
  }
  const cells = set.notebook.cells.map((cell) => releaseCell(cell, course));
  const about = set.notebook.metadata["glass_cloud"] as object | undefined;
  const metadata = {
    ...set.notebook.metadata,
    glass_cloud: {...about, problemSet: set.name, course},
  };
  return {...set.notebook, metadata, cells};
}

/** The source of a cell in which the course, if it is named, is this one. */
export function forCourse(source: string, course: string): string {
  return source.replace(COURSE_LINE, `const course = "${course}";`);
}

/** @returns the course that a notebook was released for, or its source's */
export function courseOf(notebook: Notebook): string | undefined {
  const line = notebook.cells.map((cell) => COURSE_LINE.exec(cell.source)?.[0]).find(Boolean);
  return line?.slice(line.indexOf('"') + 1, -2);
}

/**
 * Writes a release: the notebook, what lies beside its source, and the note for students'
 * assistants. An older release of the set is replaced, and only once the new one is complete.
 *
 * @param folder `release/NAME`
 * @param extras files to copy into it, such as AGENTS.md
 * @returns names of the files written
 */
export function writeRelease(
  set: ProblemSet,
  {course, folder, extras}: {course: string; folder: string; extras: readonly string[]},
): string[] {
  const draft = join(dirname(folder), `.${basename(folder)}.draft`);
  rmSync(draft, {recursive: true, force: true});
  mkdirSync(draft, {recursive: true});
  for (const entry of readdirSync(set.folder, {withFileTypes: true})) {
    if (entry.name.startsWith(".") || entry.name.endsWith(".ipynb")) continue;
    cpSync(join(set.folder, entry.name), join(draft, entry.name), {recursive: true});
  }
  for (const extra of extras) cpSync(extra, join(draft, basename(extra)));
  writeFileSync(join(draft, `${set.name}.ipynb`), formatNotebook(releaseNotebook(set, course)));
  rmSync(folder, {recursive: true, force: true});
  renameSync(draft, folder);
  return (readdirSync(folder, {recursive: true}) as string[]).sort();
}

/** Reads the notebook of a release, or undefined if there is none. */
export function readRelease(folder: string): string | undefined {
  const path = join(folder, `${basename(folder)}.ipynb`);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** SHA-256 in hexadecimal, over texts with their lengths. */
export function digestOf(...texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest("hex");
}

function releaseCell(cell: NotebookCell, course: string): NotebookCell {
  const stub = cell.cell_type === "code" ? CODE_STUB : TEXT_STUB;
  const cleared = removeHiddenTests(replaceSolutions(cell.source, stub));
  const source = forCourse(cleared, course);
  const {collapsed: _, jupyter, ...kept} = cell.metadata;
  const metadata = {...kept, ...foldedSource(jupyter), ...lock(cell)};
  if (cell.cell_type !== "code") return {...cell, metadata, source};
  return {...cell, metadata, source, outputs: [], execution_count: null};
}

/** A folded output would hide it from the student; a folded source keeps hints from being read. */
function foldedSource(jupyter: unknown): object {
  const {source_hidden = false} = (jupyter ?? {}) as {source_hidden?: boolean};
  return source_hidden ? {jupyter: {source_hidden}} : {};
}

/** As nbgrader's LockCells: JupyterLab then refuses to change or delete such a cell. */
function lock(cell: NotebookCell): object {
  const role = roleOf(cell);
  if (role === "given" || role === "test") return {deletable: false, editable: false};
  return role === "solution" || role === "essay" ? {deletable: false} : {};
}
