/** What can go wrong in a notebook, and what a tool must make of it on our kernel. */
import type {CodeCell, Output} from "kernel-lib/kernel";
import {codeCell} from "../../support/notebook.js";

/** Stands in the failing cell; a tool that shows it has named the cell. */
export const MARK = "// the third cell";
const NAMED = "fails, names cell and error";

export interface Case {
  name: string;
  third: string;
  /** What the tool has to print of the error. */
  error: string;
  /** What must come on our kernel. */
  ours: string;
}

export const CASES: readonly Case[] = [
  {name: "nothing is wrong", third: "const three = 3;", error: "of no cell", ours: "passes"},
  {
    name: "a cell throws",
    third: 'throw new RangeError("too far");',
    error: "RangeError: too far",
    ours: NAMED,
  },
  {
    name: "a cell does not type-check",
    third: 'const n: number = "text";',
    error: "Type 'string' is not assignable to type 'number'",
    ours: NAMED,
  },
  {
    name: "a promise that the cell awaits is rejected",
    third: 'await Promise.reject(new RangeError("rejected"));',
    error: "RangeError: rejected",
    ours: NAMED,
  },
  {
    name: "a promise is rejected that nobody handles",
    third: 'Promise.reject(new Error("unheard"));',
    error: "Error: unheard",
    ours: NAMED,
  },
  {
    name: "a timer throws while its cell waits",
    third:
      'setTimeout(() => { throw new Error("late"); }, 20);\nawait new Promise((r) => setTimeout(r, 60));',
    error: "Error: late",
    ours: NAMED,
  },
  {
    // All five stop to listen to a cell at its end. Our own runner and JupyterLab do not.
    name: "a timer throws while a later cell runs",
    third: 'void setTimeout(() => { throw new Error("later"); }, 20);',
    error: "Error: later",
    ours: "passes",
  },
];

/** The third cell is to fail. */
export function fourCells(third: string): CodeCell[] {
  return [
    ran(codeCell("first", "const one = 1;")),
    ran(codeCell("second", 'console.log("second");'), "second\n"),
    ran(codeCell("third", `${third} ${MARK}`)),
    ran(
      codeCell("fourth", 'await new Promise((r) => setTimeout(r, 100));\nconsole.log("fourth");'),
      "fourth\n",
    ),
  ];
}

/** Cells that throw, each with one behind it that does not. */
export function failingPairs(count: number): CodeCell[] {
  const error: Output = {output_type: "error", ename: "Error", evalue: "no", traceback: []};
  return Array.from({length: count}, (_, index) => [
    {
      ...ran(codeCell(`bad-${index}`, 'throw new Error("no");', {tags: ["raises-exception"]})),
      outputs: [error],
    },
    ran(codeCell(`good-${index}`, `console.log("real good-${index}");`), `real good-${index}\n`),
  ]).flat();
}

/** As committed: nbval compares with what a cell gave before. */
function ran(cell: CodeCell, printed?: string): CodeCell {
  const outputs: Output[] =
    printed === undefined ? [] : [{output_type: "stream", name: "stdout", text: printed}];
  return {...cell, execution_count: 1, outputs};
}
