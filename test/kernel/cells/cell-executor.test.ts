import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {CellExecutor} from "../../../kernel-lib/dist/kernel/cells/cell-executor.js";
import type {RunOutcome} from "../../../kernel-lib/dist/kernel/cells/cell-executor.js";
import {stripAnsi} from "../../../kernel-lib/dist/kernel/language/ansi.js";
import {errorReport, writeStacksInCells} from "../../../kernel-lib/dist/kernel/cells/traceback.js";

let executor: CellExecutor;
let runs = 0;

beforeAll(() => {
  executor = new CellExecutor(process.cwd());
  writeStacksInCells(executor.sources);
});
afterAll(() => {
  executor.close();
  Error.prepareStackTrace = undefined as never;
});

function execute(code: string): Promise<RunOutcome> {
  const number = ++runs;
  const label = `cell [${number}]`;
  return new Promise((settle) => {
    executor.execute({request: number, code, label, executionCount: number}, settle);
  });
}

/** The value of the last of these cells, all of which must succeed. */
async function valueOf(...cells: string[]): Promise<unknown> {
  let outcome: RunOutcome | undefined;
  for (const cell of cells) {
    outcome = await execute(cell);
    if (outcome.kind === "threw") throw outcome.error;
    if (outcome.kind === "rejected") throw new Error(outcome.diagnostics[0]!.messageText);
    expect(outcome.kind, cell).toBe("done");
  }
  return (outcome as {value: unknown}).value;
}

async function diagnosticsOf(code: string): Promise<string[]> {
  const outcome = await execute(code);
  if (outcome.kind !== "rejected") throw new Error(`expected diagnostics, got ${outcome.kind}`);
  return outcome.diagnostics.map(({messageText}) => messageText);
}

describe("CellExecutor: one variable, one value", () => {
  it("a closure and a later cell see the same variable", async () => {
    expect(await valueOf("let n = 0; const inc = () => { n++ };", "n = 10; inc(); n")).toBe(11);
    expect(await valueOf("let n = 5; inc(); n")).toBe(6);
  });

  it.each([
    ["let by const", "let a1 = 1; const readA1 = () => a1", "const a1 = 2; readA1()", 2],
    ["const by function", "const a2 = 1", "function a2() { return 3 } a2()", 3],
    ["function by class", "function a3() {}", "class a3 { x = 4 } new a3().x", 4],
    ["class by class", "class A4 { x = 1 }", "class A4 { y = 5 } new A4().y", 5],
    ["import by let", 'import {join as a5} from "path"', "let a5 = 6; a5", 6],
    ["let by import", "let basename = 1", 'import {basename} from "path"; basename("a/b")', "b"],
    ["enum by enum", "enum E6 {A, B}", "enum E6 {C = 7} [E6.C, Object.keys(E6).length]", [7, 2]],
    ["let without a value", "let a7 = 1", "let a7: number; a7", undefined],
  ])("a name may be declared again: %s", async (_, before, after, value) => {
    expect(await valueOf(before, after)).toEqual(value);
  });

  it("a redeclared const may still not be assigned", async () => {
    await valueOf("const fixed = 1");
    expect(await diagnosticsOf("fixed = 2")).toEqual([
      "Cannot assign to 'fixed' because it is a constant.",
    ]);
  });

  it.each([
    ["object, default, rest", "const {p, q: [r = 3], ...s} = {p: 1, q: [], z: 9}; [p, r, s]"],
    ["array, hole", "const [p2, , r2 = 3, ...s2] = [1, 2, undefined, {z: 9}]; [p2, r2, s2[0]]"],
  ])("destructuring declares every name: %s", async (_, code) => {
    expect(await valueOf(code)).toEqual([1, 3, {z: 9}]);
  });

  it("var in blocks and loops is the cell's, as TypeScript declares it to later cells", async () => {
    const code = "var total = 1; for (var i = 0; i < 3; i++) { var total = total + i; } total";
    expect(await valueOf(code)).toBe(4);
    const loops = "for (var k in {x: 1}) {} for (var [v] of [[8]]) {} [k, v, total]";
    expect(await valueOf(loops)).toEqual(["x", 8, 4]);
    expect((await diagnosticsOf("i"))[0]).toContain("Cannot find name 'i'.");
  });

  it("functions are hoisted, keep their names and may be recursive, async or generators", async () => {
    const code = "const early = twice(2); function twice(n: number) { return 2 * n } early";
    expect(await valueOf(code)).toBe(4);
    await valueOf("async function later() { return 1 } function* steps() { yield 2 }");
    expect(await valueOf("[twice.name, await later(), ...steps()]")).toEqual(["twice", 1, 2]);
  });

  it("classes may speak of themselves while they are made, and decorators wrap them", async () => {
    expect(await valueOf("class Self { static a = 1; static b = Self.a + 1 } Self.b")).toBe(2);
    const decorated = "const mark = (c: any) => { c.marked = true }; @mark class Marked {}";
    expect(await valueOf(decorated, "(Marked as any).marked")).toBe(true);
  });

  it("shorthand properties name variables of earlier cells", async () => {
    expect(await valueOf("const codes = [1, 2]", "({codes})")).toEqual({codes: [1, 2]});
  });
});

