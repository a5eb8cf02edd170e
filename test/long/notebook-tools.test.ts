/**
 * nbclient, nbconvert, papermill, nbval and nbmake on our kernel and on stock tslab: a cell that
 * fails must fail the run and be named, and the cells after it run or are aborted, as asked.
 */
import {join} from "node:path";
import type {KernelName, Output} from "kernel-lib/kernel";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {writeSection} from "../peers/results-file.mjs";
import {
  installTools,
  runPython,
  runTool,
  TOOLS,
  toolVersions,
  writeForTool,
} from "../support/notebook-tools.js";
import type {ToolName, ToolRun} from "../support/notebook-tools.js";
import {CASES, failingPairs, fourCells, MARK} from "./notebook-tools/cases.js";

const KERNELS: readonly KernelName[] = ["tslab", "tslab-stock"];
/** Rows of the table: what was tried, then each tool as "ours / stock". */
const table: string[][] = [];

beforeAll(installTools);

describe.each(CASES)("where $name", ({name, third, error, ours}) => {
  it(`every tool says on our kernel: ${ours}`, () => {
    const found = onBothKernels((tool, kernel) =>
      verdictOf(runTool(tool, {cells: fourCells(third), kernel}), error),
    );
    table.push([`${name}`, ...found.map((pair) => pair.join(" / "))]);
    expect(found.map(([first]) => first)).toEqual(TOOLS.map(() => ours));
  });
});

describe("with errors allowed", () => {
  it("the cell after each of 21 that throw gives its real output, in every tool", () => {
    const found = onBothKernels((tool, kernel) => {
      if (tool === "papermill") return "no such option";
      const run = runTool(tool, {cells: failingPairs(21), kernel, allowErrors: true});
      if (tool === "nbval")
        return run.ok ? "21 of 21" : (/\d+ failed|\d+ errors?/.exec(run.printed)?.[0] ?? "fails");
      const real = [...run.outputs].filter(([id, outputs]) => textOf(outputs) === `real ${id}\n`);
      return `${real.length} of 21`;
    });
    table.push([
      "*errors allowed*: real outputs of the 21 cells after 21 that throw",
      ...found.map((pair) => pair.join(" / ")),
    ]);
    const wanted = TOOLS.map((tool) => (tool === "papermill" ? "no such option" : "21 of 21"));
    expect(found.map(([first]) => first)).toEqual(wanted);
  });
});

describe("requests queued at once, as Run All does", () => {
  it.each([
    [
      "yes",
      [
        ["ok", ""],
        ["ok", "second\n"],
        ["error", ""],
        ["aborted", ""],
      ],
    ],
    [
      "no",
      [
        ["ok", ""],
        ["ok", "second\n"],
        ["error", ""],
        ["ok", "fourth\n"],
      ],
    ],
  ])("stop_on_error %s decides what becomes of the fourth", (stop, wanted) => {
    const cells = fourCells('throw new RangeError("too far");');
    const [ours, stock] = KERNELS.map((kernel) => {
      const path = writeForTool({cells, kernel});
      return JSON.parse(runPython("queued.py", [path, kernel, stop])) as [string, string][];
    });
    const words = [ours!, stock!].map((replies) => replies.map(([status]) => status).join(", "));
    queued.push(
      `* all four requests sent at once, \`stop_on_error: ${stop === "yes"}\`: ours answers ${words[0]}; stock tslab ${words[1]}.`,
    );
    expect(ours).toEqual(wanted);
  });
});

const queued: string[] = [];

afterAll(() => {
  // A part of the campaign (vitest -t) makes no table.
  if (table.length <= CASES.length) return;
  const head = ["ours / stock tslab", ...TOOLS];
  const rows = [head, head.map(() => "---"), ...table].map((row) => `| ${row.join(" | ")} |`);
  const section = [
    "## Notebook tools",
    `A notebook of four cells, the third of which fails; each tool stops at errors where the row does not say otherwise. \`npm run test:long\` writes this. ${toolVersions()}.`,
    rows.join("\n"),
    [
      ...queued,
      "* *names*: the tool prints the failing cell, and class and message of its error. nbval runs a notebook to its end in any case.",
      "* A timer that throws after its cell has ended is missed by all five: they stop to listen to a cell at its end. JupyterLab shows it under its cell, and our runner fails the run.",
      "* On stock tslab nbval fails every notebook: its first request has no `status`. nbmake looks for `error` outputs and finds none.",
    ].join("\n"),
  ].join("\n\n");
  writeSection(join(ROOT, "test", "peers", "RESULTS.md"), "notebook-tools", section);
});

function onBothKernels(
  run: (tool: ToolName, kernel: KernelName) => string,
): (readonly [ours: string, stock: string])[] {
  return TOOLS.map((tool) => [run(tool, "tslab"), run(tool, "tslab-stock")] as const);
}

function verdictOf({ok, printed}: ToolRun, error: string): string {
  if (ok) return "passes";
  // papermill gives the cell's number.
  const namesCell = printed.includes(MARK) || printed.includes('"In [3]"');
  const named = [namesCell && "cell", printed.includes(error) && "error"];
  return `fails, names ${named.filter(Boolean).join(" and ") || "neither"}`;
}

function textOf(outputs: readonly Output[]): string {
  return outputs.map((output) => (output.output_type === "stream" ? output.text : "")).join("");
}
