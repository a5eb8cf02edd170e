import {fromCSV} from "arquero";
import type {ColumnTable} from "arquero";

/** A cell: a number stands as it is, a text is guarded against spreadsheets that run it. */
export type CsvValue = string | number | undefined;

/**
 * A table as CSV (RFC 4180, lines ended by a line feed, UTF-8 without a mark).
 *
 * Excel, LibreOffice and Google Sheets run a cell whose text begins with =, +, -, @, a tab or a line
 * end, also if it is quoted. Such a text gets an apostrophe before it, as OWASP advises; their
 * full-width forms too, since some spreadsheets take those for the same.
 */
export function csvText(
  columns: readonly string[],
  rows: readonly (readonly CsvValue[])[],
): string {
  return [columns, ...rows].map((row) => `${row.map(cell).join(",")}\n`).join("");
}

/** Whether a spreadsheet would run this text. */
export function isFormula(text: string): boolean {
  return /^[\s\u200b\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text);
}

/**
 * The rows of a CSV text with a header line, every value as text.
 *
 * @throws SyntaxError if it has no header
 */
export function csvRows(text: string): Record<string, string>[] {
  return (tableOf(text).objects() as Record<string, unknown>[]).map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name.trim(), String(value ?? "").trim()]),
    ),
  );
}

/** The names in the header line of a CSV text. @throws SyntaxError if it has none */
export function csvColumns(text: string): string[] {
  return tableOf(text)
    .columnNames()
    .map((name) => name.trim());
}

function tableOf(text: string): ColumnTable {
  const plain = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  if (plain.trim() === "") throw new SyntaxError("Cannot read a CSV file: it is empty");
  return fromCSV(plain, {autoType: false});
}

function cell(value: CsvValue): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = isFormula(value) ? `'${value}` : value;
  return /[",;\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
