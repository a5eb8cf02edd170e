/**
 * Tables as HTML for the output of a cell.
 *
 * Fidelity: inline styles only, and no colours: JupyterLab strips `<style>` from an untrusted
 * notebook, and a table without colours of its own reads well in its light and dark themes.
 */

export interface TableColumn {
  name: string;
  /** In italics below the name, such as a type. */
  note?: string;
  align: "left" | "right";
}

export interface TableCell {
  text: string;
  /** Shown when the pointer rests on the cell, such as a number with all its digits. */
  title?: string;
}

export interface TableParts {
  /** What the table shows; screen readers read it first. */
  caption: string;
  columns: readonly TableColumn[];
  /** As many cells in each row as there are columns. */
  rows: readonly (readonly TableCell[])[];
  /** The first cell of each row names it. */
  rowHeaders?: boolean;
  /** Fixed-width digits and letters, in narrow rows. */
  monospace?: boolean;
  /** What was left out, one line each. */
  omitted?: readonly string[];
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text made safe for HTML content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** Six digits of a number are enough to compare; all of them are in the title. */
export function numberCell(value: number): TableCell {
  const exact = String(value);
  const short = Number.isInteger(value) ? exact : String(Number(value.toPrecision(6)));
  return short === exact ? {text: exact} : {text: short, title: exact};
}

/** One table with caption, header cells that say what they head, and a note of what is left out. */
export function htmlTable(parts: TableParts): string {
  const {caption, columns, rows, omitted = []} = parts;
  const head = columns.map(
    ({name, note, align}) =>
      `<th scope="col" style="text-align:${align}">${escapeHtml(name)}` +
      (note === undefined ? "" : `<br><em style="font-weight:normal">${escapeHtml(note)}</em>`) +
      `</th>`,
  );
  const body = rows.map((row) => `<tr>${row.map((cell, at) => td(cell, at, parts)).join("")}</tr>`);
  const font = parts.monospace === true ? ";font-family:monospace" : "";
  return (
    `<table style="margin-left:0${font}"><caption style="text-align:left;white-space:nowrap">` +
    `${escapeHtml(caption)}</caption>` +
    `<thead><tr>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table>` +
    omitted.map((line) => `<p>${escapeHtml(line)}</p>`).join("")
  );
}

function td(cell: TableCell, at: number, {columns, rowHeaders, monospace}: TableParts): string {
  const heads = rowHeaders === true && at === 0;
  const title = cell.title === undefined ? "" : ` title="${escapeHtml(cell.title)}"`;
  // Blanks are part of a text: `pre-wrap` keeps them and still breaks long lines.
  const style =
    `text-align:${columns[at]!.align};white-space:pre-wrap` +
    (monospace === true ? ";padding:1px 8px" : "");
  const open = heads ? 'th scope="row"' : "td";
  return `<${open} style="${style}"${title}>${escapeHtml(cell.text)}</${heads ? "th" : "td"}>`;
}
