import {formatNumber} from "./format-number.js";
import {escapeHtml} from "./html.js";
import {showsItself} from "./mime.js";
import type {Displayable, MimeBundle} from "./mime.js";

/** What a grid of values looks like after one step of an algorithm. */
export interface MatrixStep {
  /** The step in words, as in "row 2 += 7 · row 0". */
  text: string;
  /** The grid after it, row by row; every row of every step has the same length. */
  rows: readonly (readonly unknown[])[];
  /** Rows that the step changed, by number from 0. Default none. */
  changed?: readonly number[];
  /** The entry that the step turns on, as [row, column] from 0. Default none. */
  pivot?: readonly number[];
}

export interface MatrixStepsOptions {
  /** One sentence above the steps: what they lead to. Required. */
  caption: string;
  /** Columns left of the dividing line, as in [A | B]. Default: all, and no line. */
  splitAfter?: number;
}

/** Follows a changed row, so that no message hangs on colour. */
const CHANGED_MARK = "◀";
/** Light ground with dark text: reads the same in a light and in a dark JupyterLab. */
const CHANGED = "background-color:#fff3cd;color:#1a1a1a";
const LINE = "border-left:2px solid #666666";
/** Set apart from the numbers of the grid. */
const ROW_NAME = "font-weight:normal;border-right:1px solid #767676";

/** The steps of an algorithm on a grid, one line per row: changed rows marked, the pivot in brackets. */
export class MatrixSteps implements Displayable {
  static {
    showsItself(MatrixSteps);
  }

  readonly caption: string;
  readonly steps: readonly MatrixStep[];
  private readonly columns: number;
  private readonly splitAfter: number;

  /** @throws RangeError if there is no step, a text is empty, or a size or position does not fit */
  constructor(steps: readonly MatrixStep[], {caption, splitAfter}: MatrixStepsOptions) {
    if (caption.trim() === "") throw new RangeError("Cannot show steps: the caption is empty");
    const columns = steps[0]?.rows[0]?.length ?? 0;
    if (columns === 0) throw new RangeError("Cannot show steps: there is no grid");
    steps.forEach((step, index) => checkStep(step, columns, index));
    const split = splitAfter ?? columns;
    if (!Number.isInteger(split) || split < 1 || split > columns) {
      throw new RangeError(
        `Cannot show steps: need splitAfter in [1, ${columns}], got ${splitAfter}`,
      );
    }
    this.caption = caption;
    this.steps = steps;
    this.columns = columns;
    this.splitAfter = split;
  }

  mimeBundle(): MimeBundle {
    return {"text/html": this.html(), "text/plain": this.describe()};
  }

  /** The steps as text: halves divided by "|", the pivot in [ ], changed rows marked at the end. */
  describe(): string {
    const width = Math.max(...this.steps.flatMap((step) => step.rows.map(widest)));
    const blocks = this.steps.map((step, at) => {
      const lines = step.rows.map((row, index) => {
        const cells = row.map((value, column) => {
          const text = formatNumber(value);
          const entry = isAt(step.pivot, index, column) ? `[${text}]` : ` ${text} `;
          return (column === this.splitAfter ? " |" : "") + entry.padStart(width + 2);
        });
        const mark = step.changed?.includes(index) === true ? ` ${CHANGED_MARK}` : "";
        return `  row ${index} |${cells.join("").trimEnd()}${mark}`;
      });
      return [`${at}. ${step.text}`, ...lines].join("\n");
    });
    return [this.caption, ...blocks].join("\n");
  }

  private html(): string {
    const halves =
      `<colgroup span="${this.splitAfter + 1}"></colgroup>` +
      `<colgroup span="${this.columns - this.splitAfter + 1}"></colgroup>`;
    const body = this.steps.map((step, at) => this.stepHtml(step, at)).join("");
    return (
      `<table><caption style="text-align:left;white-space:nowrap">${escapeHtml(this.caption)}</caption>` +
      `${halves}${body}</table>`
    );
  }

  private stepHtml({text, rows, changed = [], pivot}: MatrixStep, at: number): string {
    const head =
      `<tr><th scope="rowgroup" colspan="${this.columns + 2}" style="text-align:left">` +
      `${at}. ${escapeHtml(text)}</th></tr>`;
    const lines = rows.map((row, index) => {
      const isChanged = changed.includes(index);
      const cells = row.map((value, column) => {
        const shown = escapeHtml(formatNumber(value));
        const style = [
          "text-align:right",
          ...(column === this.splitAfter ? [LINE] : []),
          ...(isChanged ? [CHANGED] : []),
        ].join(";");
        return `<td style="${style}">${isAt(pivot, index, column) ? `<strong>[${shown}]</strong>` : shown}</td>`;
      });
      const mark = `<td style="text-align:left">${isChanged ? `${CHANGED_MARK} changed` : ""}</td>`;
      return `<tr><th scope="row" style="${ROW_NAME}">row ${index}</th>${cells.join("")}${mark}</tr>`;
    });
    return `<tbody>${head}${lines.join("")}</tbody>`;
  }
}

/**
 * Shows an algorithm on a grid of values, step by step: one line per row, the two halves of an
 * augmented matrix divided, the rows that changed marked, the pivot in brackets.
 *
 * @param steps in order; the first is usually the start, with nothing changed
 * @throws RangeError if there is no step, a text is empty, or a size or position does not fit
 *
 * @example
 * import {matrixSteps} from "kernel-lib/plot";
 * const steps = [
 *   {text: "start", rows: [[1, 0], [3, 1]]},
 *   {text: "row 1 += 3 · row 0", rows: [[1, 0], [0, 1]], changed: [1], pivot: [0, 0]},
 * ];
 * matrixSteps(steps, {caption: "Two moves", splitAfter: 1}).describe().split("\n").at(-1)
 * // => '  row 1 | 0  | 1 ◀'
 */
export function matrixSteps(
  steps: readonly MatrixStep[],
  options: MatrixStepsOptions,
): MatrixSteps {
  return new MatrixSteps(steps, options);
}

function isAt(pivot: MatrixStep["pivot"], row: number, column: number): boolean {
  return pivot?.[0] === row && pivot[1] === column;
}

/** Width of the widest entry of a row. */
function widest(row: readonly unknown[]): number {
  return Math.max(...row.map((value) => formatNumber(value).length));
}

function checkStep(step: MatrixStep, columns: number, at: number): void {
  const {text, rows, changed = [], pivot = [0, 0]} = step;
  const [pivotRow = -1, pivotColumn = -1] = pivot;
  const isRow = (row: number): boolean => rows[row] !== undefined;
  const checks: [string, boolean][] = [
    ["need a text", text.trim() !== ""],
    [`need rows of ${columns} entries`, rows.length > 0 && rows.every((r) => r.length === columns)],
    [`need changed rows that exist, got ${changed.join(", ")}`, changed.every(isRow)],
    [
      `need a pivot that exists, got ${pivot.join(", ")}`,
      pivot.length === 2 && isRow(pivotRow) && rows[pivotRow]![pivotColumn] !== undefined,
    ],
  ];
  const problem = checks.find(([, fine]) => !fine)?.[0];
  if (problem !== undefined) throw new RangeError(`Cannot show step ${at}: ${problem}`);
}
