import type {CodeCell, Notebook, NotebookCell} from "../../kernel/index.js";
import {roleOf} from "../source/cell-role.js";
import {IDENTITY_ID} from "./restore-cells.js";

/** Id of the cell that holds all that the course gives. */
const GIVEN_ID = "given";

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
    source: given.map(({source}) => source).join("\n;\n"),
  };
  return {
    ...notebook,
    cells: [first, ...code.filter((cell) => !isGiven(cell) && !isIdle(cell.source))],
  };
}

/** Also the cell in which a student types an id, which is the release's, too. */
function isGiven(cell: NotebookCell): boolean {
  return roleOf(cell) === "given" || cell.id === IDENTITY_ID;
}

/**
 * Whether there is nothing but comments and blanks. Step by step and not by a regular expression,
 * which a submission could keep busy for years.
 */
function isIdle(source: string): boolean {
  for (let at = 0; at < source.length;) {
    if (/\s/.test(source[at]!)) at++;
    else if (source.startsWith("//", at)) {
      const end = source.indexOf("\n", at);
      if (end < 0) return true;
      at = end + 1;
    } else if (source.startsWith("/*", at)) {
      const end = source.indexOf("*/", at + 2);
      if (end < 0) return false;
      at = end + 2;
    } else return false;
  }
  return true;
}
