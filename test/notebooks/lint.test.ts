/** The rules of a notebook: ours keep them, and each rule notices what it is there for. */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {parseNotebook} from "kernel-lib/kernel";
import type {CodeCell, Notebook} from "kernel-lib/kernel";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {lintProject} from "../../kernel-lib/dist/cli/lint-project.js";
import {notebookProblems} from "../../kernel-lib/dist/cli/notebook-rules.js";

const text = readFileSync(join(ROOT, "notebooks", "03-s3.ipynb"), "utf8");

/** What lint says of chapter 3 after one change. */
function problemsAfter(change: (notebook: Notebook) => void): string[] {
  const notebook = parseNotebook(text);
  change(notebook);
  return notebookProblems(notebook, text.length);
}

function cell(notebook: Notebook, id: string): CodeCell {
  return notebook.cells.find((candidate) => candidate.id === id) as CodeCell;
}

describe("lint", () => {
  it("lint finds nothing in this project", () => {
    expect(lintProject(ROOT)).toEqual([]);
  });

  const code = (id: string, source: string) => (notebook: Notebook) => {
    cell(notebook, id).source = source;
  };
  const breakages: [string, (notebook: Notebook) => void, string][] = [
    [
      "another kernel",
      (n) => (n.metadata["kernelspec"] = {name: "deno"}),
      'the kernelspec must be "tslab"',
    ],
    [
      "an unknown kind",
      (n) => (n.metadata["glass_cloud"] = {kind: "essay"}),
      "kind must be one of core",
    ],
    ["no verdict", (n) => (cell(n, "verdict").id = "opinion"), 'section "verdict" is missing'],
    [
      "sections out of order",
      (n) => n.cells.splice(4, 0, n.cells.pop()!),
      "sections must come in this order",
    ],
    [
      "two cells with one id",
      (n) => (cell(n, "stripe").id = "decode"),
      "two cells have the same id",
    ],
    ["a random id", (n) => (cell(n, "stripe").id = "8f3a-11"), 'cell id "8f3a-11" is no word'],
    ["no minutes", (n) => (n.cells[0]!.source = "# 3"), "the header must say how many minutes"],
    ["a placeholder", code("stripe", "⟨later⟩"), "a placeholder ⟨…⟩ is still to be written"],
    ["no golden numbers", code("golden", "1"), 'the last cell must be "golden"'],
    [
      "too many cells",
      (n) => {
        while (n.cells.length < 37)
          n.cells.splice(9, 0, {...n.cells[8]!, id: `more-${n.cells.length}`});
      },
      "37 cells, at most 36",
    ],
    [
      "long cells",
      code("decode", "1\n".repeat(21)),
      "21 lines in the longest code cell, at most 20".replace("21 ", "22 "),
    ],
    [
      "an import elsewhere",
      code("decode", 'import * as aq from "arquero";'),
      "need exactly one imports cell, got 2",
    ],
    [
      "work in the imports cell",
      code("imports", 'import {show} from "kernel-lib/lesson";\nshow(1);'),
      "imports and nothing else",
    ],
    [
      "an import of Node",
      code("imports", 'import {readFileSync} from "fs";'),
      '"fs" may not be imported',
    ],
    ["the wall clock", code("decode", "Date.now()"), "Date.now needs the tag skip-execution"],
    ["chance without a seed", code("decode", "Math.random()"), "Math.random needs the tag"],
    ["a loop outside a function", code("decode", "for (;;) {}"), "a loop outside a function"],
    ["a class", code("decode", "class Node {}"), "is no part of the cell dialect"],
    ["a cast", code("decode", "const x = 1 as any"), '"as any" is no part of the cell dialect'],
    ["a reduce", code("decode", "[1].reduce((a, b) => a + b)"), '".reduce("'],
    ["a long line", code("decode", "1".repeat(96)), "a line of 96 columns, at most 95"],
    [
      "a cell that was not run",
      (n) => (cell(n, "decode").execution_count = null),
      "was not run: npm run bake",
    ],
    [
      "an unfolded answer",
      (n) => (cell(n, "gasp").metadata = {}),
      "follows a predict, so its outputs must be folded",
    ],
    [
      "a fold without a question",
      (n) => (cell(n, "versions").metadata = {jupyter: {outputs_hidden: true}}),
      "is folded, but follows no predict",
    ],
    [
      "no way on",
      (n) => n.cells.forEach((each) => (each.source = each.source.replace("**Next:**", "Next:"))),
      'no "**Next:**" with a link',
    ],
    [
      "an error",
      (n) =>
        cell(n, "decode").outputs.push({
          output_type: "error",
          ename: "RangeError",
          evalue: "too far",
          traceback: [],
        }),
      "has an error or stderr output",
    ],
    [
      "an answer in the source under its question",
      (n) => (cell(n, "gasp").source += '\n// title: "It is 2.7"'),
      "title and alt after a predict must be built from the values",
    ],
    [
      "stderr",
      (n) =>
        cell(n, "decode").outputs.push({output_type: "stream", name: "stderr", text: "warning"}),
      "has an error or stderr output",
    ],
    [
      "a path of this machine",
      (n) =>
        cell(n, "decode").outputs.push({
          output_type: "stream",
          name: "stdout",
          text: "/home/ann/x",
        }),
      "shows a path of the machine",
    ],
    ["a lost figure", (n) => (cell(n, "spare").outputs = []), "3 figures, need 4 to 6"],
  ];
  it.each(breakages)("lint notices %s", (_, change, message) => {
    expect(problemsAfter(change).join("\n")).toContain(message);
  });

  it("lint notices a figure that was not baked, and one whose axis has no unit", () => {
    const figure = (change: (data: Record<string, unknown>) => void) => (notebook: Notebook) =>
      change((cell(notebook, "spare").outputs[0] as {data: Record<string, unknown>}).data);
    const unbaked = figure((data) => {
      data["text/html"] = String(data["text/html"]).replace(/<img [^>]*>/, "<!-- static image -->");
    });
    expect(problemsAfter(unbaked).join()).toContain("has a figure without static image");
    const unitless = figure((data) => {
      const {layout} = data["application/vnd.plotly.v1+json"] as {
        layout: {yaxis: {title: {text: string}}};
      };
      layout.yaxis.title.text = "spare";
    });
    expect(problemsAfter(unitless).join()).toContain("needs its unit in brackets");
  });

  it("code in the section build may use what the dialect bans elsewhere", () => {
    expect(problemsAfter(code("build-parity", "class Code {}")).join()).not.toContain("dialect");
  });
});
