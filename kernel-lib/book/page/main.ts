/** The script of every page. */
import type {CellData} from "../site/cell-data.js";
import {Cell} from "./cell.js";
import {addGuessForm} from "./guesses.js";
import {NotebookRun} from "./notebook.js";
import {keepEdits} from "./kept-edits.js";
import {makeWideTablesReachable} from "./outputs.js";
import {glassCloud} from "./scripts.js";
import {addSearch} from "./search.js";
import {Session} from "./session.js";
import {addSliders} from "./sliders.js";
import {followTheme, restoreTheme} from "./theme.js";
import {addTooltips} from "./tooltips.js";

restoreTheme();
(globalThis as {glassCloud?: typeof glassCloud}).glassCloud = glassCloud;
document.addEventListener("DOMContentLoaded", () => {
  followTheme(document.querySelector("#theme")!);
  addSearch(document.querySelector("#search")!);
  addTooltips(document);
  makeWideTablesReachable(document);
  const data = document.querySelector("#cell-data")?.textContent;
  if (data) openNotebook(JSON.parse(data) as CellData[]);
});

function openNotebook(data: CellData[]): void {
  const status = document.querySelector("#status")!;
  const cells = data.map(
    (each, index) => new Cell(document.getElementById(`cell-${each.id}`)!, each, index + 1),
  );
  keepEdits(cells);
  const notebook = new NotebookRun(cells, new Session(), (text) => (status.textContent = text));
  const run = (cell: Cell): Promise<boolean> => notebook.run(cell);
  cells.forEach((cell, index) => {
    const runOrStop = (): void => {
      if (cell.isBusy) notebook.stop();
      else void run(cell);
    };
    cell.runButton.addEventListener("click", runOrStop);
    cell.element.addEventListener("stop", () => notebook.stop());
    cell.editor.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      runOrStop();
      // As in a notebook: Shift and Enter go on to the next cell.
      if (event.shiftKey) cells[index + 1]?.editor.field.focus();
    });
    if (cell.data.sliders) addSliders(cell, run);
    if (cell.data.guesses) addGuessForm(cell, answersTo(cells, index), run);
  });
}

/** The folded cells between this question and the next. */
function answersTo(cells: readonly Cell[], question: number): Cell[] {
  const below = cells.slice(question + 1);
  const next = below.findIndex((cell) => cell.data.guesses !== undefined);
  return (next < 0 ? below : below.slice(0, next)).filter((cell) => cell.fold !== null);
}
