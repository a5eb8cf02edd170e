import {describe, expect, it} from "vitest";
import {stripAnsi} from "../../../kernel-lib/kernel/language/ansi.js";
import {diagnosticsReport} from "../../../kernel-lib/kernel/language/diagnostics.js";
import {diagnose, openConverter} from "../../support/tslab-converter.js";

const converter = openConverter();

function report(cell: string): {evalue: string; text: string} {
  const {ename, evalue, traceback} = diagnosticsReport(diagnose(converter, cell), {
    code: cell,
    label: "cell [3]",
  });
  expect(ename).toBe("TypeScriptError");
  return {evalue, text: traceback.map(stripAnsi).join("\n")};
}

describe("diagnosticsReport", () => {
  it("diagnosticsReport() names code, message, cell, line and column, and marks the place", () => {
    const {evalue, text} = report('const zones = 3;\n  const code: number = "rs";');
    expect(evalue).toBe("TS2322: Type 'string' is not assignable to type 'number'.");
    expect(text).toBe(
      [
        "TypeScriptError: the cell did not run, TypeScript found an error.",
        "",
        "TS2322: Type 'string' is not assignable to type 'number'.",
        "cell [3], line 2, column 9",
        '→ 2 │   const code: number = "rs";',
        "    │         ^^^^",
      ].join("\n"),
    );
  });

  it("diagnosticsReport() colours the traceback, and reads the same without colours", () => {
    const cell = "totl";
    const {traceback} = diagnosticsReport(diagnose(converter, cell), {
      code: cell,
      label: "cell [1]",
    });
    expect(traceback.join("")).toContain("\x1b[31m");
    expect(traceback.map(stripAnsi).join("\n")).toMatch(/\n→ 1 │ totl\n {4}│ \^{4}\nHint: If/);
  });

  it("diagnosticsReport() folds a chain of messages into one error", () => {
    const {evalue, text} = report("const a = 5; a()");
    expect(evalue).toBe("TS2349: This expression is not callable.");
    expect(text).toContain("callable.\n  Type 'Number' has no call signatures.\ncell [3], line 1");
    expect(text).toContain("found an error.");
  });

  it("diagnosticsReport() shows ten errors and counts the others", () => {
    const cell = Array.from({length: 13}, (_, i) => `const n${i}: number = "";`).join("\n");
    const {text} = report(cell);
    expect(text).toContain("found 13 errors.");
    expect(text.match(/cell \[3\]/g)).toHaveLength(10);
    expect(text).toMatch(/… 3 more errors$/);
  });

  it("diagnosticsReport() says where a cell breaks off, not where tslab's addition does", () => {
    const {evalue, text} = report("function f() {");
    expect(evalue).toBe("TS1005: '}' expected.");
    expect(text).toContain("line 1, column 15\n→ 1 │ function f() {\n    │               ^");
    expect(report("const s = `abc").text).toContain("line 1, column 15");
    expect(report("import math").text).toContain("line 1, column 12");
  });

  it("diagnosticsReport() leaves out what only follows from a wrong grammar", () => {
    const {text} = report("if (1 and 2) { }\nunknown1;");
    expect(text).toContain("found an error.");
    expect(text).not.toContain("unknown1");
    expect(report("let x: int = 1").text).not.toContain("private name");
  });

  it("diagnosticsReport() counts columns as a reader does and puts the caret below wide letters", () => {
    const {text} = report('const s = "🙂é字" + totl');
    expect(text).toContain("cell [3], line 1, column 19");
    expect(text).toContain(`    │ ${" ".repeat(20)}^^^^`);
    expect(report("\ttotl").text).toContain("→ 1 │ \ttotl\n    │ \t^^^^");
  });

  it("diagnosticsReport() knows every end of a line, and cuts a long line around the place", () => {
    expect(report("let a = 1;\r\n\r\ntotl").text).toContain("line 3, column 1\n→ 3 │ totl\n");
    expect(report("let a = 1;\u2028totl").text).toContain("line 2, column 1\n→ 2 │ totl\n");
    const {text} = report(`const s = "${"x".repeat(500)}"; totl; "${"y".repeat(500)}"`);
    const [line, carets] = text.split("\n").slice(4, 6);
    expect(line!.length).toBeLessThan(100);
    expect(line!.slice(carets!.indexOf("^"), carets!.lastIndexOf("^") + 1)).toBe("totl");
  });

  it("diagnosticsReport() marks the first line of a span of several", () => {
    const {text} = report("const f: number = 1;\nf(\n  1,\n);");
    expect(text).toContain("TS2349");
    const all = diagnosticsReport(
      [
        {
          start: {offset: 4, line: 0, character: 4},
          end: {offset: 14, line: 1, character: 3},
          messageText: "m",
          category: 1,
          code: 2322,
        },
      ],
      {code: "let value =\n  12", label: "cell [1]"},
    );
    expect(all.traceback.map(stripAnsi).slice(-2)).toEqual([
      "→ 1 │ let value =",
      "    │     ^^^^^^^",
    ]);
  });

  it("diagnosticsReport() names another file by its path and line only", () => {
    const {traceback} = diagnosticsReport(
      [
        {
          start: {offset: 0, line: 6, character: 0},
          end: {offset: 1, line: 6, character: 1},
          messageText: "m",
          category: 1,
          code: 2322,
          fileName: "other.ts",
        },
      ],
      {code: "import './other'", label: "cell [1]"},
    );
    expect(traceback.map(stripAnsi).slice(1)).toEqual(["", "TS2322: m", "other.ts, line 7"]);
  });
});
