/**
 * Whether a cell can run as it stands: for consoles, where Enter either runs or begins a new line.
 */
import type {Completeness} from "./messages.js";
import {typescript} from "./tslab-typescript.js";
import type {ParseDiagnostic} from "./tslab-typescript.js";

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
export function completenessOf(code: string): {status: Completeness; indent: string} {
  const status = statusOf(code.replaceAll("\r\n", "\n"));
  return {status, indent: status === "incomplete" ? nextIndent(code) : ""};
}

function statusOf(code: string): Completeness {
  const source = typescript.parse(code);
  const [first] = source.parseDiagnostics;
  const incomplete = TWO_BLANK_LINES.test(code) ? "complete" : "incomplete";
  if (OPEN_WORD.test(code) && (first === undefined || first.start + first.length >= code.length)) {
    return incomplete;
  }
  if (first === undefined) return endsWithHeader(code) ? incomplete : "complete";
  return source.parseDiagnostics.every((fault) => isUnfinished(fault, code))
    ? incomplete
    : "invalid";
}

function isUnfinished({code, start}: ParseDiagnostic, text: string): boolean {
  if (code === 1002 || code === 1126) return CONTINUED_STRING.test(text);
  return !LASTING.includes(code) && isTrivia(text.slice(start));
}

/** Whether nothing but blanks and comments is left. */
function isTrivia(text: string): boolean {
  return text.trim() === "" || typescript.parse(text).isEmpty;
}

/** A function without a body is a signature to the parser, and a declaration for more to come. */
function endsWithHeader(code: string): boolean {
  return typescript.parse(code).endsWithoutBody;
}

/** The last line's indentation, two more behind an opening bracket or an arrow. */
function nextIndent(code: string): string {
  const lines = code.trimEnd().split("\n");
  const last = lines.at(-1)!;
  const indent = /^\s*/.exec(last)![0];
  if (typescript.parse(code).endsInText) return "";
  const opens = /(?:[([{]|=>)\s*(?:\/\/.*)?$/.test(last);
  return opens || endsWithCondition(last) ? `${indent}  ` : indent;
}

/** `if (x)`, `for (…)`, `else`: the statement they rule is still to come. */
function endsWithCondition(line: string): boolean {
  return /^\s*(?:\}\s*)?(?:(?:else\s+)?if\s*\(.*\)|else|(?:for|while)\s*\(.*\)|do)\s*$/.test(line);
}
