/**
 * What a page and its worker say to each other. The **page** shows cells and loads scripts; the
 * **worker** compiles and runs cells, and owns the reader's variables. Ending the worker is the
 * one way to stop an endless loop, and loses the variables.
 */
import type {CompiledCell} from "../cells/compile-cell.js";
import type {ImportRequest} from "../cells/import-names.js";
import type {Output} from "../../kernel/index.js";

/** From the page. */
export type PageMessage =
  | {kind: "run"; run: number; label: string; source: string; compiled?: CompiledCell}
  | {kind: "loaded"; request: number; scripts: LoadedScripts}
  | {kind: "missing"; request: number; message: string};

/** Sources of functions, as `String(function)` gives them; the worker evaluates them when needed. */
export interface LoadedScripts {
  /** Module id → its function of `(require, exports, module)`. */
  modules: Record<string, string>;
  /** Import path → exported name → module id that has it. */
  namespaces: Record<string, Record<string, string>>;
}

/** From the worker. */
export type WorkerMessage =
  | {kind: "ready"}
  | {kind: "need"; request: number; imports: ImportRequest[]}
  | {kind: "output"; run: number; output: Output}
  | {kind: "end"; run: number; ok: boolean};

/** The compiler is a module like others, loaded when a cell was changed. */
export const COMPILER = "book/compiler";