describe("CellExecutor: names of the host", () => {
  it.each(["performance", "process", "URL", "window", "exports", "module", "require", "name"])(
    "a variable may be called %s, and no library notices",
    async (name) => {
      const before = (globalThis as Record<string, unknown>)[name];
      expect(await valueOf(`let ${name} = 7; const of${name} = {${name}}`)).toBeUndefined();
      expect(
        await valueOf(`${name}++; const {${name}: taken} = of${name}; [${name}, taken]`),
      ).toEqual([8, 7]);
      expect((globalThis as Record<string, unknown>)[name]).toBe(before);
    },
  );

  it("inner scopes and property names stay as they are", async () => {
    const code =
      "const self = 1; const f1 = (self: number) => ({self}); [f1(2).self, {self: 3}.self]";
    expect(await valueOf(code)).toEqual([2, 3]);
    expect(await valueOf("const {self: inner = 4, ...rest1} = {} as any; [inner, self]")).toEqual([
      4, 1,
    ]);
    expect(
      await valueOf("class Box { self = 5; get URL() { return this.self } } new Box().URL"),
    ).toBe(5);
  });
});

describe("CellExecutor: imports", () => {
  it("imports are kept for later cells, in every form", async () => {
    await valueOf(
      'import path, {join as j, type ParsedPath} from "path"; import * as units from "kernel-lib/units"; import "path"',
    );
    const code =
      "let parsed: ParsedPath; [j('a', 'b'), path.basename('x/y'), typeof units.HOURS_PER_YEAR]";
    expect(await valueOf(code)).toEqual(["a/b", "y", "number"]);
  });

  it("imports stay rewritable", async () => {
    expect(await valueOf('import {join as mine} from "path"', "let mine = 5; mine")).toBe(5);
  });

  it("import() and import.meta know the notebook's folder", async () => {
    const code = 'const lib = await import("kernel-lib/units"); lib.HOURS_PER_YEAR';
    expect(await valueOf(code)).toBeCloseTo(8766, -2);
    expect(await valueOf("(import.meta as any).dirname")).toBe(process.cwd());
  });

  it("a cell with @module is a module for later cells", async () => {
    await valueOf("/** @module extra */\nexport const answer = 42;");
    expect(await valueOf('import {answer} from "../extra"; answer')).toBe(42);
    await valueOf("/** @module extra */\nexport const answer = 43;");
    expect(await valueOf('import {answer} from "../extra"; answer')).toBe(43);
  });
});

describe("CellExecutor: values", () => {
  it.each([
    ["an expression", "1 + 1", 2],
    ["behind a comment and semicolons", "3; // three\n;;", 3],
    ["an assignment", "let w = 1; w = 4", 4],
    ["a template", "`a${1}`", "a1"],
    ["none after a declaration", "1; const none = 2", undefined],
    ["none of an enum", "enum Quiet {A}", undefined],
    ["top-level await", "await Promise.resolve(6)", 6],
    ["await in nested blocks", "let sum = 0; for (const x of [1, 2]) { sum += await x } sum", 3],
    ["comments only", "// nothing", undefined],
    ["types only", "interface Only {a: number}", undefined],
  ])("the last statement's value: %s", async (_, code, value) => {
    expect(await valueOf(code)).toBe(value);
  });
});

