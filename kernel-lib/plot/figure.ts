import {formatNumber} from "./format-number.js";
import {escapeHtml} from "./html.js";
import {showsItself} from "./mime.js";
import type {Displayable, MimeBundle} from "./mime.js";
import type {Row} from "./rows.js";
import {table} from "./table.js";

/** Where `npm run bake` puts the static image into the HTML representation. */
export const STATIC_IMAGE_SLOT = "<!-- static image -->";

/** Plotly's own input: `data` and `layout`, plus the configuration of its tool bar. */
export interface PlotlyJson {
  data: readonly Record<string, unknown>[];
  layout: Record<string, unknown>;
  config: Record<string, unknown>;
}

export interface FigureParts {
  /** A sentence that says what the figure shows. */
  title: string;
  /** For whoever cannot see it: what is drawn and the message, with at least one number. */
  alt: string;
  /** Assumptions, seed and sample size. */
  caption: string;
  /** Plotly traces. */
  data: readonly Record<string, unknown>[];
  /** Plotly layout; cartesian axes need titles. */
  layout: Record<string, unknown>;
  /** The rows drawn, for the data table. */
  rows: readonly Row[];
  /** Which columns of the rows the figure uses. */
  columns: readonly string[];
  /** The column whose values the sparkline draws. */
  spark: string;
  /**
   * A line before the HTML. JupyterLab shows the first line of a folded output, which must not be
   * the alt text where that tells the answer.
   */
  lead?: string;
}

/** More rows than this are cut from the data table, and the cut is said. */
const MAX_TABLE_ROWS = 40;

/**
 * A figure: Plotly input together with everything that replaces it where Plotly cannot run.
 *
 * Made by `barChart` and `lineChart`; build one by hand only for a shape they do not have.
 */
export class Figure implements Displayable {
  static {
    showsItself(Figure);
  }

  readonly title: string;
  readonly alt: string;
  readonly caption: string;
  readonly plotly: PlotlyJson;
  private readonly parts: FigureParts;

  /** @throws RangeError if title, alt text (with a number), caption or an axis title is missing */
  constructor(parts: FigureParts) {
    for (const name of ["title", "alt", "caption"] as const) {
      if (parts[name].trim() === "") throw new RangeError(`Cannot make a figure: ${name} is empty`);
    }
    if (!/\d/.test(parts.alt)) {
      throw new RangeError("Cannot make a figure: the alt text names no number");
    }
    for (const name of ["xaxis", "yaxis"]) {
      const title = (parts.layout[name] as {title?: {text?: string}} | undefined)?.title?.text;
      if (!title) throw new RangeError(`Cannot make a figure: ${name} has no title`);
    }
    this.title = parts.title;
    this.alt = parts.alt;
    this.caption = parts.caption;
    this.plotly = {
      data: parts.data,
      layout: parts.layout,
      config: {responsive: true, displaylogo: false},
    };
    this.parts = parts;
  }

  /** This figure with some parts replaced. */
  with(changes: Partial<FigureParts>): Figure {
    return new Figure({...this.parts, ...changes});
  }

  mimeBundle(): MimeBundle {
    return {
      "application/vnd.plotly.v1+json": this.plotly,
      "text/html": this.html(),
      "text/plain": this.describe(),
    };
  }

  /** Title, caption and a sparkline: the figure as text. */
  describe(): string {
    const values = this.parts.rows.map((row) => row[this.parts.spark]);
    return `${this.title}\n${sparkline(values)}\n${this.caption}`;
  }

  private html(): string {
    const {rows, columns, lead} = this.parts;
    const cut = rows.length - MAX_TABLE_ROWS;
    const shown = rows.slice(0, MAX_TABLE_ROWS);
    const caption =
      cut > 0 ? `The first ${MAX_TABLE_ROWS} rows; ${cut} more are not shown` : "Data";
    const data = table(shown, {caption, columns}).mimeBundle()["text/html"] as string;
    return (
      (lead === undefined ? "" : `${escapeHtml(lead)}\n`) +
      `<figure role="group" aria-label="${escapeHtml(this.alt)}">${STATIC_IMAGE_SLOT}` +
      `<figcaption><strong>${escapeHtml(this.title)}</strong> ${escapeHtml(this.caption)}` +
      `<details><summary>What the figure shows, and its data</summary>` +
      `<p>${escapeHtml(this.alt)}</p>${data}</details></figcaption></figure>`
    );
  }
}

const SPARKS = "▁▂▃▄▅▆▇█";

/** Numbers as a line of blocks, lowest to highest; anything else as text. */
function sparkline(values: readonly unknown[]): string {
  const numbers = values.filter((v): v is number => typeof v === "number" && Number.isFinite(v));
  if (numbers.length === 0) return "";
  const low = Math.min(0, ...numbers);
  const high = Math.max(...numbers);
  const step = (high - low || 1) / (SPARKS.length - 1);
  const blocks = numbers.map((value) => SPARKS[Math.round((value - low) / step)]);
  return `${blocks.join("")}  ${formatNumber(Math.min(...numbers))} … ${formatNumber(high)}`;
}
