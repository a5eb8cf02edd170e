/**
 * Maps, sets and instances of classes as two-column tables.
 */
import {types} from "node:util";
import {htmlTable} from "./html-table.js";
import type {TableColumn} from "./html-table.js";
import {className, hasCustomInspect, inspectBriefly, moreOf} from "./inspect-value.js";

const MAX_ENTRIES = 20;
const MAX_CELL = 100;

interface Entries {
  caption: string;
  headings: readonly string[];
  /** The first of them, as texts. */
  rows: string[][];
  count: number;
  /** What there are more of. */
  noun: readonly [string, string];
}

/** The value as an HTML table, or undefined if it is no map, set or instance with fields. */
export function keyedValue(value: object): string | undefined {
  const entries = mapEntries(value) ?? setEntries(value) ?? fieldEntries(value);
  if (entries === undefined || entries.count === 0) return undefined;
  const {caption, headings, rows, count, noun} = entries;
  return htmlTable({
    caption,
    columns: headings.map((name): TableColumn => ({name, align: "left"})),
    rows: rows.map((row) => row.map((text) => ({text}))),
    rowHeaders: headings.length > 1,
    omitted: count > rows.length ? [moreOf(count - rows.length, ...noun)] : [],
  });
}

function mapEntries(value: object): Entries | undefined {
  if (!types.isMap(value)) return undefined;
  const count = sizeOf(Map.prototype, value);
  const rows: string[][] = [];
  for (const [key, item] of Map.prototype.entries.call(value) as Iterable<[unknown, unknown]>) {
    if (rows.length === MAX_ENTRIES) break;
    rows.push([brief(key), brief(item)]);
  }
  const caption = `${className(value)}: ${count.toLocaleString("en-US")} ${count === 1 ? "entry" : "entries"}`;
  return {caption, headings: ["key", "value"], rows, count, noun: ["entry", "entries"]};
}

function setEntries(value: object): Entries | undefined {
  if (!types.isSet(value)) return undefined;
  const count = sizeOf(Set.prototype, value);
  const rows: string[][] = [];
  for (const item of Set.prototype.values.call(value) as Iterable<unknown>) {
    if (rows.length === MAX_ENTRIES) break;
    rows.push([brief(item)]);
  }
  const caption = `${className(value)}: ${count.toLocaleString("en-US")} ${count === 1 ? "value" : "values"}`;
  return {caption, headings: ["value"], rows, count, noun: ["value", "values"]};
}

/** Fields of an instance; of the classes whose state is no field, and of plain objects, nothing. */
function fieldEntries(value: object): Entries | undefined {
  if (typeof value === "function" || Array.isArray(value) || ArrayBuffer.isView(value)) return;
  if (types.isBoxedPrimitive(value) || types.isNativeError(value) || hasCustomInspect(value))
    return;
  if (types.isDate(value) || types.isRegExp(value) || types.isPromise(value)) return;
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return;
  const keys = Object.keys(value);
  const rows = keys.slice(0, MAX_ENTRIES).map((key) => {
    const {value: field, get} = Object.getOwnPropertyDescriptor(value, key)!;
    return [key, get === undefined ? brief(field) : "[Getter]"];
  });
  return {
    caption: className(value),
    headings: ["field", "value"],
    rows,
    count: keys.length,
    noun: ["field", "fields"],
  };
}

/** `size` as the engine knows it: a class may have put another over it. */
function sizeOf(prototype: object, value: object): number {
  return Object.getOwnPropertyDescriptor(prototype, "size")!.get!.call(value) as number;
}

function brief(value: unknown): string {
  return inspectBriefly(value, MAX_CELL);
}
