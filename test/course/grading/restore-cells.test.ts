import {restoreCells} from "kernel-lib/course/grading";
import type {RestoredNotebook} from "kernel-lib/course/grading";
import {nbgraderOf, releaseNotebook} from "kernel-lib/course/source";
import type {Notebook, NotebookCell} from "kernel-lib/kernel";
import {describe, expect, it} from "vitest";
import {inRunOrder} from "../../../kernel-lib/dist/course/grading/run-order.js";
import {codeCell} from "../../support/notebook.js";
import {markdownCell, smallSource, withCell, withSource} from "../../support/small-set.js";

const RELEASE = releaseNotebook(
  {name: "ps90", folder: "", notebook: smallSource(), parts: []},
  "cloud-2026",
);
const ANSWER = "const answer1 = () => 41;";
const ANSWERED = withSource(RELEASE, "q1-solution", ANSWER);
const cellOf = ({cells}: Notebook, id: string): NotebookCell =>
  cells.find((cell) => cell.id === id)!;
const restore = (submission: Notebook): RestoredNotebook => restoreCells(RELEASE, submission);
const idsOf = ({notebook}: RestoredNotebook): string[] => notebook.cells.map(({id}) => id);
const sourceIn = ({notebook}: RestoredNotebook, id: string): string => cellOf(notebook, id).source;

/** The same with cells before or behind one. */
function beside(
  notebook: Notebook,
  id: string,
  before: NotebookCell[],
  behind: NotebookCell[],
): Notebook {
  return withCell(notebook, id, (cell) => [...before, cell, ...behind]);
}

/** What the submission's code does in the order in which it runs. */
const ranSources = (submission: Notebook): string[] =>
  inRunOrder(restore(submission).notebook).cells.map(({source}) => source);

