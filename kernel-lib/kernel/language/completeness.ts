/**
 * Whether a cell can run as it stands: for consoles, where Enter either runs or begins a new line.
 */
import ts = require("@tslab/typescript-for-tslab");
import type {Completeness} from "../messages.js";

/** A cell as tslab's own TypeScript reads it; `parseDiagnostics` is not in its public types. */
type ParsedCell = ts.SourceFile & {readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[]};

const UNTERMINATED_COMMENT = 1010;
const UNTERMINATED_TEMPLATE = 1160;

/** Faults that no further line can mend, though they are found at the end of the text. */
const LASTING: readonly number[] = [
  1002, // unterminated string literal
  1124, // digit expected
  1125, // hexadecimal digit expected
  1161, // unterminated regular expression
  1177, // binary digit expected
  1178, // octal digit expected
];
/** A string goes on in the next line behind a backslash. */
const CONTINUED_STRING = /\\\n?$/;
/** Words that need something behind them, though the parser takes them alone. */
const OPEN_WORD = /(?:^|[\s;{}(])(?:const|let|var|await|export|import)\s*$/;
/** An empty line behind an unfinished cell: run it, and let the error be seen. As tslab does. */
const TWO_BLANK_LINES = /\n[^\S\n]*\n[^\S\n]*$/;

/**
 * Tells unfinished input, which more text can complete, from a syntax error, which none can mend.
 * Only the grammar counts: unknown names and wrong types are for the run to tell.
 *
 * @returns the status, and for incomplete input the blanks that the next line begins with
 */
export function completeness(code: string): {status: Completeness; indent: string} {
  const status = statusOf(code.replaceAll("\r\n", "\n"));
  return {status, indent: status === "incomplete" ? nextIndent(code) : ""};
}

function statusOf(code: string): Completeness {
  const cell = parse(code);
  const faults = [...cell.parseDiagnostics].sort((a, b) => a.start - b.start);
  const incomplete = TWO_BLANK_LINES.test(code) ? "complete" : "incomplete";
  const [first] = faults;
  if (OPEN_WORD.test(code) && (first === undefined || first.start + first.length >= code.length)) {
    return incomplete;
  }
  if (first === undefined) return endsInSignature(cell) ? incomplete : "complete";
  return faults.every((fault) => isUnfinished(fault, code)) ? incomplete : "invalid";
}

function parse(code: string): ParsedCell {
  return ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ES2022) as ParsedCell;
}

function isUnfinished({code, start}: ts.DiagnosticWithLocation, text: string): boolean {
  if (code === 1002 || code === 1126) return CONTINUED_STRING.test(text);
  return !LASTING.includes(code) && isTrivia(text.slice(start));
}

/** Whether nothing but blanks and comments is left. */
function isTrivia(text: string): boolean {
  if (text.trim() === "") return true;
  const {statements, parseDiagnostics} = parse(text);
  return statements.length === 0 && parseDiagnostics.length === 0;
}

/** A function without a body is a signature to the parser, and to a reader one to be written. */
function endsInSignature({statements}: ParsedCell): boolean {
  const last = statements.at(-1);
  if (last === undefined || !ts.isFunctionDeclaration(last) || last.body !== undefined)
    return false;
  return !last.modifiers?.some(({kind}) => kind === ts.SyntaxKind.DeclareKeyword);
}

/** The last line's indentation, two more behind what opens a block; in a text, nothing. */
function nextIndent(code: string): string {
  const inText = parse(code).parseDiagnostics.some(
    (fault) => fault.code === UNTERMINATED_COMMENT || fault.code === UNTERMINATED_TEMPLATE,
  );
  if (inText) return "";
  const last = code.trimEnd().split("\n").at(-1)!;
  const indent = /^\s*/.exec(last)![0];
  const opens = /(?:[([{]|=>)\s*(?:\/\/.*)?$/.test(last);
  return opens || endsWithCondition(last) ? `${indent}  ` : indent;
}

/** `if (x)`, `for (…)`, `else`: the statement they rule is still to come. */
function endsWithCondition(line: string): boolean {
  return /^\s*(?:\}\s*)?(?:(?:else\s+)?if\s*\(.*\)|else|(?:for|while)\s*\(.*\)|do)\s*$/.test(line);
}
