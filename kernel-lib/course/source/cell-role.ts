import type {Notebook, NotebookCell} from "../../kernel/index.js";

/** What nbgrader keeps with a cell, schema version 3. */
export interface NbgraderMetadata {
  schema_version: number;
  grade_id: string;
  grade: boolean;
  solution: boolean;
  locked: boolean;
  task: boolean;
  points?: number;
}

/**
 * What a cell is for. `given`: the course's, read-only. `solution`: a student's code. `test`: hands a
 * solution in and marks it. `essay`: a student's text, which a person marks. `free`: anybody's.
 */
export type CellRole = "given" | "solution" | "test" | "essay" | "free";

/** nbgrader's metadata, or undefined where there is none that can be read. */
export function nbgraderOf(cell: NotebookCell): NbgraderMetadata | undefined {
  const found = cell.metadata["nbgrader"];
  if (typeof found !== "object" || found === null) return undefined;
  return typeof (found as NbgraderMetadata).grade_id === "string"
    ? (found as NbgraderMetadata)
    : undefined;
}

/** The role of a cell, by nbgrader's metadata alone. */
export function roleOf(cell: NotebookCell): CellRole {
  const about = nbgraderOf(cell);
  if (about === undefined) return "free";
  if (about.solution) return about.grade ? "essay" : "solution";
  if (about.grade) return "test";
  return about.locked ? "given" : "free";
}

/** The cell that nbgrader calls so, or undefined if there is none. */
export function cellNamed({cells}: Notebook, gradeId: string): NotebookCell | undefined {
  return cells.find((cell) => nbgraderOf(cell)?.grade_id === gradeId);
}
