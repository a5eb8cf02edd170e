/**
 * Rows that a cell ends with: an arquero table, or an array of flat records.
 *
 * An arquero table is known by its methods, so that the kernel needs no arquero, and a reader may
 * have another copy of it.
 */
import {types} from "node:util";
import {htmlTable, numberCell} from "./html-table.js";
import type {TableCell, TableColumn} from "./html-table.js";
import {inspectBriefly, moreOf} from "./inspect-value.js";

const MAX_ROWS = 20;
const MAX_COLUMNS = 20;
const MAX_CELL = 80;

/** As much of arquero's `Table` as is used here. */
interface ColumnTable {
  numRows(): number;
  columnNames(): string[];
  objects(options: {limit: number}): Record<string, unknown>[];
  column(name: string): unknown;
}

interface Rows {
  caption: string;
  names: string[];
  rows: Record<string, unknown>[];
  /** Type of a column, if it is known without looking at its values. */
  typeOf?: (name: string) => string | undefined;
  /** All rows, of which `rows` are the first. */
  count: number;
}

/** The value as an HTML table and, where it beats `util.inspect`, as text; undefined if not rows. */
export function tabularValue(value: object): {html: string; text?: string} | undefined {
  if (isColumnTable(value)) {
    const rows = rowsOfTable(value);
    return {html: html(rows), text: text(rows)};
  }
  const records = recordsOf(value);
  return records && {html: html(records)};
}

function isColumnTable(value: object): value is ColumnTable {
  if (Array.isArray(value)) return false;
  const methods = ["numRows", "columnNames", "objects", "column"] as const;
  return methods.every((name) => typeof (value as Partial<ColumnTable>)[name] === "function");
}

function rowsOfTable(table: ColumnTable): Rows {
  const count = table.numRows();
  const names = table.columnNames();
  return {
    caption: `Table: ${plural(count, "row")}, ${plural(names.length, "column")}`,
    names,
    rows: table.objects({limit: MAX_ROWS}),
    typeOf: (name) => {
      const column = table.column(name);
      return types.isTypedArray(column) ? column[Symbol.toStringTag] : undefined;
    },
    count,
  };
}

/** Undefined unless the first rows are plain objects of scalars, read without running getters. */
function recordsOf(value: object): Rows | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const names = new Set<string>();
  const rows: Record<string, unknown>[] = [];
  for (let at = 0; at < Math.min(value.length, MAX_ROWS); at++) {
    const row = flatRecord(Object.getOwnPropertyDescriptor(value, at)?.value);
    if (row === undefined) return undefined;
    for (const name of Object.keys(row)) names.add(name);
    rows.push(row);
  }
  const caption = `Array: ${plural(value.length, "record")}`;
  return {caption, names: [...names], rows, count: value.length};
}

function flatRecord(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return undefined;
  const prototype = Object.getPrototypeOf(value) as object | null;
  // Of another realm, too: the prototype of a plain object has none itself.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return undefined;
  const keys = Object.keys(value);
  if (keys.length === 0 || keys.length > 2 * MAX_COLUMNS) return undefined;
  const row = Object.create(null) as Record<string, unknown>;
  for (const key of keys) {
    const {value: field, get} = Object.getOwnPropertyDescriptor(value, key)!;
    if (get !== undefined || !isScalar(field)) return undefined;
    row[key] = field;
  }
  return row;
}

function isScalar(value: unknown): boolean {
  return (typeof value !== "object" && typeof value !== "function") || value === null
    ? true
    : types.isDate(value);
}

function html({caption, names, rows, typeOf, count}: Rows): string {
  const shown = names.slice(0, MAX_COLUMNS);
  const columns = shown.map((name): TableColumn => {
    const note = typeOf?.(name) ?? typesOf(rows.map((row) => row[name]));
    return {name, note, align: isNumeric(note) ? "right" : "left"};
  });
  const omitted = omissions(count - rows.length, names.length - shown.length);
  const cells = rows.map((row) => shown.map((name) => cellOf(row[name])));
  return htmlTable({caption, columns, rows: cells, omitted});
}

function text({caption, names, rows, count}: Rows): string {
  const shown = names.slice(0, MAX_COLUMNS);
  const cells = rows.map((row) => shown.map((name) => cellOf(row[name]).text));
  const columns = shown.map((name, at) => {
    const numeric = isNumeric(typesOf(rows.map((row) => row[name])));
    const lines = [name, ...cells.map((line) => line[at]!)];
    const width = Math.max(...lines.map((line) => line.length));
    return lines.map((line) => (numeric ? line.padStart(width) : line.padEnd(width)));
  });
  const lines = [names, ...rows].map((_, at) =>
    columns
      .map((column) => column[at]!)
      .join("  ")
      .trimEnd(),
  );
  const omitted = omissions(count - rows.length, names.length - shown.length);
  return [caption, ...lines, ...omitted].join("\n");
}

function omissions(rows: number, columns: number): string[] {
  return [
    ...(rows > 0 ? [moreOf(rows, "row")] : []),
    ...(columns > 0 ? [moreOf(columns, "column")] : []),
  ];
}

/** `number`, `string`, `number | string` …; a missing value has no say. */
function typesOf(values: readonly unknown[]): string {
  const present = values.filter((value) => value !== null && value !== undefined);
  if (present.length === 0) return values.length === 0 ? "unknown" : "null";
  return [...new Set(present.map(typeOfValue))].sort().join(" | ");
}

function typeOfValue(value: unknown): string {
  if (types.isDate(value)) return "date";
  return Array.isArray(value) ? "array" : typeof value;
}

function isNumeric(type: string): boolean {
  return /^(number|bigint|(Big)?(Int|Uint|Float)\d+(Clamped)?Array)$/.test(type);
}

function cellOf(value: unknown): TableCell {
  if (typeof value === "string") return cutCell(value);
  if (typeof value === "number") return numberCell(value);
  if (typeof value === "bigint") return cutCell(value.toString());
  if (value === null || value === undefined) return {text: ""};
  if (types.isDate(value)) {
    const time = Date.prototype.getTime.call(value) as number;
    return {text: Number.isNaN(time) ? "invalid date" : new Date(time).toISOString()};
  }
  return {text: inspectBriefly(value, MAX_CELL)};
}

function cutCell(value: string): TableCell {
  if (value.length <= MAX_CELL) return {text: value};
  return {text: `${value.slice(0, MAX_CELL)}…`, title: `${value.length} characters`};
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}
