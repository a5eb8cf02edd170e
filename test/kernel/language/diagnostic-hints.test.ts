import {describe, expect, it} from "vitest";
import {diagnosticsReport} from "../../../kernel-lib/kernel/language/diagnostics.js";
import {diagnose, openConverter} from "../../support/tslab-converter.js";

const converter = openConverter();

/** A cell, and the hint that its reader gets first. */
const HINTS: [cell: string, hint: string][] = [
  // Python's words
  ['print("a")', "console.log"],
  ["const a = None", "null or undefined"],
  ["const a = True", "Write true"],
  ["let b = False", "Write false"],
  ["len([1])", "x.length"],
  ["if (1) { } elif (2) { }", "else if"],
  ["def f(x):\n  return x", "function name(x)"],
  ["const f = lambda x: x", "(x) =>"],
  ["if (1 and 2) { }", "&& for and"],
  ["if (1 or 2) { }", "|| for or"],
  ["if (not 1) { }", "! for not"],
  ["1 not in [1]", "! for not"],
  ["const x = 1\nx is None", "=== for is"],
  ["self.x = 1", "Write this"],
  ["function f() { pass }", "leave pass out"],
  ['raise Error("x")', "throw new Error"],
  ["assert 1 == 1", "throw new Error"],
  ["try:\n  1\nexcept:\n  2", "braces"],
  ["del x", "delete object.key"],
  ["nonlocal x", "outer variables"],
  ["for (const i of range(3)) {}", "let i = 0"],
  ["str(1)", "String(x)"],
  ['int("1")', "Math.trunc"],
  ["let x: bool = true", "boolean"],
  ["let x: list = []", "number[]"],
  ["from math import sqrt", 'import {name} from "module"'],
  ["import math", 'import * as name from "module"'],
  ["import math\nfor x in y:", 'import * as name from "module"'],
  ["# hello\n1", "begins with //"],
  ["if (1):\n  1", "braces"],
  ["for x in [1,2]:\n  print(x)", "const x of list"],
  ["[x for x in [1]]", "list.map"],
  ["[1,2,3][1:2]", "list.slice"],
  ["const a = 1 if 2 else 3", "condition ? a : b"],
  ["const (a, b) = [1,2]", "const [a, b]"],
  ["(a := 1)", "Write = to assign"],
  ['"""doc"""', "backticks"],
  ["f'hello {x}'", "`text ${value}`"],
  ["{'a': 1, 'b': 2}", "({key: value})"],
  ["[1].append(2)", "list.push"],
  ['"a".upper()', "toUpperCase"],
  ["({a: 1}).items()", "Object.entries"],
  ["%matplotlib inline", "magic"],
  ["!pip install x", "shell"],
  // what a notebook may import, and what it runs in
  ['import {x} from "./foo"', "packages by name"],
  ['import {x} from "lodash"', "A notebook may import kernel-lib/<area>, arquero, mathjs"],
  ['import {x} from "kernel-lib/nope"', '"kernel-lib/sim"'],
  ["window.x", "no browser window"],
  ["document.title", "no page"],
  ["totl + 1", "run that cell first"],
  ["const total = 1; totl", "run that cell first"],
  // newer than ES2022
  ["[3, 1].toSorted()", "[...list].sort(order)"],
  ["[1].findLast((x) => x)", "[...list].reverse().find(test)"],
  ["Object.groupBy([1], (x) => 'a')", "groupby"],
  ["Promise.withResolvers()", "new Promise"],
  // the language
  ["const a = 1; a = 2", "Declare it with let"],
  ["let q = 1; let q = 2", "once in a cell"],
  ["function f() { await 1 }", "Write async"],
  ["return 1", "Leave return out"],
  ["export const a = 1", "Leave export out"],
  ["const p: number = Promise.resolve(1)", "await it first"],
  ["Promise.resolve([1]).length", "await it first"],
  ["for (const x in [1, 2]) { x * 2 }", "const x of list"],
  ["1n + 1", "BigInt and number"],
  ["-2 ** 2", "(-x) ** 2"],
];

/** Cells that are wrong, of which TypeScript's own message says all there is to say. */
const NO_HINT = [
  '"abc".lenght',
  "class Row { value = 1 }\nnew Row().index",
  "Math.max('a')",
  "break",
  "const p: {a: number} = {a: '1'}",
];

describe("hintFor", () => {
  it.each(HINTS)("hintFor() answers %j with: … %s …", (cell, hint) => {
    const {traceback} = diagnosticsReport(diagnose(converter, cell), {
      code: cell,
      label: "cell [1]",
    });
    const hints = traceback.filter((line) => line.includes("Hint:"));
    expect(hints[0]).toContain(hint);
    expect(new Set(hints).size).toBeLessThanOrEqual(2);
  });

  it.each(NO_HINT)("hintFor() has nothing to add to what is wrong with %j", (cell) => {
    const {traceback} = diagnosticsReport(diagnose(converter, cell), {
      code: cell,
      label: "cell [1]",
    });
    expect(traceback.join("\n")).toContain("TS");
    expect(traceback.join("\n")).not.toContain("Hint:");
  });

  it("hintFor() is not asked for what is right here as in Python", () => {
    for (const cell of ["2 ** 3", "2 in [1, 2]", "[1].at(-1)", "7 // 2"]) {
      expect(diagnose(converter, cell)).toEqual([]);
    }
  });
});