describe("CellExecutor: failures", () => {
  it("state survives an error: what was declared before it exists, what comes after does not", async () => {
    const outcome = await execute("let before = 1;\nthrow new Error('x');\nlet after = 2;");
    expect(outcome.kind).toBe("threw");
    expect(await valueOf("before")).toBe(1);
    expect((await diagnosticsOf("after"))[0]).toContain("Cannot find name 'after'.");
  });

  it("a failed redeclaration leaves the variable's type as it was", async () => {
    await valueOf("let typed = 1");
    await execute("throw 0; let typed = 'text'");
    expect(await valueOf("typed + 1")).toBe(2);
  });

  it("errors name the line that was typed, also below erased types", async () => {
    const code = [
      "interface Erased {",
      "  gone: number;",
      "}",
      "type Also = Erased;",
      "function fails(): void {",
      "  throw new RangeError('no');",
      "}",
      "fails();",
    ].join("\n");
    const outcome = await execute(code);
    if (outcome.kind !== "threw") throw new Error("expected an error");
    const {ename, evalue, traceback} = errorReport(outcome.error, executor.sources);
    expect([ename, evalue]).toEqual(["RangeError", "no"]);
    const label = `cell [${runs}]`;
    expect(traceback.map(stripAnsi)).toEqual([
      "RangeError: no",
      `${label}, line 6, column 9`,
      "→ 6 │   throw new RangeError('no');",
      "    │         ^",
      `    at fails (${label}:6:9)`,
      `    at ${label}:8:1`,
    ]);
  });

  it("an error of the cell's own line says where it was once", async () => {
    const outcome = await execute("\nthrow new Error('no')");
    if (outcome.kind !== "threw") throw new Error("expected an error");
    expect(errorReport(outcome.error, executor.sources).traceback.map(stripAnsi)).toEqual([
      "Error: no",
      `cell [${runs}], line 2, column 7`,
      "→ 2 │ throw new Error('no')",
      "    │       ^",
    ]);
  });

  it("a function of an earlier cell fails in that cell's line; a library's frames are folded", async () => {
    await valueOf(
      'import {ReedSolomon} from "kernel-lib/erasure";\nconst make = (m: number) =>\n  new ReedSolomon({dataShards: 300, parityShards: m});',
    );
    const first = `cell [${runs}]`;
    const outcome = await execute("make(9)");
    if (outcome.kind !== "threw") throw new Error("expected an error");
    const lines = errorReport(outcome.error, executor.sources).traceback.map(stripAnsi);
    expect(lines[1]).toBe(`${first}, line 3, column 3`);
    expect(lines.slice(4)).toEqual([
      expect.stringMatching(/^ {4}… \d+ in kernel-lib\/erasure$/) as string,
      `    at make (${first}:3:3)`,
      `    at cell [${runs}]:1:1`,
    ]);
  });

  it.each([
    ["'text'", "'text'"],
    ["undefined", "undefined"],
    ["null", "null"],
    ["Object.freeze({code: 1})", "{ code: 1 }"],
  ])("throw %s is told as it is", async (thrown, evalue) => {
    const outcome = await execute(`throw ${thrown}`);
    if (outcome.kind !== "threw") throw new Error("expected an error");
    expect(errorReport(outcome.error, executor.sources)).toMatchObject({evalue});
  });

  it("causes and aggregated errors are told, and unreadable errors do no harm", async () => {
    const outcome = await execute(
      "throw new AggregateError([new TypeError('one')], 'many', {cause: new RangeError('deep')})",
    );
    if (outcome.kind !== "threw") throw new Error("expected an error");
    const text = errorReport(outcome.error, executor.sources).traceback.map(stripAnsi).join("\n");
    expect(text).toContain("AggregateError: many");
    expect(text).toContain("Caused by:\nRangeError: deep");
    expect(text).toContain("One of:\nTypeError: one");
    const broken = await execute(
      "class Broken extends Error { get message(): string { throw 1 } } throw new Broken()",
    );
    if (broken.kind !== "threw") throw new Error("expected an error");
    expect(errorReport(broken.error, executor.sources).evalue).toBe("(unreadable)");
  });

  it("stop() ends a cell that waits, and what it does later changes nothing", async () => {
    const stopped = execute("let w9 = 1; await new Promise((r) => setTimeout(r, 30)); w9 = 2");
    executor.stop({ename: "KeyboardInterrupt", evalue: "", traceback: []});
    expect((await stopped).kind).toBe("stopped");
    expect(await valueOf("await new Promise((r) => setTimeout(r, 60)); w9")).toBe(2);
  });
});
