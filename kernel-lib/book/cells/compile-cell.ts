/**
 * A cell as a script for the browser: TypeScript stripped, top-level names turned into variables of
 * the notebook, by the same rules as in our kernel (`kernel/cells/cell-transform.ts`):
 *
 *     let n = 0; const inc = () => { n++ };      void (n = 0); void (inc = () => { n++ });
 *     import {sum} from "mathjs";                ({sum: sum} = __run.require("mathjs"));
 *     function f() {}   class A {}               f = …;  void (A = class A {});
 *
 * Declarations become assignments; the worker declares the names themselves, once, as variables of
 * the engine. Lines stay where they were typed, so that an error names the right one.
 *
 * Fidelity: no types are checked, and `namespace` is refused; the kernel checks and runs them.
 * Sucrase strips the types, acorn reads what is left: an interface or a type does not end a statement
 * before it that lacks its semicolon.
 */
import {parse} from "acorn";
import type {ExpressionStatement, Program} from "acorn";
import {transform} from "sucrase";
import {WORKER_STRINGS} from "../strings.js";
import {CellWriter, RUN} from "./cell-writer.js";
import {declaredNames} from "./declared-names.js";
import type {ImportRequest} from "./import-names.js";

export interface CompiledCell {
  /** An expression: an async function of `__run`, by which the cell talks to its host. */
  code: string;
  /** The names that the cell declares. */
  names: string[];
  /** The modules that it imports statically. */
  imports: ImportRequest[];
}

/**
 * @param source of one cell, in TypeScript
 * @throws SyntaxError with the line of the cell, should it not parse
 */
export function compileCell(source: string): CompiledCell {
  const script = stripTypes(source);
  refuseNamespaces(source, script);
  const program = parseModule(script);
  const writer = new CellWriter(script);
  const last = lastExpression(program);
  for (const statement of program.body) {
    if (statement === last) writer.handOver(last);
    else writer.place(statement);
  }
  return {
    // Nothing before the first of the reader's lines: it stays the first.
    code: `async (${RUN}) => {"use strict"; ${writer.code}\n}`,
    names: [...declaredNames(program)],
    imports: writer.imports,
  };
}

function stripTypes(source: string): string {
  try {
    return transform(source, {
      transforms: ["typescript"],
      disableESTransforms: true,
      // A later cell may use what this one imports.
      keepUnusedImports: true,
    }).code;
  } catch (error) {
    throw syntaxError(error);
  }
}

/** Sucrase leaves a namespace out without a word, and what uses it would fail. */
function refuseNamespaces(source: string, script: string): void {
  const namespace = /^\s*(?:export\s+)?namespace\s+[\w$.]+\s*\{/;
  const lines = script.split("\n");
  const at = source
    .split("\n")
    .findIndex((line, index) => namespace.test(line) && !namespace.test(lines[index] ?? ""));
  if (at < 0) return;
  throw new SyntaxError(WORKER_STRINGS.noNamespace(at + 1));
}

function parseModule(script: string): Program {
  try {
    return parse(script, {
      ecmaVersion: "latest",
      sourceType: "module",
      allowAwaitOutsideFunction: true,
      allowHashBang: true,
    });
  } catch (error) {
    throw syntaxError(error);
  }
}

/** Both parsers end their message in "(line:column)"; a reader wants the line in words. */
function syntaxError(error: unknown): SyntaxError {
  const message = error instanceof Error ? error.message : String(error);
  const match = /^(?:Error transforming undefined: )?([\s\S]*?)\s*\((\d+):\d+\)$/.exec(message);
  if (match === null) return new SyntaxError(message);
  return new SyntaxError(`${match[1]!.replace(/^SyntaxError: /, "")} (line ${match[2]})`);
}

/** The last statement if it is an expression: its value is the cell's. */
function lastExpression(program: Program): ExpressionStatement | undefined {
  const last = program.body.filter(({type}) => type !== "EmptyStatement").at(-1);
  return last?.type === "ExpressionStatement" ? last : undefined;
}
