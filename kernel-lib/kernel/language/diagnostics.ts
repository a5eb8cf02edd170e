/**
 * What TypeScript finds wrong with a cell, as a Jupyter error.
 *
 * The class of the error is `TypeScriptError`: neither `SyntaxError` nor `TypeError`, which a
 * running cell can throw and catch. This one means that nothing of the cell has run.
 */
import type {Diagnostic} from "tslab/dist/converter.js";
import {bold, red} from "./ansi.js";
import {hintFor, UNKNOWN_NAME} from "./diagnostic-hints.js";
import type {ErrorReport} from "../messages.js";
import {clampSpan, readerColumn, sourceExcerpt, sourceLines} from "./source-excerpt.js";
import type {SourceSpan} from "./source-excerpt.js";

const ENAME = "TypeScriptError";
/** More are counted, not shown: they mostly follow from the first. */
const MAX_SHOWN = 10;

/** One fault: a diagnostic, with the messages that tslab cut off from it. */
interface Fault {
  code: number;
  messages: string[];
  span: SourceSpan;
  /** Path of another file than the cell, which the cell imports. */
  fileName: string | undefined;
  hint: string | undefined;
}

/**
 * The error of a cell that does not compile.
 *
 * @param diagnostics of tslab's converter, one at least
 * @param cell its text as the reader typed it, and its name, such as `cell [3]`
 */
export function diagnosticsReport(
  diagnostics: readonly Diagnostic[],
  cell: {code: string; label: string},
): ErrorReport {
  const lines = sourceLines(cell.code);
  const faults = mainFaults(foldChains(diagnostics, lines), lines);
  const [first] = faults;
  const found = faults.length === 1 ? "an error" : `${faults.length} errors`;
  const hidden = faults.length - MAX_SHOWN;
  return {
    ename: ENAME,
    evalue: titleOf(first!),
    traceback: [
      `${red(bold(ENAME))}: the cell did not run, TypeScript found ${found}.`,
      ...faults.slice(0, MAX_SHOWN).flatMap((fault) => describe(fault, lines, cell.label)),
      ...(hidden > 0 ? ["", `… ${hidden} more ${hidden === 1 ? "error" : "errors"}`] : []),
    ],
  };
}

/** tslab makes a diagnostic of each message in a chain, all at the same place. */
function foldChains(diagnostics: readonly Diagnostic[], lines: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  for (const {start, end, code, messageText, fileName} of diagnostics) {
    const span = {
      line: start.line,
      column: start.character,
      endLine: end.line,
      endColumn: end.character,
    };
    const last = faults.at(-1);
    if (last !== undefined && isSameSpan(last.span, span)) {
      if (!isAboutDeclaration(code)) last.messages.push(messageText);
    } else faults.push({code, messages: [messageText], span, fileName, hint: undefined});
  }
  for (const fault of faults) {
    if (fault.fileName === undefined) fault.hint = hintOf(fault, lines);
  }
  return faults;
}

/**
 * Without those that only follow from others: what stands behind the reader's text (tslab adds an
 * `export` to it), declarations that cannot be written, and where the grammar is wrong, what follows
 * from that.
 */
function mainFaults(faults: readonly Fault[], lines: readonly string[]): Fault[] {
  const inside = faults.filter((fault) => fault.span.line < lines.length);
  const kept = inside.filter((fault) => !isAboutDeclaration(fault.code));
  const wrongGrammar = kept.some((fault) => fault.code < 2000);
  const main = wrongGrammar ? firstOfEachLine(kept) : kept;
  const rest = [main, inside, faults].find((list) => list.length > 0)!;
  return rest.map((fault) =>
    fault.fileName === undefined ? {...fault, span: clampSpan(fault.span, lines)} : fault,
  );
}

/**
 * Where the grammar is wrong, as in TypeScript's own command, nothing is said about meanings. But a
 * fault with a hint of its own stays, and what comes after it in its line follows from it.
 */
function firstOfEachLine(faults: readonly Fault[]): Fault[] {
  const explained = new Set<number>();
  return faults.filter(({code, hint, span}) => {
    const hinted = hint !== undefined && hint !== UNKNOWN_NAME;
    if (explained.has(span.line) || (code >= 2000 && !hinted)) return false;
    if (hinted) explained.add(span.line);
    return true;
  });
}

function hintOf({code, messages, span}: Fault, lines: readonly string[]): string | undefined {
  const {line, column, endLine, endColumn} = clampSpan(span, lines);
  const text = lines[line]!;
  const spanned = text.slice(column, endLine > line ? undefined : endColumn);
  return hintFor({
    code,
    message: messages.join("\n"),
    span: spanned,
    line: text,
    lineBefore: lines[line - 1] ?? "",
  });
}

function describe(fault: Fault, lines: readonly string[], label: string): string[] {
  const {span, messages, fileName, hint} = fault;
  const title = bold(titleOf(fault));
  const chain = messages.slice(1).map((message) => `  ${message}`);
  if (fileName !== undefined) return ["", title, ...chain, `${fileName}, line ${span.line + 1}`];
  const [line, carets] = sourceExcerpt(lines, span);
  return [
    "",
    title,
    ...chain,
    bold(`${label}, line ${span.line + 1}, column ${readerColumn(lines, span)}`),
    line,
    red(carets),
    ...(hint === undefined ? [] : [`${bold("Hint:")} ${hint}`]),
  ];
}

/** tslab writes a declaration of each cell; what it cannot write follows from something else. */
function isAboutDeclaration(code: number): boolean {
  return code >= 4000 && code < 5000;
}

function titleOf({code, messages}: Fault): string {
  return `TS${code}: ${messages[0]}`;
}

function isSameSpan(a: SourceSpan, b: SourceSpan): boolean {
  return (
    a.line === b.line &&
    a.column === b.column &&
    a.endLine === b.endLine &&
    a.endColumn === b.endColumn
  );
}
