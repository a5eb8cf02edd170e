import vm from "node:vm";
import {describe, expect, it} from "vitest";
import {compileCell} from "../../../kernel-lib/book/cells/compile-cell.js";

/** What a module of these tests exports. */
const MODULE = {default: "d", one: 1, "two words": 2, log: [] as string[]};

/** Runs cells one after another as a worker does; the value of the last. */
async function valueOf(...sources: string[]): Promise<unknown> {
  const context = vm.createContext({MODULE});
  const declared = new Set<string>();
  const run = {
    value: undefined as unknown,
    meta: {url: "about:blank"},
    require: () => MODULE,
    import: () => Promise.resolve(MODULE),
    named: (value: object, name: string) => Object.defineProperty(value, "name", {value: name}),
  };
  for (const source of sources) {
    const {code, names} = compileCell(source);
    for (const name of names) {
      if (!declared.has(name)) vm.runInContext(`let ${name};`, context);
      declared.add(name);
    }
    run.value = undefined;
    const start = vm.runInContext(`(${code})`, context, {filename: "cell"}) as (
      host: typeof run,
    ) => Promise<void>;
    await start(run);
  }
  // Without the prototypes of the other global scope.
  return typeof run.value === "object" ? structuredClone(run.value) : run.value;
}

/** The line of the cell on which it throws. */
async function failingLine(...sources: string[]): Promise<number> {
  const error = await valueOf(...sources).then(
    () => undefined,
    (thrown: unknown) => thrown as Error,
  );
  return Number(/cell:(\d+)/.exec(error?.stack ?? "")?.[1]);
}

