import {columnLabel} from "../units/index.js";
import {Figure} from "./figure.js";
import {formatNumber} from "./format-number.js";
import {logAxis} from "./log-axis.js";
import {columnOf, toRows} from "./rows.js";
import type {Row, RowSource} from "./rows.js";
import {axis, plotlyLayout, seriesStyle} from "./theme.js";

export interface ChartOptions {
  /** Column on the horizontal axis. */
  x: string;
  /** Column on the vertical axis: numbers. */
  y: string;
  /** Column that splits the rows into series, in order of first appearance. */
  series?: string;
  /** A sentence that says what the figure shows. */
  title: string;
  /** What is drawn and the message, with at least one number. */
  alt: string;
  /** Assumptions, seed and sample size. */
  caption: string;
  /** Axis label with its unit. Default: derived from the column name. */
  xLabel?: string;
  /** Axis label with its unit. Default: derived from the column name. */
  yLabel?: string;
  /** A logarithmic horizontal axis; not for bars. */
  logX?: boolean;
  /** A logarithmic vertical axis; not for bars. */
  logY?: boolean;
}

/**
 * Bars, each labelled with its value. A bar's length is its value, so its axis begins at zero and
 * is never logarithmic; `scatterChart` draws what spans decades.
 *
 * @throws RangeError if a column is missing, there are no rows, a text is empty, or an axis is
 *   asked to be logarithmic
 *
 * @example
 * import {barChart} from "kernel-lib/plot";
 * const figure = barChart([{layout: "two zones", nines: 2.7}, {layout: "four zones", nines: 6.8}], {
 *   x: "layout", y: "nines", title: "Four zones keep more", yLabel: "nines (per stripe and year)",
 *   alt: "Two bars: 2.7 and 6.8 nines.", caption: "No chance involved.",
 * });
 * figure.plotly.data.length // => 1
 */
export function barChart(source: RowSource, options: ChartOptions): Figure {
  if (options.logX || options.logY) {
    throw new RangeError("Cannot draw bars on a logarithmic axis: they need a zero; draw points");
  }
  const rows = toRows(source);
  const data = seriesOf(rows, options).map(([name, part], index) => {
    const y = columnOf(part, options.y);
    return {
      type: "bar",
      name,
      x: columnOf(part, options.x),
      y,
      text: y.map(barLabel),
      textposition: "outside",
      // Else Plotly shrinks or turns a label that is wider than its bar, down to nothing.
      constraintext: "none",
      textangle: 0,
      textfont: {size: 12},
      cliponaxis: false,
      marker: {color: seriesStyle(index).color},
      ...(options.series === undefined ? {showlegend: false} : {}),
    };
  });
  return figureOf(rows, data, options, {xaxis: {type: "category"}});
}

/**
 * Points without lines, each with its name beside it if a column gives one: for things that have no
 * order, where a line would promise values in between.
 *
 * @param options `label` names the column with the points' names
 * @throws RangeError if a column is missing, there are no rows, or a text is empty
 *
 * @example
 * import {scatterChart} from "kernel-lib/plot";
 * const figure = scatterChart([{code: "RS(6,3)", overhead: 1.5, nines: 6.9}], {
 *   x: "overhead", y: "nines", label: "code", title: "More bytes buy more nines",
 *   xLabel: "stored bytes (per byte)", yLabel: "nines (per year)", alt: "One point: 6.9 nines.",
 *   caption: "Exact.",
 * });
 * figure.plotly.data[0].mode // => 'markers+text'
 */
export function scatterChart(source: RowSource, options: ChartOptions & {label?: string}): Figure {
  const rows = toRows(source);
  const {label} = options;
  const data = seriesOf(rows, options).map(([name, part], index) => {
    const {color, symbol} = seriesStyle(index);
    return {
      type: "scatter",
      mode: label === undefined ? "markers" : "markers+text",
      name,
      x: columnOf(part, options.x),
      y: columnOf(part, options.y),
      ...(label === undefined ? {} : {text: columnOf(part, label), textposition: besides(part)}),
      textfont: {size: 12},
      cliponaxis: false,
      marker: {color, symbol, size: 10},
      ...(options.series === undefined ? {showlegend: false} : {}),
    };
  });
  return figureOf(rows, data, options, axisOfNames(rows, options));
}

/**
 * Lines with markers, one per series; each series has its own colour, dash and marker.
 *
 * @throws RangeError if a column is missing, there are no rows, or a text is empty
 *
 * @example
 * import {lineChart} from "kernel-lib/plot";
 * const figure = lineChart([{zones: 2, nines: 2.7}, {zones: 4, nines: 6.8}], {
 *   x: "zones", y: "nines", title: "More zones keep more", yLabel: "nines (per stripe and year)",
 *   xLabel: "zones (count)", alt: "A line from 2.7 up to 6.8 nines.", caption: "No chance involved.",
 * });
 * figure.plotly.layout.yaxis !== undefined // => true
 */
export function lineChart(source: RowSource, options: ChartOptions): Figure {
  const rows = toRows(source);
  const data = seriesOf(rows, options).map(([name, part], index) => {
    const {color, dash, symbol} = seriesStyle(index);
    return {
      type: "scatter",
      mode: "lines+markers",
      name,
      x: columnOf(part, options.x),
      y: columnOf(part, options.y),
      line: {color, dash, width: 2.5},
      marker: {color, symbol, size: 9},
      ...(options.series === undefined ? {showlegend: false} : {}),
    };
  });
  return figureOf(rows, data, options, axisOfNames(rows, options));
}

/** Said, and not left to Plotly to find out: names are not numbers, whatever they look like. */
function axisOfNames(rows: readonly Row[], {x}: ChartOptions): {xaxis?: Record<string, unknown>} {
  return rows.some((row) => typeof row[x] === "string") ? {xaxis: {type: "category"}} : {};
}

/** Names above and below in turn, so that neighbours do not cover each other's. */
function besides(rows: readonly Row[]): string[] {
  return rows.map((_, index) => (index % 2 === 0 ? "top center" : "bottom center"));
}

function figureOf(
  rows: Row[],
  data: Record<string, unknown>[],
  options: ChartOptions,
  axes: {xaxis?: Record<string, unknown>},
): Figure {
  const {x, y, series, title, alt, caption, logX, logY} = options;
  const layout = {
    ...plotlyLayout(
      title,
      caption,
      data.map((trace) => String(trace["name"])),
    ),
    xaxis: axis(options.xLabel ?? columnLabel(x), {
      ...axes.xaxis,
      ...(logX ? logAxis(columnOf(rows, x)) : {}),
    }),
    yaxis: axis(options.yLabel ?? columnLabel(y), logY ? logAxis(columnOf(rows, y)) : {}),
  };
  const columns = [...(series === undefined ? [] : [series]), x, y];
  return new Figure({title, alt, caption, data, layout, rows, columns, spark: y});
}

/** Three digits above a bar: what a reader compares with the next one. */
function barLabel(value: unknown): string {
  const rounded = typeof value === "number" && !Number.isInteger(value);
  return formatNumber(rounded ? Number(value.toPrecision(3)) : value);
}

function seriesOf(rows: Row[], {series}: ChartOptions): [string, Row[]][] {
  if (series === undefined) return [["", rows]];
  const groups = new Map<string, Row[]>();
  columnOf(rows, series).forEach((value, index) => {
    const name = formatNumber(value);
    groups.set(name, [...(groups.get(name) ?? []), rows[index]!]);
  });
  return [...groups];
}
