import type {Notebook, Output} from "../../kernel/index.js";
import {parseChildLine} from "./child-lines.js";
import type {HandedIn} from "./child-lines.js";
import type {LineMeaning} from "./isolation/contained-process.js";

/** What one cell of a submission did. */
export interface SubmissionCell {
  id: string;
  /** False if it threw, did not type-check or wrote to stderr. */
  ok: boolean;
  /** Its texts, at most 64 KiB; pictures and HTML are left out. */
  outputs: Output[];
  /** Class and message, where it failed. */
  error?: string;
}

/**
 * What a run of a submission has reported so far.
 *
 * A submission's code can write any line to the channel, so this takes every line for a claim of the
 * submission. Cells begin in the notebook's order, each once, and an answer counts for the cell that
 * began last. Whoever forges lines can then hand in an answer of their own making for a question,
 * which is what an answer is anyway: it earns its points only if the judge, in another process, finds
 * it right on inputs drawn for this grading. All else that can be forged is to their cost: a cell
 * that seems to begin, end or fail, or a run that seems to be over.
 */
export class RunRecord {
  readonly cells: SubmissionCell[] = [];
  /** By the id of the cell that emitted it. */
  readonly answers: Map<string, HandedIn> = new Map();
  /** Whether the run has said that it is over. */
  ended = false;
  /** Ids of the code cells, in order. */
  private readonly order: readonly string[];
  /** Position of the cell that began last. */
  private at = -1;

  constructor(notebook: Notebook) {
    this.order = notebook.cells.filter((c) => c.cell_type === "code").map(({id}) => id);
  }

  /** The cell that began last, the first suspect if the process dies. */
  get begun(): string | undefined {
    return this.order[this.at];
  }

  /** Takes a line. */
  readonly add = (text: string): LineMeaning => {
    const line = parseChildLine(text);
    if (line === undefined) return undefined;
    if (line.kind === "end") {
      this.ended = true;
      return "done";
    }
    if (line.kind === "begin") {
      const next = this.order.indexOf(line.cell, this.at + 1);
      if (next < 0) return undefined;
      this.at = next;
      return "step";
    }
    const {cell: id, ok, outputs, answer} = line;
    if (id !== this.begun || this.cells.some((cell) => cell.id === id)) return undefined;
    const error = ok ? undefined : errorOf(outputs);
    this.cells.push({id, ok, outputs, ...(error === undefined ? {} : {error})});
    if (answer !== undefined) this.answers.set(id, answer);
    // What it left behind may still block; that is to count as this cell's time, too.
    return "step";
  };
}

function errorOf(outputs: readonly Output[]): string | undefined {
  for (const output of outputs) {
    if (output.output_type === "error") return `${output.ename}: ${output.evalue}`;
  }
  return undefined;
}
