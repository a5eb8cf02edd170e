/**
 * Plot: rows become figures that can be read without colour, without a mouse and without a kernel.
 *
 * `rows` (plain objects or an arquero table) → `barChart`, `lineChart` → `Figure` → a MIME bundle of
 * three: Plotly JSON for JupyterLab, an HTML `<figure>` with alt text, data table and static image
 * for GitHub and screen readers, and a sentence with a sparkline for terminals and diffs.
 *
 * Source: colours by Okabe and Ito (2008), which readers with colour blindness can tell apart.
 * Fidelity: display only. A figure without a title, alt text, caption or axis label is refused.
 */
export {alignColumns} from "./align-columns.js";
export {barChart, lineChart, scatterChart} from "./charts.js";
export type {ChartOptions} from "./charts.js";
export {Figure, STATIC_IMAGE_SLOT} from "./figure.js";
export type {FigureParts, PlotlyJson} from "./figure.js";
export {Table, table} from "./table.js";
export type {TableOptions} from "./table.js";
export {MatrixSteps, matrixSteps} from "./matrix-steps.js";
export type {MatrixStep, MatrixStepsOptions} from "./matrix-steps.js";
export type {Displayable, MimeBundle} from "./mime.js";
export {drawGuess} from "./guess.js";
export type {GuessOptions} from "./guess.js";
export {toRows} from "./rows.js";
export type {Row, RowSource} from "./rows.js";
export {formatNumber} from "./format-number.js";
export {escapeHtml} from "./html.js";
