import type {CodeCell, Notebook, NotebookCell} from "../../kernel/index.js";
import {roleOf} from "../source/cell-role.js";
import {IDENTITY_ID} from "./restore-cells.js";

/** Id of the cell that holds all that the course gives. */
const GIVEN_ID = "given";
/** Nothing but comments and blanks. */
const IDLE = /^(?:\s|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*$/;

/**
 * A restored notebook as it is run: all code that the course gives first, as one cell, then answers,
 * tests and a student's own cells, in their order. What the course gives uses no answer, or the
 * judge could not run it; so the order changes nothing, and a third of the cells is a third of the
 * compiler's work.
 */
export function inRunOrder(notebook: Notebook): Notebook {
  const code = notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
  const given = code.filter(isGiven);
  const first: NotebookCell = {
    ...{cell_type: "code", id: GIVEN_ID, metadata: {}, execution_count: null, outputs: []},
    source: given.map(({source}) => source).join("\n"),
  };
  return {
    ...notebook,
    cells: [first, ...code.filter((cell) => !isGiven(cell) && !IDLE.test(cell.source))],
  };
}

/** Also the cell in which a student types an id, which is the release's, too. */
function isGiven(cell: NotebookCell): boolean {
  return roleOf(cell) === "given" || cell.id === IDENTITY_ID;
}
