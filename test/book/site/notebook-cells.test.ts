import type {CodeCell} from "kernel-lib/kernel";
import {describe, expect, it} from "vitest";
import {cellsData} from "../../../kernel-lib/book/site/notebook-cells.js";
import {SITE_STRINGS} from "../../../kernel-lib/book/strings.js";
import {codeCell} from "../../support/notebook.js";

const WORDS = SITE_STRINGS.notebook;

const PREDICTION = "application/vnd.glass-cloud.prediction+json";

/** A cell that has asked these questions. */
function asking(source: string, ...questions: [question: string, unit: string][]): CodeCell {
  const outputs = questions.map(([question, unit]) => ({
    output_type: "display_data" as const,
    data: {[PREDICTION]: {question, unit}},
    metadata: {},
  }));
  return {...codeCell("guess", source), outputs};
}

const sliding = (source: string, ...sliders: object[]): CodeCell =>
  codeCell("knob", source, {glass_cloud: {sliders}});

/** Why each cell is recorded; "live" for one that runs. */
function reasons(...sources: (string | CodeCell)[]): string[] {
  const cells = sources.map((one, at) => (typeof one === "string" ? codeCell(`c${at}`, one) : one));
  return cellsData(cells).map(({recorded, compiled}) => recorded ?? (compiled ? "live" : ""));
}

describe("cellsData", () => {
  it("compiles each cell and keeps its id", () => {
    const [data] = cellsData([codeCell("one", "const a = 1")]);
    expect(data).toMatchObject({id: "one", compiled: {names: ["a"], imports: []}});
    expect(Object.keys(data!)).toEqual(["id", "compiled"]);
  });

  it("throws if a cell does not compile", () => {
    expect(() => cellsData([codeCell("one", "const = 1")])).toThrow(SyntaxError);
  });

  it("gives a field to each guess, with the question that it answers", () => {
    const source = "const first = undefined;\nconst known = 1;\nconst second = undefined;";
    expect(cellsData([asking(source, ["How long?", "ms"], ["Which?", ""])])[0]!.guesses).toEqual([
      {name: "first", question: "How long?", unit: "ms"},
      {name: "second", question: "Which?", unit: ""},
    ]);
  });

  it("gives no field where no constant waits, or nothing was asked", () => {
    expect(cellsData([asking("const a = 1;", ["How long?", "ms"])])[0]).not.toHaveProperty(
      "guesses",
    );
    expect(cellsData([codeCell("c", "const a = undefined;")])[0]).not.toHaveProperty("guesses");
  });

  it("makes a slider of listed values, or of steps", () => {
    const listed = sliding("const n = 10;", {name: "n", label: "N", values: [1, 10, 100]});
    const stepped = sliding("const p = 0.3;", {
      name: "p",
      label: "P",
      min: 0.1,
      max: 0.5,
      step: 0.1,
    });
    expect(cellsData([listed, stepped]).map(({sliders}) => sliders)).toEqual([
      [{name: "n", label: "N", values: [1, 10, 100]}],
      [{name: "p", label: "P", values: [0.1, 0.2, 0.3, 0.4, 0.5]}],
    ]);
  });

  it.each([
    ["const n = 5;", "1, 10, got 5"],
    ["const m = 1;", "1, 10, got no such line"],
    ["  const n = 1;", "1, 10, got no such line"],
    ["const n = many;", "1, 10, got many"],
  ])("throws if a slider cannot stand where the cell has it: %s", (source, end) => {
    const cell = sliding(source, {name: "n", label: "N", values: [1, 10]});
    expect(() => cellsData([cell])).toThrow(
      new RangeError(`Cannot make slider n of cell knob: need "const n = " and one of ${end}`),
    );
  });

  it("records a cell that needs Node, by its import", () => {
    expect(
      reasons('import {join} from "node:path"', 'import {f} from "kernel-lib/erasure/node"'),
    ).toEqual([WORDS.recordedNode, WORDS.recordedNode]);
    expect(
      reasons('import type {Stats} from "node:fs"', 'import {f} from "kernel-lib/nodes"'),
    ).toEqual(["live", "live"]);
  });

  it("records a cell that measures time, by its tag", () => {
    expect(reasons(codeCell("c", "1", {tags: ["skip-execution"]}))).toEqual([WORDS.recordedTimed]);
    expect(reasons(codeCell("c", "1", {tags: ["other"]}))).toEqual(["live"]);
  });

  it("records a cell that builds on one that is recorded, and what builds on that", () => {
    const node = 'import {readFileSync} from "node:fs"; const text = readFileSync("x"), size = 1';
    expect(
      reasons(
        node,
        "const copy = [text];",
        "copy",
        "const other = 1;",
        "const f = (text) => text;",
        "const object = {text}; object",
      ),
    ).toEqual([
      WORDS.recordedNode,
      WORDS.recordedAfter,
      WORDS.recordedAfter,
      "live",
      // Which variable a name stands for is not looked into: recorded is the safe side.
      WORDS.recordedAfter,
      WORDS.recordedAfter,
    ]);
  });

  it("records no cell for the name of a property, or for one that it declares itself", () => {
    const node = 'import {readFileSync} from "node:fs"; const value = 1, size = 2';
    expect(
      reasons(
        node,
        "[1].map((x) => ({size: x})).size",
        "class A { size = 1; value() {} }; 'result'",
        "const size = 3; size",
        "size + 1",
        "value",
      ),
    ).toEqual([WORDS.recordedNode, "live", "live", "live", "live", WORDS.recordedAfter]);
  });
});
