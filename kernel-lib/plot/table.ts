import {columnLabel} from "../units/index.js";
import {alignColumns} from "./align-columns.js";
import {formatNumber} from "./format-number.js";
import {escapeHtml} from "./html.js";
import {showsItself} from "./mime.js";
import type {Displayable, MimeBundle} from "./mime.js";
import {columnOf, toRows} from "./rows.js";
import type {Row, RowSource} from "./rows.js";

export interface TableOptions {
  /** One sentence above the table: what it shows. Required. */
  caption: string;
  /** Which columns, in which order. Default: those of the first row. */
  columns?: readonly string[];
  /** Other headings than those derived from the column names. */
  headings?: Readonly<Record<string, string>>;
}

/** Rows as an HTML table, for things with structure that a picture would hide. */
export class Table implements Displayable {
  static {
    showsItself(Table);
  }

  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  private readonly headings: readonly string[];

  /**
   * @throws TypeError without a caption
   * @throws RangeError if there is no row, the caption is empty, or a column that the rows lack
   */
  constructor(source: RowSource, options: TableOptions) {
    if (typeof options?.caption !== "string") {
      throw new TypeError('Cannot make a table: need {caption: "what it shows"} behind the rows');
    }
    const {caption, columns, headings = {}} = options;
    if (caption.trim() === "") throw new RangeError("Cannot make a table: the caption is empty");
    this.caption = caption;
    this.rows = toRows(source);
    this.columns = columns ?? Object.keys(this.rows[0]!);
    this.columns.forEach((column) => columnOf(this.rows, column));
    this.headings = this.columns.map((column) => headings[column] ?? columnLabel(column));
  }

  mimeBundle(): MimeBundle {
    return {"text/html": this.html(), "text/plain": this.describe()};
  }

  /** The table as text, columns aligned. */
  describe(): string {
    return `${this.caption}\n${alignColumns([this.headings, ...this.cells()])}`;
  }

  private html(): string {
    const align = this.columns.map((column) =>
      this.rows.every((row) => typeof row[column] === "number") ? "right" : "left",
    );
    const line = (open: string, close: string, texts: readonly string[]): string =>
      texts
        .map(
          (text, at) => `<${open} style="text-align:${align[at]}">${escapeHtml(text)}</${close}>`,
        )
        .join("");
    const head = line('th scope="col"', "th", this.headings);
    const body = this.cells().map((cells) => `<tr>${line("td", "td", cells)}</tr>`);
    return (
      `<table><caption style="text-align:left;white-space:nowrap">${escapeHtml(this.caption)}</caption>` +
      `<thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`
    );
  }

  private cells(): string[][] {
    return this.rows.map((row) => this.columns.map((column) => formatNumber(row[column])));
  }
}

/**
 * Makes a table from rows.
 *
 * @example
 * import {table} from "kernel-lib/plot";
 * table([{zones: 2, nines: 2.699}], {caption: "Nines by zones"}).describe()
 * // => 'Nines by zones\nzones  nines\n2      2.699'
 */
export function table(source: RowSource, options: TableOptions): Table {
  return new Table(source, options);
}
