import {createHash} from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import {basename, dirname, join, relative} from "node:path";
import {formatNotebook} from "../../kernel/index.js";
import type {Notebook, NotebookCell} from "../../kernel/index.js";
import {roleOf} from "./cell-role.js";
import type {ProblemSet} from "./problem-set.js";
import {CODE_STUB, removeHiddenTests, replaceSolutions, TEXT_STUB} from "./regions.js";

/** The line of a source notebook that names the course; a release names the one it is for. */
const COURSE_LINE = /^const course = "([^"\n]*)";/m;

/**
 * What students get: no solution, no hidden test, no output. The same source and course give the
 * same bytes.
 *
 * @param course as in "cloud-2026"; it decides the variants
 * @throws RangeError if the name could not stand in quotes, or the notebook names no course
 */
export function releaseNotebook(set: ProblemSet, course: string): Notebook {
  if (!/^[\w-](?:[\w .-]*[\w-])?$/.test(course)) {
    throw new RangeError(
      `Cannot release for course ${JSON.stringify(course)}: need Latin letters, digits, "-" and "_", ` +
        'and only inside "." and spaces',
    );
  }
  courseOf(set);
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
  return source.replace(COURSE_LINE, () => `const course = "${course}";`);
}

/** The course that a source names. @throws RangeError if it does not name exactly one */
export function courseOf({name, notebook}: Pick<ProblemSet, "name" | "notebook">): string {
  const named = notebook.cells.flatMap(({source}) => COURSE_LINE.exec(source)?.[1] ?? []);
  if (named.length !== 1) {
    throw new RangeError(`Cannot release ${name}: need one line const course = "…"`);
  }
  return named[0]!;
}

/**
 * Writes a release: the notebook, what lies beside its source (but no other notebook, and nothing
 * whose name begins with a dot), and the note for students' assistants. An older release of the set is
 * replaced, and only once the new one is complete; what a killed release left is cleared away.
 *
 * @param folder `release/NAME`; it is the command's own
 * @param extras files to copy into it, such as AGENTS.md
 * @returns names of the files written
 * @throws Error, before anything is changed, if a file lies in the folder that no release puts there:
 *   it may be the only copy of somebody's work, or a leftover that students must not get
 */
export function writeRelease(
  set: ProblemSet,
  {course, folder, extras}: {course: string; folder: string; extras: readonly string[]},
): string[] {
  const draft = join(dirname(folder), `.${basename(folder)}.draft`);
  rmSync(draft, {recursive: true, force: true});
  mkdirSync(draft, {recursive: true});
  for (const entry of readdirSync(set.folder, {withFileTypes: true})) {
    const from = join(set.folder, entry.name);
    cpSync(from, join(draft, entry.name), {recursive: true, filter: isForStudents});
  }
  for (const extra of extras) cpSync(extra, join(draft, basename(extra)));
  writeFileSync(join(draft, `${set.name}.ipynb`), formatNotebook(releaseNotebook(set, course)));
  const files = filesIn(draft);
  const strange = filesIn(folder).filter(
    (file) => !files.includes(file) && !LEFT_BY_TOOLS.test(file),
  );
  if (strange.length > 0) {
    rmSync(draft, {recursive: true, force: true});
    throw new Error(
      `Cannot replace ${folder}: no release puts ${strange.join(", ")} there; move it away first`,
    );
  }
  rmSync(folder, {recursive: true, force: true});
  renameSync(draft, folder);
  return files;
}

/** What is made again whenever somebody opens the notebook there. */
const LEFT_BY_TOOLS = /(?:^|[\\/])(?:\.ipynb_checkpoints|\.progress|\.DS_Store)(?:[\\/]|$)/;

function isForStudents(path: string): boolean {
  return !basename(path).startsWith(".") && !path.endsWith(".ipynb");
}

/** Paths below a folder, without the folders themselves; none where there is no folder. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
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
  if (cell.cell_type !== "code") return {...cell, ...keptPictures(cell, source), metadata, source};
  return {...cell, metadata, source, outputs: [], execution_count: null};
}

/** A picture of a model answer is part of it, though it lies outside the region. */
function keptPictures(cell: NotebookCell, source: string): object {
  const {attachments} = cell as {attachments?: Record<string, unknown>};
  if (attachments === undefined) return {};
  const shown = Object.entries(attachments).filter(
    ([name]) =>
      source.includes(`attachment:${encodeURI(name)}`) || source.includes(`attachment:${name}`),
  );
  return {attachments: Object.fromEntries(shown)};
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
