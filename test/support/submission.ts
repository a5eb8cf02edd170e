import type {CodeCell, Notebook} from "kernel-lib/kernel";
import {codeCell} from "./notebook.js";

/** How to get a sandbox, for `itNeeds`. */
export const SANDBOX_NEEDS = "Linux, apt install util-linux, and root or user namespaces";

/** Cells of one question whose answer is a number: asks it, answers it, hands it in. */
export function questionCells(id: string, answer: number): CodeCell[] {
  const options = '{title: "t", points: 1, tier: 1, hints: ["a", "b", "c"]}';
  return [
    codeCell(
      `solve-${id}`,
      `const ${id} = question("${id}", ${options}); const f${id} = () => ${answer};`,
    ),
    codeCell(`test-${id}`, `const answer_${id} = ${id}.submit(() => f${id}());`),
  ];
}

/** A submission: right answers to q1 and q2, and other cells between them. */
export function submission(...between: CodeCell[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [
      codeCell("imports", 'import {question, student, trialSeed} from "kernel-lib/course";'),
      ...questionCells("q1", 1),
      ...between,
      ...questionCells("q2", 2),
    ],
  };
}
