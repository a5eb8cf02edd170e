import {readFileSync, writeFileSync} from "node:fs";
import {parseNotebook, runNotebook} from "kernel-lib/kernel";
import type {DisplayOutput, Output} from "kernel-lib/kernel";
import {describe, expect, it} from "vitest";
import {codeCell, writeNotebook} from "../support/notebook.js";

const text = (outputs: readonly Output[]): string =>
  outputs
    .map((o) =>
      o.output_type === "stream" ? o.text : String((o as DisplayOutput).data["text/plain"]),
    )
    .join("");

describe("runNotebook", () => {
  it("runNotebook() runs cells in one session and keeps values, text and whole MIME bundles", async () => {
    const run = await runNotebook(
      writeNotebook(
        codeCell(
          "imports",
          'import {show} from "kernel-lib/lesson"; import {table} from "kernel-lib/plot";',
        ),
        codeCell("value", "const zones = 4;\nzones * 2"),
        codeCell("log", 'console.log("a"); console.log("b")'),
        codeCell("later", 'show(table([{zones: zones}], {caption: "c"}));'),
        codeCell("await", "await Promise.resolve(7)"),
      ),
    );
    expect(run.failure).toBeUndefined();
    expect(run.cells.map((cell) => text(cell.outputs))).toEqual([
      "",
      "8",
      "a\nb\n",
      "c\nzones\n4",
      "7",
    ]);
    expect(Object.keys((run.cells[3]!.outputs[0] as {data: object}).data)).toEqual([
      "text/html",
      "text/plain",
    ]);
    expect(
      run.notebook.cells.map((cell) => (cell as {execution_count: number}).execution_count),
    ).toEqual([1, 2, 3, 4, 5]);
    expect(run.peakMemoryBytes).toBeGreaterThan(50e6);
  });

  it("runNotebook() keeps what a display was updated to, and nothing of a sweep's progress", async () => {
    const run = await runNotebook(
      writeNotebook(
        codeCell(
          "imports",
          'import {newDisplay} from "tslab"; import {sweep} from "kernel-lib/lesson";',
        ),
        codeCell("update", 'const d = newDisplay();\nd.text("first"); d.text("second");'),
        codeCell(
          "sweep",
          'const rows = await sweep({module: "kernel-lib/experiments/s3", name: "parityByHand", seed: 3,\n' +
            "  grid: {codes: [[{dataShards: 6, parityShards: 2}]]}});\nrows.length",
        ),
      ),
    );
    expect(run.failure).toBeUndefined();
    const shown = run.cells.map((cell) => cell.outputs.map((output) => text([output])));
    expect(shown.slice(1)).toEqual([["second"], ["2"]]);
  });

  it.each([
    ["throws", 'throw new RangeError("too far")', "RangeError: too far"],
    [
      "does not type-check",
      'const n: number = "text"',
      "Type 'string' is not assignable to type 'number'",
    ],
    ["does not parse", "const = 3", "Variable declaration expected"],
    ["writes to stderr", 'console.error("careful")', "careful"],
    ["rejects", 'await Promise.reject(new Error("late"))', "late"],
    ["leaves a rejected promise behind", 'Promise.reject(new Error("lost"));', "lost"],
  ])("runNotebook() stops at a cell that %s, and says which and why", async (_, source, why) => {
    const run = await runNotebook(
      writeNotebook(codeCell("before", "1"), codeCell("bad", source), codeCell("after", "2")),
    );
    expect(run.failure).toContain("Cell bad failed:");
    expect(run.failure).toContain(why);
    expect(run.cells.map((cell) => [cell.id, cell.ok])).toEqual([
      ["before", true],
      ["bad", false],
    ]);
  });

  it("runNotebook() ends a cell that never ends, and reports a kernel that dies", async () => {
    const loop = await runNotebook(writeNotebook(codeCell("loop", "(() => { while (true); })()")), {
      timeoutMs: 4000,
    });
    expect(loop.failure).toBe("it ran longer than 4000 ms");
    const exit = await runNotebook(writeNotebook(codeCell("exit", "process.exit(3)")));
    expect(exit.failure).toContain("the kernel died (3)");
  });

  it("runNotebook() loses nothing of a last cell that prints 5 MB", async () => {
    const big = codeCell("big", 'console.log("x".repeat(5e6))');
    const run = await runNotebook(writeNotebook(codeCell("one", "1"), big));
    expect(run.failure).toBeUndefined();
    expect(text(run.cells[1]!.outputs)).toHaveLength(5e6 + 1);
  });

  it("runNotebook() leaves cells tagged skip-execution alone, outputs included", async () => {
    const skipped = codeCell("timed", 'throw new Error("not run")', {tags: ["skip-execution"]});
    skipped.outputs = [{output_type: "stream", name: "stdout", text: "recorded\n"}];
    const run = await runNotebook(writeNotebook(skipped, codeCell("next", "1")));
    expect(run.failure).toBeUndefined();
    expect(run.notebook.cells[0]).toEqual(skipped);
  });

  it("runNotebook() does not change the file", async () => {
    const path = writeNotebook(codeCell("one", "1"));
    const before = readFileSync(path, "utf8");
    await runNotebook(path);
    expect(readFileSync(path, "utf8")).toBe(before);
  });

  it("runNotebook() refuses a file that is no notebook of format 4.5", async () => {
    const path = writeNotebook(codeCell("one", "1"));
    writeFileSync(path, '{"cells": [], "nbformat": 4, "nbformat_minor": 2}');
    await expect(async () => runNotebook(path)).rejects.toThrow("need nbformat 4.5, got 4.2");
    expect(() => parseNotebook("{")).toThrow(SyntaxError);
  });
});
