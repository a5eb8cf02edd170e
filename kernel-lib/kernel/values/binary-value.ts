/**
 * Bytes as a hex view, and typed arrays as a grid of numbers.
 */
import {types} from "node:util";
import {htmlTable, numberCell} from "./html-table.js";
import type {TableCell, TableColumn} from "./html-table.js";
import {className, moreOf} from "./inspect-value.js";

const BYTES_PER_ROW = 16;
const MAX_BYTES = 256;
const NUMBERS_PER_ROW = 10;
const MAX_NUMBERS = 100;

type NumberArray = Exclude<NodeJS.TypedArray, Uint8Array | Uint8ClampedArray>;

/** The value as an HTML table, or undefined if it is neither bytes nor a typed array. */
export function binaryValue(value: object): string | undefined {
  const bytes = bytesOf(value);
  if (bytes !== undefined) return bytes.length === 0 ? undefined : hexView(className(value), bytes);
  if (!types.isTypedArray(value) || value.length === 0) return undefined;
  return numberGrid(value as NumberArray);
}

function bytesOf(value: object): Uint8Array | undefined {
  if (types.isAnyArrayBuffer(value)) return new Uint8Array(value);
  if (types.isUint8Array(value) || types.isUint8ClampedArray(value) || types.isDataView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  return undefined;
}

function hexView(name: string, bytes: Uint8Array): string {
  const shown = bytes.subarray(0, MAX_BYTES);
  const rows = Array.from({length: Math.ceil(shown.length / BYTES_PER_ROW)}, (_, at) => {
    const offset = at * BYTES_PER_ROW;
    const row = shown.subarray(offset, offset + BYTES_PER_ROW);
    return [offset.toString(16).padStart(8, "0"), hexOf(row), asciiOf(row)].map((text) => ({text}));
  });
  const columns: TableColumn[] = [
    {name: "offset", align: "right"},
    {name: "hexadecimal", align: "left"},
    {name: "ASCII", align: "left"},
  ];
  return htmlTable({
    caption: `${name}: ${count(bytes.length, "byte")}`,
    columns,
    rows,
    rowHeaders: true,
    monospace: true,
    omitted: bytes.length > MAX_BYTES ? [moreOf(bytes.length - MAX_BYTES, "byte")] : [],
  });
}

/** Two groups of eight, as `hexdump -C` writes them. */
function hexOf(row: Uint8Array): string {
  const pairs = Array.from(row, (byte) => byte.toString(16).padStart(2, "0"));
  return [pairs.slice(0, 8), pairs.slice(8)]
    .filter((group) => group.length > 0)
    .map((group) => group.join(" "))
    .join("  ");
}

function asciiOf(row: Uint8Array): string {
  return Array.from(row, (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".",
  ).join("");
}

function numberGrid(array: NumberArray): string {
  const shown = Math.min(array.length, MAX_NUMBERS);
  const width = Math.min(shown, NUMBERS_PER_ROW);
  const rows = Array.from({length: Math.ceil(shown / width)}, (_, at) => {
    const numbers = Array.from({length: width}, (_, column) => {
      const index = at * width + column;
      return index < shown ? elementCell(array[index]!) : {text: ""};
    });
    return [{text: String(at * width)}, ...numbers];
  });
  const columns = Array.from({length: width}, (_, at): TableColumn => ({
    name: `+${at}`,
    align: "right",
  }));
  return htmlTable({
    caption: `${className(array)}: ${count(array.length, "element")}, ${count(array.byteLength, "byte")}`,
    columns: [{name: "index", align: "right"}, ...columns],
    rows,
    rowHeaders: true,
    omitted: array.length > shown ? [moreOf(array.length - shown, "element")] : [],
  });
}

function elementCell(element: number | bigint): TableCell {
  return typeof element === "bigint" ? {text: element.toString()} : numberCell(element);
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}
