/** A problem set of two tested questions and an essay, made by hand, for tests of grading's parts. */
import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {prepareSet} from "kernel-lib/course/grading";
import type {PreparedSet} from "kernel-lib/course/grading";
import {formatNotebook} from "kernel-lib/kernel";
import type {MarkdownCell, Notebook, NotebookCell} from "kernel-lib/kernel";
import {codeCell} from "./notebook.js";

const ABOUT = {schema_version: 3, grade: false, solution: false, locked: false, task: false};

/** A cell with nbgrader's metadata; its id is its `grade_id`. */
export function gradedCell(id: string, source: string, about: object): NotebookCell {
  return codeCell(id, source, {nbgrader: {...ABOUT, grade_id: id, ...about}});
}

export function markdownCell(id: string, source: string, metadata: object = {}): MarkdownCell {
  return {cell_type: "markdown", id, metadata: {...metadata}, source};
}

/** Question, solution cell and test cell; the right answer is `answer`. */
export function sourceQuestion(id: string, answer: string): NotebookCell[] {
  const number = id.slice(1);
  return [
    gradedCell(
      `${id}-question`,
      `const ${id} = question("${id}", {title: "Title of ${id}", points: 2, tier: 1,\n` +
        '  hints: ["first", "second", "third"]});',
      {locked: true},
    ),
    gradedCell(
      `${id}-solution`,
      `const answer${number} = () => {\n  // ### BEGIN SOLUTION\n  return ${answer};\n` +
        "  // ### END SOLUTION\n};",
      {solution: true},
    ),
    gradedCell(
      `${id}-test`,
      `const given${number} = ${id}.submit(() => answer${number}());\n` +
        `${id}.check(given${number}, (given) => given !== undefined || "nothing yet");\n` +
        "// ### BEGIN HIDDEN TESTS\n" +
        `${id}.grade(given${number}, [\n` +
        '  {name: "is a number", points: 0.5, holds: (given) => typeof given === "number"},\n' +
        `  {name: "is right", points: 1.5, holds: (given) => given === ${answer}, hint: 2},\n` +
        "]);\n// ### END HIDDEN TESTS",
      {grade: true, locked: true, points: 2},
    ),
  ];
}

/** The source notebook. */
export function smallSource(): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {kernelspec: {name: "tslab"}, glass_cloud: {kind: "problem-set"}},
    cells: [
      markdownCell("header", "# A small set"),
      gradedCell("imports", 'import {question, student, variant} from "kernel-lib/course";', {
        locked: true,
      }),
      codeCell("identity", 'const me = student(""); // your id between the quotes'),
      gradedCell("seed", 'const course = "glass-cloud";\nconst seed = variant(course, me);', {
        locked: true,
      }),
      ...sourceQuestion("q1", "41"),
      codeCell("q1-hint", "// q1.hint()"),
      ...sourceQuestion("q2", "42"),
      markdownCell(
        "q3",
        "**Why?**\n\n### BEGIN SOLUTION\nBecause of the rubric.\n### END SOLUTION",
        {nbgrader: {...ABOUT, grade_id: "q3", grade: true, solution: true, points: 3}},
      ),
    ],
  };
}

/** Writes it as `FOLDER/source/NAME/NAME.ipynb`. @returns the folder `source` */
export function writeSource(folder: string, name = "ps90", notebook = smallSource()): string {
  const source = join(folder, "source");
  mkdirSync(join(source, name), {recursive: true});
  writeFileSync(join(source, name, `${name}.ipynb`), formatNotebook(notebook));
  return source;
}

/** The small set, ready for grading. */
export function smallPrepared(folder: string): PreparedSet {
  return prepareSet("ps90", {
    ...{course: "cloud-2026", secret: "of the test"},
    folders: {source: writeSource(folder), judges: join(folder, "judges")},
  });
}

/** The same notebook with one cell changed, or left out. */
export function withCell(
  notebook: Notebook,
  id: string,
  change: (cell: NotebookCell) => NotebookCell | NotebookCell[],
): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.flatMap((cell) => (cell.id === id ? change(cell) : cell)),
  };
}

export function withSource(notebook: Notebook, id: string, source: string): Notebook {
  return withCell(notebook, id, (cell) => ({...cell, source}));
}
