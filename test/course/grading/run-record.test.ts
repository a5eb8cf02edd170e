/** Lines as a hostile submission can write them: what of them is believed. */
import {describe, expect, it} from "vitest";
import {RunRecord} from "../../../kernel-lib/dist/course/grading/run-record.js";
import {codeCell} from "../../support/notebook.js";

const CELLS = ["a", "b", "c"].map((id) => codeCell(id, "1"));
const begin = (cell: unknown): object => ({kind: "begin", cell});
const ended = (cell: unknown, question?: unknown, json?: unknown): object => ({
  ...{kind: "cell", cell, ok: true, outputs: []},
  ...(question === undefined ? {} : {answer: {question, json}}),
});

function recordOf(...lines: unknown[]): RunRecord {
  const record = new RunRecord({cells: CELLS, metadata: {}, nbformat: 4, nbformat_minor: 5});
  for (const line of lines) record.add(typeof line === "string" ? line : JSON.stringify(line));
  return record;
}

describe("RunRecord", () => {
  it("RunRecord takes cells in order, and the answer of each", () => {
    const record = recordOf(...[begin("a"), ended("a", "q1", "2")], ...[begin("b"), ended("b")]);
    expect([...record.answers]).toEqual([["a", {question: "q1", json: "2"}]]);
    expect(record.cells.map(({id, ok}) => [id, ok])).toEqual([
      ["a", true],
      ["b", true],
    ]);
    expect(record.begun).toBe("b");
    expect(record.ended).toBe(false);
  });

  it.each([
    ["no JSON", "garbage"],
    ["JSON that does not end", "[".repeat(1_000_000)],
    ["nested lists", "[".repeat(1_000_000) + "]".repeat(1_000_000)],
    ["nested lists in a line like ours", `{"kind":"end","x":${"[".repeat(9)}${"]".repeat(9)}}`],
    ["a line of 4 MiB", JSON.stringify({...begin("b"), x: "x".repeat(2 ** 22)})],
    ["null", null],
    ["a list", [begin("b")]],
    ["a number", 5],
    ["an unknown kind", {kind: "win", cell: "b"}],
    ["a beginning of no cell", begin("d")],
    ["a beginning of an inherited name", begin("__proto__")],
    ["a beginning that is no name", begin({toString: "b"})],
    ["a second beginning", begin("a")],
    ["an end of a cell that has not begun", ended("b", "q2", "1")],
    ["an end with no verdict", {kind: "cell", cell: "a", ok: "true", outputs: []}],
    [
      "an end with something like a list",
      {kind: "cell", cell: "a", ok: true, outputs: {length: 9}},
    ],
  ])("RunRecord does not take %s", (_, line) => {
    const record = recordOf(begin("a"), line);
    expect(record.begun).toBe("a");
    expect([record.cells, [...record.answers]]).toEqual([[], []]);
    expect(record.ended).toBe(false);
  });

  it("RunRecord keeps the first end of a cell, and goes back to none", () => {
    const record = recordOf(
      ...[begin("a"), ended("a"), ended("a", "q1", "1")],
      ...[begin("c"), begin("b"), ended("b", "q2", "2"), ended("c", "q3", "3")],
    );
    expect([...record.answers.keys()]).toEqual(["c"]);
    expect(record.cells.map(({id}) => id)).toEqual(["a", "c"]);
  });

  it("RunRecord gives whoever forges a beginning an answer of their own, and nothing else", () => {
    const record = recordOf(
      ...[begin("a"), begin("b"), ended("b", "q2", "9")],
      // What the process itself then reports.
      ...[ended("a"), begin("b"), ended("b", "q2", "2"), begin("c"), ended("c")],
    );
    expect([...record.answers]).toEqual([["b", {question: "q2", json: "9"}]]);
    expect(record.cells.map(({id}) => id)).toEqual(["b", "c"]);
  });

  it("RunRecord takes answers of the right shape and length alone", () => {
    const longest = "x".repeat(2 ** 20 + 64);
    const wrong = [
      ended("a", 1, "1"),
      ended("a", "q1", {}),
      ended("a", "q1", `${longest}x`),
      {...ended("a"), answer: "q1"},
    ];
    for (const line of wrong) expect([...recordOf(begin("a"), line).answers]).toEqual([]);
    const {answers} = recordOf(begin("a"), ended("a", "q1", longest));
    expect(answers.get("a")).toEqual({question: "q1", json: longest});
  });

  it("RunRecord takes the longest answer that quotes and backslashes make", () => {
    const json = '\\"[{'.repeat(2 ** 18);
    expect(recordOf(begin("a"), ended("a", "q1", json)).answers.get("a")!.json).toBe(json);
  });

  it("RunRecord cuts outputs to texts of 64 KiB a cell", () => {
    const {cells} = recordOf(begin("a"), {
      ...ended("a"),
      ok: false,
      outputs: [
        {output_type: "stream", name: "stdout", text: "x".repeat(65_530)},
        {output_type: "stream", name: {}, text: 5},
        {output_type: "display_data", data: {"text/html": "<script>", "text/plain": ["no"]}},
        {output_type: "execute_result", data: {"text/html": "<b>", "text/plain": "abc"}},
        {output_type: "error", ename: "Error", evalue: {}, traceback: ["line", 5]},
        {output_type: "mystery"},
        ...[null, "text", []],
      ],
    });
    expect(cells).toEqual([
      {
        id: "a",
        ok: false,
        outputs: [
          {output_type: "stream", name: "stdout", text: "x".repeat(65_530)},
          {output_type: "stream", name: "stdout", text: ""},
          {output_type: "display_data", data: {"text/plain": "abc"}, metadata: {}},
          {output_type: "error", ename: "Err", evalue: "", traceback: ["", ""]},
        ],
        error: "Err: ",
      },
    ]);
    const many = Array.from({length: 1e4}, () => ({output_type: "stream", text: ""}));
    const {cells: cut} = recordOf(begin("a"), {...ended("a"), outputs: many});
    expect(cut[0]!.outputs).toHaveLength(200);
  });

  it("RunRecord says of each line what it means for the clock", () => {
    const record = recordOf();
    const meanings = [begin("a"), begin("a"), ended("a"), ended("a"), {kind: "end"}].map((line) =>
      record.add(JSON.stringify(line)),
    );
    expect(meanings).toEqual(["step", undefined, "step", undefined, "done"]);
    expect(record.ended).toBe(true);
  });
});
