import type {Notebook, NotebookCell} from "../../kernel/index.js";
import {nbgraderOf, roleOf} from "../source/index.js";
import type {ProblemSet} from "../source/index.js";

/** A line that only an author's copy has. */
const MARKER = /^.*### (?:BEGIN|END) SOLUTION.*\n?/gm;

/** What a student hands in: the release with some of its answers written. */
export class AnswerSheet {
  private readonly release: Notebook;
  private readonly solutions: ReadonlyMap<string, string>;
  private readonly answers = new Map<string, string>();

  constructor(set: ProblemSet, release: Notebook) {
    this.release = release;
    this.solutions = new Map(
      set.notebook.cells
        .filter((cell) => ["solution", "essay"].includes(roleOf(cell)))
        .map((cell) => [nbgraderOf(cell)!.grade_id, cell.source.replace(MARKER, "")]),
    );
  }

  /** Answers every question as its author does, or those cells alone. */
  solve(cells: readonly string[] = [...this.solutions.keys()]): this {
    for (const cell of cells) this.write(cell, this.solutions.get(cell) ?? "");
    return this;
  }

  /** @throws RangeError if the release has no such cell */
  write(cell: string, source: string): this {
    if (!this.solutions.has(cell)) throw new RangeError(`Cannot write ${cell}: no such answer`);
    this.answers.set(cell, source);
    return this;
  }

  /** The author's own answer, without markers. */
  solution(cell: string): string {
    return this.solutions.get(cell) ?? "";
  }

  /** The notebook, with the id that the student typed. */
  notebook(student: string): Notebook {
    const cells = this.release.cells.map((cell): NotebookCell => {
      const {grade_id: id = ""} = nbgraderOf(cell) ?? {};
      const answer = this.answers.get(id);
      const source = answer ?? typedId(cell.source, student);
      return {...cell, source};
    });
    return {...this.release, cells};
  }
}

function typedId(source: string, student: string): string {
  // By a function: a name may have "$&" in it, which means something in a text.
  return source.replace('student("")', () => `student(${JSON.stringify(student)})`);
}
