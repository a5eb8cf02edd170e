import {describe, expect, it} from "vitest";
import {runNotebook} from "kernel-lib/kernel";
import type {Output} from "kernel-lib/kernel";
import {stripAnsi} from "../../../kernel-lib/dist/kernel/language/ansi.js";
import {KernelClient} from "../../support/kernel-client.js";
import {codeCell, writeNotebook} from "../../support/notebook.js";

/** Outputs of each of these cells, all of which run. */
async function outputsOf(...cells: string[]): Promise<Output[][]> {
  const notebook = writeNotebook(...cells.map((code, index) => codeCell(`c${index}`, code)));
  const run = await runNotebook(notebook, {allowErrors: true});
  return run.cells.map(({outputs}) => outputs);
}

describe("CellSession", () => {
  it("late output goes to the cell that started it, promises after timers included", async () => {
    const [first, second] = await outputsOf(
      [
        "setTimeout(() => console.log('timer'), 50);",
        "const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));",
        "(async () => { await sleep(60); await null; console.log('promise'); })();",
        "console.log('now')",
      ].join("\n"),
      "await sleep(150); console.log('second')",
    );
    expect(first).toMatchObject([{name: "stdout", text: "now\ntimer\npromise\n"}]);
    expect(second).toMatchObject([{name: "stdout", text: "second\n"}]);
  });

  it("a late failure is an error of the cell that left it behind, and of no other", async () => {
    const [first, second] = await outputsOf(
      "setTimeout(() => { throw new RangeError('late') }, 40); const t = setTimeout(() => { Promise.reject(new Error('lost')) }, 50);",
      "await new Promise((r) => setTimeout(r, 120)); 'fine'",
    );
    expect(first).toMatchObject([
      {output_type: "error", ename: "RangeError", evalue: "late"},
      {output_type: "error", ename: "Error", evalue: "lost"},
    ]);
    expect(second).toMatchObject([{output_type: "execute_result", data: {"text/plain": "'fine'"}}]);
  });

  it("after an error the next cell runs and shows its own output", async () => {
    const outputs = await outputsOf(
      "1",
      "throw new Error('third')",
      "const x: string = 5",
      "40 + 2",
    );
    expect(outputs.map(([output]) => output?.output_type)).toEqual([
      ...["execute_result", "error", "error", "execute_result"],
    ]);
    expect(outputs[3]).toMatchObject([{data: {"text/plain": "42"}}]);
  });

  it("a character whose bytes come in two writes is whole; an unfinished one does no harm", async () => {
    const [whole, broken] = await outputsOf(
      "const e = Buffer.from('é'); process.stdout.write(e.subarray(0, 1)); void process.stdout.write(e.subarray(1));",
      "void process.stdout.write(e.subarray(0, 1));",
    );
    expect(whole).toMatchObject([{text: "é"}]);
    expect(broken).toMatchObject([{text: "\ufffd"}]);
  });

  it("tslab's display shows, updates and knows its MIME types", async () => {
    const [shown] = await outputsOf(
      'import * as tslab from "tslab"; const box = tslab.newDisplay(); box.text("one"); tslab.display.html("<b>b</b>"); box.text("two");',
    );
    expect(shown).toMatchObject([
      {output_type: "display_data", data: {"text/plain": "two"}},
      {output_type: "display_data", data: {"text/html": "<b>b</b>"}},
    ]);
  });

  it("runs that a client does not number have names of their own, and show their own lines", async () => {
    const kernel = await KernelClient.start();
    const run = async (code: string): Promise<string> => {
      const {reply} = await kernel.execute(code, {store_history: false, stop_on_error: false});
      return stripAnsi(((reply["traceback"] as string[] | undefined) ?? []).join("\n"));
    };
    await run("const fail = () => { throw new Error('in the first') }");
    expect(await run("\nthrow new Error('in the second')")).toContain(
      "cell [0, run 2], line 2, column 7\n→ 2 │ throw new Error('in the second')",
    );
    expect(await run("fail()")).toContain("at fail (cell [0]:1:28)\n    at cell [0, run 3]:1:1");
    expect(await run("const zones: number = 'three'")).toContain("cell [0, run 4], line 1");
  });

  it("a figure is drawn without show()", async () => {
    const [shown] = await outputsOf(
      [
        'import {barChart} from "kernel-lib/plot";',
        'barChart([{zones: 2, nines: 3}], {x: "zones", y: "nines", xLabel: "zones", yLabel: "nines", title: "T 3", alt: "One bar: 3.", caption: "c"})',
      ].join("\n"),
    );
    expect(shown).toMatchObject([{output_type: "execute_result"}]);
    expect(Object.keys((shown![0] as {data: object}).data)).toEqual([
      ...["application/vnd.plotly.v1+json", "text/html", "text/plain"],
    ]);
  });
});
