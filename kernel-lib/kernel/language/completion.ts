/**
 * What may stand at the cursor, from tslab's completion.
 */
import type {CompletionInfo} from "tslab/dist/converter.js";
import type {CompletionMatch} from "../messages.js";

/** Who knows what may stand where: `cursor`, `start` and `end` in UTF-16 units. */
export interface Completer {
  complete(code: string, cursor: number): CompletionInfo;
}

/** Completions, and which part of the cell each of them replaces, in UTF-16 units. */
export interface Completions {
  matches: CompletionMatch[];
  start: number;
  end: number;
}

/** More are no help to a reader, and a slow menu. */
const MAX_MATCHES = 300;
/** tslab puts this before a cell, and counts it in the spans of single entries. */
const PREFIX_LENGTH = "export {};\n".length;

/**
 * TypeScript's kinds in the words that JupyterLab has colours for (those of Jedi, IPython's
 * completer); what is not listed is an `instance`.
 */
const TYPES: Record<string, string> = {
  keyword: "keyword",
  module: "module",
  "external module name": "module",
  script: "path",
  directory: "path",
  class: "class",
  "local class": "class",
  interface: "class",
  type: "class",
  "primitive type": "class",
  "type parameter": "class",
  enum: "class",
  function: "function",
  "local function": "function",
  method: "function",
  call: "function",
  construct: "function",
  constructor: "function",
  property: "property",
  getter: "property",
  setter: "property",
  accessor: "property",
  "enum member": "property",
  parameter: "param",
};

/**
 * The completions in tslab's order: what begins as the reader typed, then what contains it.
 *
 * @param cursor in UTF-16 units
 */
export function completionsAt(completer: Completer, code: string, cursor: number): Completions {
  const {names, types, start, end} = fittingNames(completer.complete(code, cursor), code, cursor);
  const shown = [...new Set(names)].slice(0, MAX_MATCHES);
  return {
    matches: shown.map((text) => ({text, type: TYPES[types.get(text) ?? ""] ?? "instance"})),
    start,
    end,
  };
}

interface Names {
  names: string[];
  types: Map<string, string>;
  start: number;
  end: number;
}

function fittingNames(info: CompletionInfo, code: string, cursor: number): Names {
  const entries = info.original?.entries ?? [];
  const types = new Map(entries.map(({name, kind}) => [name, kind]));
  const span = entries.find(({replacementSpan}) => replacementSpan)?.replacementSpan;
  if (span === undefined) return {names: info.candidates, types, start: info.start, end: info.end};
  // Inside a text, such as an import path: tslab gives all entries, and the cursor for a span.
  const start = span.start - PREFIX_LENGTH;
  const typed = code.slice(start, cursor).toLowerCase();
  const names = info.candidates.filter((name) => name.toLowerCase().startsWith(typed));
  return {names, types, start, end: start + span.length};
}
