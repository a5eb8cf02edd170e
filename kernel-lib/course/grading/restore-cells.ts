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
 * A cell for answers that is there twice, as after "Split Cell" or a paste, runs as often as it is
 * there, in the notebook's order, as it did for the student. One that was made markdown is code again,
 * and one that lost nbgrader's metadata is known by its id.
 *
 * nbgrader's `OverwriteCells` does the same, but keeps the submission's order and gives up on a
 * notebook with a missing cell.
 */
export function restoreCells(release: Notebook, submission: Notebook): RestoredNotebook {
  const {byKey, again, own, flags} = sortCells(submission.cells, release.cells);
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
      const all = [...(theirs === undefined ? [] : [theirs]), ...(again.get(key) ?? [])];
      handedIn.set(id, all.map(({source}) => source).join("\n\n"));
      if (all.every(({source}) => isSame(source, cell.source))) untouched.add(id);
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
    if (theirs !== undefined && !isSame(theirs.source, cell.source)) {
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

/** No line of the cell that says who it is has more, in UTF-16 units; what has would take long. */
const MAX_IDENTITY = 1000;

function typedIn(cell: NotebookCell | undefined): string | undefined {
  const code = (cell?.source ?? "").slice(0, MAX_IDENTITY).replace(/^\s*\/\/.*$/gm, "");
  const typed = /\bstudent\(\s*(["'`])(.*?)\1\s*\)/.exec(code)?.[2]?.trim();
  return typed === "" ? undefined : typed;
}

/** Some editors write other ends of lines, or one more. */
function isSame(a: string, b: string): boolean {
  const plain = (text: string): string => text.replaceAll("\r\n", "\n").trimEnd();
  return plain(a) === plain(b);
}

function missing(cell: NotebookCell, role: string): Flag[] {
  if (role === "free") return [];
  const done = role === "given" || role === "test" ? "it was put back" : "nothing was handed in";
  return [{kind: "cell-missing", detail: `Cell ${nameOf(cell)} is gone: ${done}.`}];
}

interface SortedCells {
  /** The first of each cell of the release. */
  byKey: Map<string, NotebookCell>;
  /** Those for answers that are there once more. */
  again: Map<string, NotebookCell[]>;
  /** The cells that the release does not have, by the key before them. */
  own: Map<string | undefined, NotebookCell[]>;
  flags: Flag[];
}

function sortCells(cells: readonly NotebookCell[], release: readonly NotebookCell[]): SortedCells {
  const known = new Map(release.map((cell) => [keyOf(cell), cell]));
  const keyIn = keysIn(cells, release);
  const sorted: SortedCells = {byKey: new Map(), again: new Map(), own: new Map(), flags: []};
  const {byKey, again, own, flags} = sorted;
  let before: string | undefined;
  let count = 0;
  for (const cell of cells) {
    const key = keyIn(cell);
    const original = known.get(key);
    if (original !== undefined && !byKey.has(key)) {
      byKey.set(key, cell);
      before = key;
      if (original.cell_type !== cell.cell_type) flags.push(otherType(original, cell));
      continue;
    }
    const role = original === undefined ? "free" : roleOf(original);
    if (original !== undefined && role !== "free") {
      const detail = `Cell ${nameOf(original)} is there more than once.`;
      flags.push({kind: "cell-duplicated", detail});
    }
    if (role === "solution" || role === "essay") push(again, key, cell);
    if (role === "given" || role === "test" || cell.cell_type === "raw") continue;
    // A copy of what was released would take the place of the answer before it.
    if (original !== undefined && isSame(cell.source, original.source)) continue;
    // Neither trusted with metadata of its own, nor with an id that is another cell's.
    push(own, before, ownCell(cell, `own-${++count}`));
  }
  return sorted;
}

/** The key of a submission's cell; one without nbgrader's metadata may have lost it, and has its id. */
function keysIn(
  cells: readonly NotebookCell[],
  release: readonly NotebookCell[],
): (cell: NotebookCell) => string {
  const there = new Set(cells.map(keyOf));
  const lost = new Map(
    release.filter((cell) => !there.has(keyOf(cell))).map((cell) => [cell.id, keyOf(cell)]),
  );
  return (cell) => (nbgraderOf(cell) === undefined ? lost.get(cell.id) : undefined) ?? keyOf(cell);
}

function otherType(original: NotebookCell, {cell_type: type}: NotebookCell): Flag {
  const detail = `Cell ${nameOf(original)} was made ${type}, and is ${original.cell_type} again.`;
  return {kind: "cell-changed", detail};
}

function push<K>(lists: Map<K, NotebookCell[]>, key: K, cell: NotebookCell): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [cell]);
  else list.push(cell);
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

/** As nbgrader calls it, or by its id. */
export function nameOf(cell: NotebookCell): string {
  return nbgraderOf(cell)?.grade_id ?? cell.id;
}
