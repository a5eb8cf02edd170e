/**
 * The parser of tslab's own TypeScript (5.0.4, a fork): what it cannot read, a cell cannot be.
 *
 * The package belongs to tslab, so it is asked for from there, and only what is used is typed.
 */
import {createRequire} from "node:module";

export interface ParseDiagnostic {
  code: number;
  /** UTF-16 units from the beginning of the text. */
  start: number;
  length: number;
}

export interface ParsedCell {
  /** In order of place; empty if the grammar is right. */
  parseDiagnostics: readonly ParseDiagnostic[];
  /** No statement: nothing, blanks or comments. */
  isEmpty: boolean;
  /** The last statement is a function that has no body yet. */
  endsWithoutBody: boolean;
  /** The text ends inside a template or a block comment. */
  endsInText: boolean;
}

interface Node {
  kind: number;
  body?: unknown;
  modifiers?: readonly Node[];
}

interface TypeScript {
  createSourceFile(
    name: string,
    text: string,
    target: number,
    setParents: boolean,
  ): {parseDiagnostics: ParseDiagnostic[]; statements: Node[]};
  ScriptTarget: {ES2022: number};
  SyntaxKind: {FunctionDeclaration: number; DeclareKeyword: number};
}

const tslabRequire = createRequire(createRequire(import.meta.url).resolve("tslab"));
const ts = tslabRequire("@tslab/typescript-for-tslab") as TypeScript;
const UNTERMINATED_COMMENT = 1010;
const UNTERMINATED_TEMPLATE = 1160;

export const typescript: {
  /** Reads a cell as tslab's compiler reads it; its grammar only. */
  parse(code: string): ParsedCell;
} = {
  parse(code) {
    const {ES2022} = ts.ScriptTarget;
    const {parseDiagnostics, statements} = ts.createSourceFile("cell.ts", code, ES2022, false);
    const last = statements.at(-1);
    return {
      parseDiagnostics: [...parseDiagnostics].sort((a, b) => a.start - b.start),
      isEmpty: statements.length === 0 && parseDiagnostics.length === 0,
      endsWithoutBody:
        last?.kind === ts.SyntaxKind.FunctionDeclaration &&
        last.body === undefined &&
        !last.modifiers?.some(({kind}) => kind === ts.SyntaxKind.DeclareKeyword),
      endsInText: parseDiagnostics.some(
        ({code: fault}) => fault === UNTERMINATED_COMMENT || fault === UNTERMINATED_TEMPLATE,
      ),
    };
  },
};
