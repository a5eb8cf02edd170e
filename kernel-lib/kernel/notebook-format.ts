/**
 * The notebook file: nbformat 4.5, as far as our notebooks use it.
 *
 * Source: nbformat documentation, "The Notebook file format". A text may be one string or a list of
 * lines; we read both, write lists, and end the file with a newline, as Jupyter does.
 */
import {jupyterJson} from "./jupyter-json.js";

export interface Notebook {
  cells: NotebookCell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

export type NotebookCell = CodeCell | MarkdownCell;

export interface MarkdownCell {
  cell_type: "markdown" | "raw";
  id: string;
  metadata: Record<string, unknown>;
  source: string;
}

export interface CodeCell {
  cell_type: "code";
  id: string;
  metadata: Record<string, unknown>;
  source: string;
  execution_count: number | null;
  outputs: Output[];
}

export type Output = StreamOutput | DisplayOutput | ResultOutput | ErrorOutput;

export interface StreamOutput {
  output_type: "stream";
  name: "stdout" | "stderr";
  text: string;
}

export interface DisplayOutput {
  output_type: "display_data";
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

/** The value of a cell's last expression. */
export interface ResultOutput {
  output_type: "execute_result";
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  execution_count: number | null;
}

/** What Jupyter saves of a cell that failed. */
export interface ErrorOutput {
  output_type: "error";
  ename: string;
  evalue: string;
  traceback: string[];
}

/**
 * Reads a notebook file; texts become single strings.
 *
 * @throws SyntaxError if the text is no JSON or no notebook of format 4.5
 *
 * @example
 * import {formatNotebook, parseNotebook} from "kernel-lib/kernel";
 * const empty = formatNotebook({cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5});
 * parseNotebook(empty).cells.length // => 0
 */
export function parseNotebook(text: string): Notebook {
  const raw = JSON.parse(text) as Notebook;
  if (raw.nbformat !== 4 || raw.nbformat_minor < 5 || !Array.isArray(raw.cells)) {
    throw new SyntaxError(
      `Cannot read notebook: need nbformat 4.5, got ${raw.nbformat}.${raw.nbformat_minor}`,
    );
  }
  return {...raw, cells: raw.cells.map((cell) => mapCell(cell, joinLines))};
}

/** Writes a notebook file with the bytes that Jupyter writes: sorted keys, texts as lists of lines. */
export function formatNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => mapCell(cell, splitLines));
  return `${jupyterJson({...notebook, cells})}\n`;
}

function mapCell(cell: NotebookCell, mapText: (text: unknown) => unknown): NotebookCell {
  const source = mapText(cell.source) as string;
  if (cell.cell_type !== "code") return {...cell, source};
  const outputs = cell.outputs.map((output) => mapOutput(output, mapText));
  return {...cell, source, outputs};
}

function mapOutput(output: Output, mapText: (text: unknown) => unknown): Output {
  if (output.output_type === "error") return output;
  if (output.output_type === "stream") return {...output, text: mapText(output.text) as string};
  const data = Object.entries(output.data).map(([type, value]) =>
    // JSON types keep their structure; only texts are lists of lines.
    type.endsWith("json") ? [type, value] : [type, mapText(value)],
  );
  return {...output, data: Object.fromEntries(data) as Record<string, unknown>};
}

function joinLines(text: unknown): unknown {
  return Array.isArray(text) ? text.join("") : text;
}

function splitLines(text: unknown): unknown {
  return typeof text === "string" ? (text.match(/[^\n]*\n|[^\n]+$/g) ?? []) : text;
}