describe("compileCell", () => {
  it.each<[what: string, cells: string[], value: unknown]>([
    ["several declarators", ["let a = 1, b = a + 1, c", "[a, b, c]"], [1, 2, undefined]],
    ["a declarator without a value, again", ["let a = 1", "let a; a"], undefined],
    ["let without a semicolon before a bracket", ["let a\n[1, 2].length"], 2],
    ["let without a semicolon before a regular expression", ["let a\n/x/.test('x')"], true],
    ["const without a semicolon before ++", ["let n = 1\nconst a = n\n++n"], 2],
    ["a definite assignment", ["let a!: number; a = 2", "a"], 2],
    [
      "patterns with defaults, renames, nesting and rest",
      [
        "const {a, b: {c = 2, ...d} = {} as any, ...e} = {a: 1, x: 9} as any",
        "let [f, , g = 5, ...[h]] = [1, 2, undefined, 4]",
        "[a, c, d, e, f, g, h]",
      ],
      [1, 2, {}, {x: 9}, 1, 5, 4],
    ],
    [
      "a pattern after another declarator",
      ["const a = 1, {b} = {b: 2}, [c] = [3]; [a, b, c]"],
      [1, 2, 3],
    ],
    ["a computed key", ["const k = 'a', {[k]: b} = {a: 4}; b"], 4],
    ["var in a block", ["if (true) { var a = 1 }", "a"], 1],
    ["var in a branch without a block", ["if (false) var a = 1; else a = 2\na"], 2],
    ["var in a branch that ends with its line", ["if (true) var a = 1\nelse a = 2\na"], 1],
    ["var in the head of a loop", ["for (var i = 0, {j} = {j: 5}; i < 3; i++);", "[i, j]"], [3, 5]],
    ["var in a loop over values", ["for (var [k, v] of [['a', 1]]) {}", "[k, v]"], ["a", 1]],
    ["var in a loop over keys", ["for (var k in {a: 1, b: 2}) {}", "k"], "b"],
    ["var in a loop that awaits", ["for await (var x of [Promise.resolve(3)]) {}", "x"], 3],
    ["var that is set before its line", ["a = 5; var a; a"], 5],
    ["var that an earlier cell had", ["var a = 5", "var a; a"], undefined],
    ["var that belongs to a function", ["function f() { var a = 1; return a }", "f()"], 1],
    [
      "var that belongs to an arrow",
      ["const f = () => { for (var i = 0; i < 2; i++); return i }; f()"],
      2,
    ],
    [
      "var in a default of a parameter",
      ["function f(g = () => { var a = 7; return a }) { return g() }; f()"],
      7,
    ],
    ["let in a block stays there", ["{ let a = 1 } typeof a"], "undefined"],
    ["a function before its line", ["const a = f(); function f() { return 1 }\na"], 1],
    [
      "a function that calls itself",
      ["function f(n: number): number { return n < 2 ? 1 : n * f(n - 1) }", "f(5)"],
      120,
    ],
    [
      "a function declared again",
      ["function f() { return 1 }; const g = () => f()", "function f() { return 2 }; g()"],
      2,
    ],
    [
      "a function by its name",
      [
        "function area() {} async function wait() {} function* count() {}",
        "[area.name, wait.name, count.name]",
      ],
      ["area", "wait", "count"],
    ],
    [
      "an arrow by its name",
      ["const area = () => 1, {other = () => 2} = {} as any; [area.name, other.name]"],
      ["area", "other"],
    ],
    [
      "an overloaded function",
      ["function f(a: string): string;\nfunction f(a: any) { return a }\nf('x')"],
      "x",
    ],
    ["an async function", ["async function f() { return 4 }", "await f()"], 4],
    ["a generator", ["function* f() { yield 1; yield 2 }", "[...f()]"], [1, 2]],
    [
      "an async generator",
      ["async function* f() { yield 1 }", "let s = 0; for await (const x of f()) s += x; s"],
      1,
    ],
    [
      "a class with static fields that name it",
      ["class A { static one = 1; static two = A.one + 1; static { A.two++ } }", "A.two"],
      3,
    ],
    [
      "a class by its name",
      ["class Disk {}\n[Disk.name, new Disk().constructor === Disk]"],
      ["Disk", true],
    ],
    ["a class before a bracket", ["class A {}\n[A.name].length"], 1],
    [
      "a class that extends another",
      ["class A { x = 1 }", "class B extends A { y = this.x + 1 }; new B().y"],
      2,
    ],
    [
      "parameters that are fields",
      ["class A { constructor(readonly size = 4, private b?: number) {} }; new A().size"],
      4,
    ],
    [
      "an abstract class",
      [
        "abstract class A { abstract f(): number; g() { return this.f() } }\nclass B extends A { f() { return 3 } }; new B().g()",
      ],
      3,
    ],
    ["an enum", ["enum Color { Red, Green = 5 }", "[Color.Green, Color[0]]"], [5, "Red"]],
    ["an enum declared again", ["enum A { B }", "enum A { C = 2 }", "Object.keys(A).length"], 2],
    ["an enum as the last statement", ["enum A { B }"], undefined],
    ["top-level await in a template", ["`${await Promise.resolve('a')}`"], "a"],
    ["this at the top level", ["(this as any) === globalThis"], true],
    ["a name of the host", ["const __runs = 1, run = 2; run + __runs"], 3],
  ])("keeps the meaning of %s", async (_, cells, value) => {
    expect(await valueOf(...cells)).toEqual(value);
  });

  it.each<[what: string, cells: string[], value: unknown]>([
    [
      "by name, renamed and in quotes",
      ['import {one, one as uno, "two words" as two} from "m"', "[one, uno, two]"],
      [1, 1, 2],
    ],
    ["by default", ['import def, {one} from "m"', "[def, one]"], ["d", 1]],
    ["by default, as a name", ['import {default as def} from "m"; def'], "d"],
    ["as a namespace", ['import def, * as all from "m"', "[def, all.one]"], ["d", 1]],
    ["below where it is used", ['const a = one + 1\nimport {one} from "m"\na'], 2],
    ["before a bracket", ['import {one} from "m"\n[one].length'], 1],
    ["of types alone", ['import type {A} from "m"\nimport {type B} from "m"\n5'], 5],
    ["when it runs", ["(await import('m')).one"], 1],
    [
      "when it runs, in a function",
      ["const load = async () => (await import('m')).default", "await load()"],
      "d",
    ],
  ])("imports %s", async (_, cells, value) => {
    expect(await valueOf(...cells)).toEqual(value);
  });

  it.each<[what: string, cells: string[], value: unknown]>([
    ["a declaration", ["export const a = 1, {b} = {b: 2}", "[a, b]"], [1, 2]],
    [
      "a function and a class",
      ["export function f() { return 1 }\nexport class A {}", "[f(), A.name]"],
      [1, "A"],
    ],
    ["a default with a name", ["export default function f() { return 1 }\n[f.name]"], ["f"]],
    ["a default class with a name", ["export default class A {}\n[A.name]"], ["A"]],
    ["a default expression", ["let a = 1\nexport default a = 5", "a"], 5],
    ["a default arrow", ["export default () => 1\n'ran'"], "ran"],
    ["a default without a name", ["export default function () {}\n[1]"], [1]],
    ["a list", ["const a = 1\nexport {a}\n[a].length"], 1],
    ["a list of types", ["type A = 1\nexport type {A}\n'ran'"], "ran"],
    ["of another module", ['export {one} from "m"\nexport * from "m"\n3'], 3],
  ])("leaves an export out: %s", async (_, cells, value) => {
    expect(await valueOf(...cells)).toEqual(value);
  });

  it.each<[cell: string, value: unknown]>([
    ["1 + 1", 2],
    ["1 + 1;", 2],
    ["1 + 1 // two", 2],
    ["1 + 1 /* two */\n\n// end", 2],
    ["1;;\n;", 1],
    ["'a text'", "a text"],
    ['"use strict"', "use strict"],
    ["({a: 1})", {a: 1}],
    ["(1, 2)", 2],
    ["1, 2", 2],
    ["let a = 1; a = 5", 5],
    ["(() => 3)()", 3],
    ["await 4", 4],
    ["import.meta.url", "about:blank"],
    ["const m = import.meta\nm.url", "about:blank"],
    ["5 satisfies number", 5],
    ["<any>6", 6],
    ["{a: 1}", undefined],
    ["if (true) 1", undefined],
    ["const a = 1", undefined],
    ["1; const a = 1", undefined],
    ["", undefined],
    ["  \n\t\n", undefined],
    ["// a comment", undefined],
    ["/* a */", undefined],
    ["type A = number; interface B {}", undefined],
  ])("gives as the value of %j: %j", async (cell, value) => {
    expect(await valueOf(cell)).toEqual(value);
  });

  it.each([
    "const a = 1\nconst b = a\n;[a, b].forEach(() => {})\n;(() => a)()\nb",
    "let s = ''\nfor (const x of [1, 2]) s += x\nif (s) s += 'a'\nelse s += 'b'\n;['c'].forEach((c) => { s += c })\ns",
    "function f() { return 1 }\n(() => 2)()",
    "class A { x = 1\n;['y'] = 2 }\nnew A().y",
    "let i = 0\nlet j = i\n++i\ni + j",
    "do i = 1\nwhile (false)\nvar i\ni",
  ])("reads a cell without semicolons as JavaScript does: %j", async (cell) => {
    const script = vm.runInNewContext(cell, {}) as unknown;
    expect(await valueOf(cell)).toEqual(script);
  });

  it("names what the cell declares, and what it imports", () => {
    const {names, imports} = compileCell(
      'import type {T} from "types"\nimport a, {b as c} from "m"\nimport * as d from "n"\nimport "o"\n' +
        "const {e, f: [g]} = c\nfor (var h of []) { let no = 1 }\nfunction i(no: T) { var no2 = 1 }\n" +
        "class J {}\nenum K {}\nexport {b} from 'p'",
    );
    expect(names.sort()).toEqual(["J", "K", "a", "c", "d", "e", "g", "h", "i"]);
    expect(imports).toEqual([
      {module: "m", names: ["default", "b"]},
      {module: "n", names: "all"},
      {module: "o", names: "all"},
      {module: "p", names: "all"},
    ]);
  });

  it.each<[what: string, cell: string]>([
    ["types", "interface A {\n  a: number;\n}\ntype B = {\n  b: A;\n};\nfail()"],
    ["imports of many lines", 'import {\n  one,\n  one as two,\n} from "m"\n\n\nfail()'],
    ["a list of exports", "let a = 1\nexport {\n  a,\n  a as b\n}\n\nfail()"],
    ["an export on its own line", "export\n\ndefault\n\n1\n\nfail()"],
    ["a declaration begun on its own line", "const\n\n  a = 1,\n  b\n    = 2\n\nfail()"],
    ["functions and classes", "function f() {\n\n}\nclass A {\n}\n\nfail()"],
    ["an enum", "enum A {\n  B,\n  C,\n}\n\n\nfail()"],
    ["texts of many lines", "const a = `\n\n\n`\n\n\nfail()"],
    [
      "Windows ends of lines",
      "import {\r\none\r\n} from 'm'\r\n\r\n\r\nfail()".replace("\r\n\r\nfail", "\r\n\r\n\r\nfail"),
    ],
  ])("keeps the lines: %s", async (_, cell) => {
    expect(
      await failingLine(
        "const fail = () => undefinedName",
        cell.replace("fail()", "throw new Error()"),
      ),
    ).toBe(7);
  });

  it.each<[cell: string, message: string]>([
    ["const broken = ;", "Unexpected token (line 1)"],
    ["let a = 1;\n\nlet a = 2;", "Identifier 'a' has already been declared (line 3)"],
    ["foo(\n1", 'Unexpected token, expected "," (line 2)'],
    ["1\nreturn 5", "'return' outside of function (line 2)"],
    ["const text = 'abc", "Unterminated string constant (line 1)"],
    ["interface A {\n  a: \n\n}}", "Unexpected token (line 4)"],
    ["\n@sealed class A {}", "Unexpected character '@' (line 2)"],
    [
      "1\nexport namespace A { export const x = 1 }",
      "The book runs no namespace: use an object or functions (line 2)",
    ],
  ])("refuses %j with its line", (cell, message) => {
    expect(() => compileCell(cell)).toThrow(new SyntaxError(message));
  });

  it("does not take a namespace in a text or a comment for one", async () => {
    expect(
      await valueOf("const a = `\nnamespace A {`\n// \nnamespaceOf\nvar namespaceOf = 1\na.length"),
    ).toBe(14);
  });

  it("runs a module that is imported for what it does, and none of which only types are taken", async () => {
    const required: string[] = [];
    for (const cell of ['import "effects"', 'import {type A} from "types"']) {
      const start = vm.runInThisContext(`(${compileCell(cell).code})`) as (
        run: object,
      ) => Promise<void>;
      await start({require: (module: string) => required.push(module)});
    }
    expect(required).toEqual(["effects"]);
  });
});
