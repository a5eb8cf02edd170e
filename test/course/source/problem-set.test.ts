import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {
  nbgraderOf,
  problemSetNames,
  readProblemSet,
  roleOf,
  sourceProblems,
} from "kernel-lib/course/source";
import type {Notebook, NotebookCell} from "kernel-lib/kernel";
import {describe, expect, it} from "vitest";
import {codeCell} from "../../support/notebook.js";
import {scratchFolder} from "../../support/scratch.js";
import {
  gradedCell,
  smallSource,
  withCell,
  withSource,
  writeSource,
} from "../../support/small-set.js";

const SMALL = smallSource();
const sourceOf = (id: string): string => SMALL.cells.find((cell) => cell.id === id)!.source;

/** With another nbgrader metadata. */
function withAbout(id: string, about: object): Notebook {
  return withCell(SMALL, id, (cell) => ({
    ...cell,
    metadata: {nbgrader: {...nbgraderOf(cell), ...about}},
  }));
}

describe("roleOf", () => {
  it.each([
    [{grade_id: "a", locked: true}, "given"],
    [{grade_id: "a", solution: true}, "solution"],
    [{grade_id: "a", grade: true, locked: true}, "test"],
    [{grade_id: "a", grade: true, solution: true}, "essay"],
    [{grade_id: "a"}, "free"],
    [{grade: true}, "free"],
    [{grade_id: 7, grade: true}, "free"],
    [null, "free"],
    ["grade", "free"],
    [undefined, "free"],
  ])("a cell with nbgrader: %j is %s", (nbgrader, role) => {
    expect(roleOf(codeCell("a", "", {nbgrader}))).toBe(role);
  });
});

describe("readProblemSet", () => {
  it("reads parts with their points and cells", () => {
    const source = writeSource(scratchFolder());
    expect(readProblemSet(source, "ps90").parts).toEqual([
      {question: "q1", manual: false, points: 2, gradeId: "q1-test", solutions: ["q1-solution"]},
      {question: "q2", manual: false, points: 2, gradeId: "q2-test", solutions: ["q2-solution"]},
      {question: "q3", manual: true, points: 3, gradeId: "q3", solutions: ["q3"]},
    ]);
  });

  it("problemSetNames lists folders that hold a notebook of their own name, in order", () => {
    const source = writeSource(scratchFolder(), "ps10");
    writeSource(join(source, ".."), "ps02");
    mkdirSync(join(source, "ps11"));
    writeFileSync(join(source, "ps12"), "");
    expect(problemSetNames(source)).toEqual(["ps02", "ps10"]);
    expect(problemSetNames(join(source, "nothing"))).toEqual([]);
    expect(() => readProblemSet(source, "../ps10")).toThrow("choose from ps02, ps10");
    expect(() => readProblemSet(join(source, "no"), "ps10")).toThrow(
      /problem set ps10: .* has none$/,
    );
  });

  it("names the set whose file is no notebook, or whose cells cannot be marked", () => {
    const source = writeSource(scratchFolder());
    writeFileSync(join(source, "ps90", "ps90.ipynb"), "{");
    expect(() => readProblemSet(source, "ps90")).toThrow("Cannot use problem set ps90: ");
    writeSource(join(source, ".."), "ps90", withSource(SMALL, "q1-solution", "const answer1 = 1;"));
    expect(() => readProblemSet(source, "ps90")).toThrow(
      "Cannot use problem set ps90: cell q1-solution has no region BEGIN SOLUTION",
    );
  });
});

describe("sourceProblems", () => {
  it("the small set has none", () => {
    expect(sourceProblems(SMALL)).toEqual([]);
  });

  const cases: [string, Notebook, string][] = [
    [
      "a grade_id twice",
      withAbout("q2-solution", {grade_id: "q1-solution"}),
      "grade_id q1-solution is there twice",
    ],
    [
      "a cell id twice",
      withCell(SMALL, "q1-hint", (cell) => [cell, cell]),
      "cell id q1-hint is there twice",
    ],
    [
      "a solution in a given cell",
      withSource(SMALL, "seed", "### BEGIN SOLUTION\n### END SOLUTION"),
      "cell seed has a solution, and is no solution cell",
    ],
    [
      "a solution cell without a region",
      withSource(SMALL, "q1-solution", "const answer1 = () => 41;"),
      "cell q1-solution has no region BEGIN SOLUTION",
    ],
    [
      "hidden tests in a free cell",
      withSource(SMALL, "q1-hint", "### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS"),
      "cell q1-hint hides tests, and is no test",
    ],
    [
      "a test that hides nothing",
      withSource(SMALL, "q1-test", "q1.submit(() => answer1())"),
      "cell q1-test has no region BEGIN HIDDEN TESTS",
    ],
    [
      "a misspelt marker",
      withSource(SMALL, "q1-test", sourceOf("q1-test").replaceAll("HIDDEN TESTS", "HIDDEN TEST")),
      "cell q1-test has a line that is no marker of ours: // ### BEGIN HIDDEN TEST",
    ],
    [
      "a region that does not end",
      withSource(SMALL, "q1-test", sourceOf("q1-test").replace("// ### END HIDDEN TESTS", "")),
      "cell q1-test cannot be read: HIDDEN TESTS begins and does not end",
    ],
    [
      "a test of a question that nobody asked",
      withSource(SMALL, "q1-test", sourceOf("q1-test").replaceAll("q1.", "q7.")),
      "cell q1-test must call submit of one question, once",
    ],
    [
      "a test that hands in twice",
      withSource(SMALL, "q1-test", `${sourceOf("q1-test")}\nq1.submit(() => 1);`),
      "cell q1-test must call submit of one question, once",
    ],
    [
      "a question in two tests",
      withSource(SMALL, "q2-test", sourceOf("q2-test").replaceAll("q2.", "q1.")),
      "question q1 is handed in by two tests",
    ],
    ["a test for nothing", withAbout("q1-test", {points: 0}), "cell q1-test is worth no points"],
    ["an essay for nothing", withAbout("q3", {points: undefined}), "cell q3 is worth no points"],
    [
      "points that differ",
      withAbout("q1-test", {points: 3}),
      "cell q1-test is worth 3 points, its question 2",
    ],
    [
      "a test without a solution",
      withCell(SMALL, "q2-solution", () => []),
      "cell q2-test tests no solution: none lies before it",
    ],
    [
      "a solution without a test",
      {
        ...SMALL,
        cells: [
          ...SMALL.cells,
          gradedCell("late", "### BEGIN SOLUTION\n### END SOLUTION", {solution: true}),
        ],
      },
      "cell late is a solution without a test behind it",
    ],
    [
      "a task of nbgrader's",
      withAbout("seed", {task: true}),
      "cell seed is a task: make it an essay, grade and solution",
    ],
    [
      "an id that grading uses",
      withCell(SMALL, "q1-hint", (cell): NotebookCell => ({...cell, id: "own-1"})),
      "cell own-1 has the cell id own-1, which grading uses itself",
    ],
  ];

  it.each(cases)("%s is told", (_, notebook, problem) => {
    expect(sourceProblems(notebook)).toContain(problem);
  });
});