describe("restoreCells", () => {
  it("the release itself is not answered, and nothing about it is odd", () => {
    const restored = restore(RELEASE);
    expect(restored.notebook).toEqual(RELEASE);
    expect([...restored.untouched]).toEqual(["q1-solution", "q2-solution", "q3"]);
    expect(restored.flags).toEqual([]);
    expect(restored.typedId).toBeUndefined();
  });

  it("an answer is handed in, and no other cell for answers counts as touched", () => {
    const restored = restore(ANSWERED);
    expect(sourceIn(restored, "q1-solution")).toBe(ANSWER);
    expect(restored.handedIn.get("q1-solution")).toBe(ANSWER);
    expect([...restored.untouched]).toEqual(["q2-solution", "q3"]);
  });

  it.each(["q1-test", "seed", "imports"])("a changed cell %s is the release's again", (id) => {
    const restored = restore(withSource(ANSWERED, id, "q1.grade = () => 99;"));
    expect(cellOf(restored.notebook, id)).toEqual(cellOf(RELEASE, id));
    expect(restored.flags).toEqual([
      {kind: "cell-changed", detail: `Cell ${id} was changed, and restored.`},
    ]);
  });

  it("ends of lines and blanks at the end are no change, and no answer", () => {
    const windows = {
      ...RELEASE,
      cells: RELEASE.cells.map((cell) => ({
        ...cell,
        source: `${cell.source.replaceAll("\n", "\r\n")}\r\n`,
      })),
    };
    const restored = restore(windows);
    expect(restored.flags).toEqual([]);
    expect([...restored.untouched]).toEqual(["q1-solution", "q2-solution", "q3"]);
  });

  it.each([
    ["q1-test", "Cell q1-test is gone: it was put back."],
    ["seed", "Cell seed is gone: it was put back."],
    ["q1-solution", "Cell q1-solution is gone: nothing was handed in."],
    ["q3", "Cell q3 is gone: nothing was handed in."],
  ])("a missing cell %s is told, and the order is the release's", (id, detail) => {
    const restored = restore(withCell(ANSWERED, id, () => []));
    expect(restored.flags).toEqual([{kind: "cell-missing", detail}]);
    expect(idsOf(restored)).toEqual(RELEASE.cells.map((cell) => cell.id));
    expect(restored.untouched.has(id)).toBe(id === "q1-solution" || id === "q3");
  });

  it("a notebook without any cell is put back, with nothing answered", () => {
    const restored = restore({...RELEASE, cells: []});
    expect(restored.untouched.size).toBe(3);
    expect(sourceIn(restored, "q1-solution")).toBe("");
    expect(sourceIn(restored, "q1-test")).toContain("q1.submit");
  });

  it("reordered cells run in the release's order, answers and all", () => {
    const restored = restore({...ANSWERED, cells: [...ANSWERED.cells].reverse()});
    expect(restored.notebook).toEqual(restore(ANSWERED).notebook);
    expect(restored.flags).toEqual([]);
  });

  it("a renamed answer cell is gone, and runs as the student's own", () => {
    const renamed = withCell(ANSWERED, "q1-solution", (cell) => ({
      ...cell,
      metadata: {nbgrader: {...nbgraderOf(cell), grade_id: "mine"}},
    }));
    const restored = restore(renamed);
    expect(restored.flags.map(({kind}) => kind)).toEqual(["cell-missing"]);
    expect(restored.untouched.has("q1-solution")).toBe(true);
    expect(sourceIn(restored, "own-1")).toBe(ANSWER);
  });

  it("cells that lost nbgrader's metadata are known by their ids", () => {
    const cells = ANSWERED.cells.map((cell) => ({...cell, metadata: {}}));
    expect(restore({...ANSWERED, cells})).toEqual(restore(ANSWERED));
  });

  it("a student's own cells stay behind the cell that they followed, before the first one too", () => {
    const own = (source: string): NotebookCell => codeCell(`x-${source}`, source);
    const submission = beside(
      beside(ANSWERED, "header", [own("first")], []),
      "q1-solution",
      [own("before")],
      [own("behind 1"), markdownCell("text", "a note"), own("behind 2")],
    );
    const restored = restore(submission);
    const ids = idsOf(restored);
    expect(ids[0]).toBe("own-1");
    expect(ids.slice(ids.indexOf("q1-question") + 1, ids.indexOf("q1-test"))).toEqual([
      ...["own-2", "q1-solution", "own-3", "own-4", "own-5"],
    ]);
    // A note may belong to an essay: it is kept for whoever marks.
    expect(sourceIn(restored, "own-4")).toBe("a note");
    expect(sourceIn(restored, "own-5")).toBe("behind 2");
    expect(restored.flags).toEqual([]);
  });

  it.each([
    ["the id of a test cell", codeCell("q1-test", "forged")],
    [
      "the metadata of a test cell that there is not",
      codeCell("x", "forged", {
        nbgrader: {grade_id: "bonus", grade: true, locked: true, solution: false, points: 100},
      }),
    ],
    ["a tag that would keep it from running", codeCell("x", "forged", {tags: ["skip-execution"]})],
    ["an id of ours", codeCell("own-1", "forged")],
  ])("a student's own cell with %s has a new id and no metadata", (_, cell) => {
    const restored = restore(beside(ANSWERED, "q1-solution", [], [cell]));
    const forged = restored.notebook.cells.filter(({source}) => source === "forged");
    expect(forged).toEqual([codeCell("own-1", "forged")]);
    expect(cellOf(restored.notebook, "q1-test")).toEqual(cellOf(RELEASE, "q1-test"));
    expect(restored.flags).toEqual([]);
  });

  it("a student's own cell with the metadata of a test cell never runs, before it or behind", () => {
    const forged = {...cellOf(RELEASE, "q1-test"), id: "x", source: "forged"};
    for (const submission of [
      beside(ANSWERED, "q1-test", [forged], []),
      beside(ANSWERED, "q1-test", [], [forged]),
    ]) {
      expect(ranSources(submission)).toEqual(ranSources(ANSWERED));
      const kinds = restore(submission).flags.map(({kind}) => kind);
      expect(kinds).toContain("cell-duplicated");
    }
  });

  it("metadata on an answer, a tag that skips it or points of its own, is the release's", () => {
    const forged = withCell(ANSWERED, "q1-solution", (cell) => ({
      ...cell,
      attachments: {"a.png": {"image/png": "QQ=="}},
      metadata: {
        tags: ["skip-execution", "raises-exception"],
        nbgrader: {...nbgraderOf(cell), grade: true, points: 1000},
      },
    }));
    expect(restore(forged).notebook).toEqual(restore(ANSWERED).notebook);
  });

  it("an answer that was split in two runs whole, and both halves are handed in", () => {
    const [half, rest] = ["const help1 = () => 41;", "const answer1 = () => help1();"];
    const split = withCell(RELEASE, "q1-solution", (cell) => [
      {...cell, source: half!},
      {...cell, id: "other", source: rest!},
    ]);
    const restored = restore(split);
    expect(ranSources(split).filter((one) => one.includes("help1"))).toEqual([half, rest]);
    expect(restored.handedIn.get("q1-solution")).toBe(`${half}\n\n${rest}`);
    expect(restored.flags).toEqual([
      {kind: "cell-duplicated", detail: "Cell q1-solution is there more than once."},
    ]);
  });

  it("an answer that was written into a pasted copy counts, and a copy of the stub spoils none", () => {
    const stub = cellOf(RELEASE, "q1-solution");
    const copied = beside(RELEASE, "q1-solution", [], [{...stub, id: "copy", source: ANSWER}]);
    expect(restore(copied).untouched.has("q1-solution")).toBe(false);
    expect(ranSources(copied)).toContain(ANSWER);
    const pasted = beside(ANSWERED, "q1-solution", [], [{...stub, id: "copy"}]);
    expect(ranSources(pasted)).toEqual(ranSources(ANSWERED));
  });

  it("an answer that was made markdown by a keystroke is code again", () => {
    const made = withCell(ANSWERED, "q1-solution", ({id, metadata, source}) =>
      markdownCell(id, source, metadata),
    );
    const restored = restore(made);
    expect(restored.notebook).toEqual(restore(ANSWERED).notebook);
    expect(restored.flags).toEqual([
      {kind: "cell-changed", detail: "Cell q1-solution was made markdown, and is code again."},
    ]);
  });

  it("an essay is handed in as written, and stays markdown when it was made code", () => {
    const essay = withSource(ANSWERED, "q3", "Because.");
    expect(restore(essay).handedIn.get("q3")).toBe("Because.");
    const code = withCell(essay, "q3", ({metadata}) =>
      codeCell("q3", "require('fs').rmSync('/')", metadata),
    );
    expect(cellOf(restore(code).notebook, "q3").cell_type).toBe("markdown");
    expect(ranSources(code)).toEqual(ranSources(ANSWERED));
  });

  it.each([
    ['const me = student("ada");', "ada"],
    ["const me = student( ' zoë ' )", "zoë"],
    ['// const me = student("bob");\nconst me = student("ada");', "ada"],
    ['const me = student(""); // as in student("ada")', undefined],
    ["const me = student(myName);", undefined],
    ["const me = student(", undefined],
    [`student(" ${"student(' ".repeat(1e5)}`, undefined],
  ])("the identity cell %.60s says %s, and the release's runs", (source, typedId) => {
    const restored = restore(withSource(ANSWERED, "identity", source));
    expect(restored.typedId).toBe(typedId);
    expect(sourceIn(restored, "identity")).toBe(sourceIn(restore(RELEASE), "identity"));
    expect(restored.flags).toEqual([]);
  });

  it("a free cell is the student's: changed, or deleted without a flag", () => {
    expect(sourceIn(restore(withSource(RELEASE, "q1-hint", "q1.hint()")), "q1-hint")).toBe(
      "q1.hint()",
    );
    const restored = restore(withCell(RELEASE, "q1-hint", () => []));
    expect(sourceIn(restored, "q1-hint")).toBe("");
    expect(restored.flags).toEqual([]);
  });

  it("thousands of own cells are sorted in no time that grows with their square", () => {
    const own = Array.from({length: 100_000}, (_, at) => codeCell(`c${at}`, "1"));
    expect(restore(beside(RELEASE, "seed", [], own)).notebook.cells.length).toBe(
      RELEASE.cells.length + own.length,
    );
  });
});

