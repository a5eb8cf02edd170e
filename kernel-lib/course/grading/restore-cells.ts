import type {Notebook, NotebookCell} from "../../kernel/index.js";
import {nbgraderOf, roleOf} from "../source/cell-role.js";
import type {Flag} from "./result.js";

export interface RestoredNotebook {
  /** To be run: the release, with a student's answers and own cells in it. */
  notebook: Notebook;
  /** Source of every cell that holds an answer, by `grade_id`; empty where it is gone. */
  handedIn: Map<string, string>;
  /** `grade_id`s of the cells for answers in which nothing was written, or that are gone. */
  untouched: Set<string>;
  /** The id that was typed in the notebook, if any. */
  typedId: string | undefined;
  flags: Flag[];
}

/** Id of the free cell in which a student types who it is, in every problem set. */
export const IDENTITY_ID = "identity";

/**
 * The notebook that is run for marks. Cells that the course gives are the release's, whatever the
 * submission made of them, and in the release's order. Cells for answers, and a student's own, are
 * the submission's; its own cells stay behind the cell that they followed.
 *
 * nbgrader's `OverwriteCells` does the same, but keeps the submission's order and gives up on a
 * notebook with a duplicated or a missing cell.
 */
export function restoreCells(release: Notebook, submission: Notebook): RestoredNotebook {
  const known = new Map(release.cells.map((cell) => [keyOf(cell), cell]));
  const {byKey, own, flags} = sortCells(submission.cells, known);
  const handedIn = new Map<string, string>();
  const untouched = new Set<string>();
  let typedId: string | undefined;
  const cells: NotebookCell[] = [...(own.get(undefined) ?? [])];
  for (const cell of release.cells) {
    const key = keyOf(cell);
    const theirs = byKey.get(key);
    const role = roleOf(cell);
    if (role === "solution" || role === "essay") {
      const id = nbgraderOf(cell)!.grade_id;
      handedIn.set(id, theirs?.source ?? "");
      if (theirs === undefined || theirs.source === cell.source) untouched.add(id);
    }
    if (cell.id === IDENTITY_ID) typedId = typedIn(theirs);
    if (theirs === undefined) flags.push(...missing(cell, role));
    cells.push(restored(cell, role, theirs, flags));
    cells.push(...(own.get(key) ?? []));
  }
  return {notebook: {...release, cells}, handedIn, untouched, typedId, flags};
}

function restored(
  cell: NotebookCell,
  role: string,
  theirs: NotebookCell | undefined,
  flags: Flag[],
): NotebookCell {
  if (role === "given" || role === "test") {
    if (theirs !== undefined && theirs.source !== cell.source) {
      flags.push({kind: "cell-changed", detail: `Cell ${nameOf(cell)} was changed, and restored.`});
    }
    return cell;
  }
  // Grading knows whose submission it is; a cell that does not compile must not cost everything.
  if (cell.id === IDENTITY_ID) return cell;
  // A free cell that the student deleted stays deleted.
  const source = theirs?.source ?? "";
  return {...cell, source};
}

function typedIn(cell: NotebookCell | undefined): string | undefined {
  const typed = /\bstudent\(\s*(["'`])(.*?)\1\s*\)/.exec(cell?.source ?? "")?.[2]?.trim();
  return typed === "" ? undefined : typed;
}

function missing(cell: NotebookCell, role: string): Flag[] {
  if (role === "free") return [];
  const done = role === "given" || role === "test" ? "it was put back" : "nothing was handed in";
  return [{kind: "cell-missing", detail: `Cell ${nameOf(cell)} is gone: ${done}.`}];
}

/** A submission's cells: those of the release by key, and the student's own by the key before them. */
function sortCells(
  cells: readonly NotebookCell[],
  known: ReadonlyMap<string, NotebookCell>,
): {
  byKey: Map<string, NotebookCell>;
  own: Map<string | undefined, NotebookCell[]>;
  flags: Flag[];
} {
  const byKey = new Map<string, NotebookCell>();
  const own = new Map<string | undefined, NotebookCell[]>();
  const flags: Flag[] = [];
  let before: string | undefined;
  let count = 0;
  for (const cell of cells) {
    const key = keyOf(cell);
    const original = known.get(key);
    if (original !== undefined && original.cell_type === cell.cell_type && !byKey.has(key)) {
      byKey.set(key, cell);
      before = key;
    } else if (original !== undefined && roleOf(original) !== "free") {
      const detail = `Cell ${nameOf(original)} is there twice: the first is marked.`;
      flags.push({kind: "cell-duplicated", detail});
    } else if (cell.cell_type === "code" || cell.cell_type === "markdown") {
      own.set(before, [...(own.get(before) ?? []), ownCell(cell, `own-${++count}`)]);
    }
  }
  return {byKey, own, flags};
}

/** Neither trusted with metadata of its own, nor with an id that is another cell's. */
function ownCell({cell_type, source}: NotebookCell, id: string): NotebookCell {
  if (cell_type !== "code") return {cell_type, id, metadata: {}, source};
  return {cell_type, id, metadata: {}, source, execution_count: null, outputs: []};
}

/** The cell's name for nbgrader; for a free cell, its id in the notebook. */
function keyOf(cell: NotebookCell): string {
  const gradeId = nbgraderOf(cell)?.grade_id;
  return gradeId === undefined ? `id ${cell.id}` : `grade ${gradeId}`;
}

function nameOf(cell: NotebookCell): string {
  return nbgraderOf(cell)?.grade_id ?? cell.id;
}