describe("inRunOrder", () => {
  const order = (notebook: Notebook): string[] => inRunOrder(notebook).cells.map(({id}) => id);

  it("one cell holds what the course gives, then answers and tests follow in their order", () => {
    expect(order(ANSWERED)).toEqual(["given", "q1-solution", "q1-test", "q2-solution", "q2-test"]);
    const [given] = inRunOrder(ANSWERED).cells;
    expect(given!.source).toContain('student("")');
    expect(given!.source).toContain('question("q2"');
    expect(given!.source).not.toContain("answer1");
  });

  it("a given cell without a semicolon at its end does not run into the next one", () => {
    const list = withSource(ANSWERED, "seed", "const list = [1]");
    const next = withSource(list, "q1-question", "[2].map(String)");
    expect(inRunOrder(next).cells[0]!.source).toContain("const list = [1]\n;\n[2]");
  });

  it.each(["", "  \n", "// q1.hint()", "/* a\n * b */ // c\n", "/**//**/"])(
    "a cell with nothing but %j is left out",
    (source) => {
      expect(order(withSource(ANSWERED, "q1-hint", source))).not.toContain("q1-hint");
    },
  );

  it.each(["1", "/* a */ 1", "// a\nq1.hint()", "/* not ended", '"// text"', "/"])(
    "a cell with %j runs",
    (source) => {
      expect(order(withSource(ANSWERED, "q1-hint", source))).toContain("q1-hint");
    },
  );

  it("no comment keeps the grader busy", () => {
    expect(order(withSource(ANSWERED, "q1-hint", `${"/**/".repeat(50_000)}x`))).toContain(
      "q1-hint",
    );
    expect(order(withSource(ANSWERED, "q1-hint", "/*".repeat(500_000)))).toContain("q1-hint");
  });
});
