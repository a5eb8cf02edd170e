import {describe, expect, it} from "vitest";
import {completeness} from "../../../kernel-lib/kernel/language/completeness.js";

const COMPLETE = [
  "",
  "  \n",
  "// a comment",
  "/* a comment */",
  "1 + 1",
  "const a = 1;",
  "let x: number",
  "function f() { return 1 }",
  "declare function f(): void",
  "class A { #x = 1 }",
  "if (x) { y }",
  "for (const x of y) x;",
  "await f()",
  "for await (const x of y) {}",
  "const f = (x) => x",
  "`a ${x} b`",
  "`a\nb`",
  "'a\\\nb'",
  '{"a"}',
  "({a: 1})",
  "interface A { b: string }",
  'import {a} from "b"',
  'import "b"',
  "@dec class A {}",
  "x as number",
  "<T>(x: T) => x",
  "unknownName.foo()",
  'const n: number = "wrong"',
  "const 🙂 = 1".replace("🙂", "é"),
  "1\r\n2",
];

const INCOMPLETE: [code: string, indent: string][] = [
  ["function f() {", "  "],
  ["function f()", ""],
  ["function f(a,", ""],
  ["class A {", "  "],
  ["class A extends", ""],
  ["class A {\n  m() {", "    "],
  ["if (x)", "  "],
  ["if (x) {\n  y", "  "],
  ["if (x) {} else", ""],
  ["for (const x of y)", "  "],
  ["while (true)", "  "],
  ["do {} ", ""],
  ["try {}", ""],
  ["try { x } catch (e) {", "  "],
  ["switch (x) { case 1:", ""],
  ["1 +", ""],
  ["a &&", ""],
  ["a ? b", ""],
  ["a ? b :", ""],
  ["x.", ""],
  ["const a =", ""],
  ["const", ""],
  ["const {a, b", ""],
  ["let a: ", ""],
  ["[1, 2,", ""],
  ["f(", "  "],
  ["f(1", ""],
  ["({a: 1,", ""],
  ["x =>", "  "],
  ["const f = async () => {", "  "],
  ["`abc", ""],
  ["`abc ${", "  "],
  ["`abc ${x}\n  def", ""],
  ["/* a\n  b", ""],
  ["'abc\\", ""],
  ["@dec", ""],
  ["@dec()\n", ""],
  ["import {a}", ""],
  ["import {a} from", ""],
  ["import", ""],
  ["export", ""],
  ["type T =", ""],
  ["interface A", ""],
  ["enum E {", "  "],
  ["throw", ""],
  ["new", ""],
  ["await", ""],
  ["x = [ // list", "  "],
  ["1 + // and", ""],
  ["function f() {\r\n\tg(", "\t  "],
];

const INVALID = [
  "}",
  ")",
  "foo(1 2",
  "foo(1 2)",
  "a b",
  "else {}",
  "case 1:",
  "catch (e) {",
  '"abc',
  "'abc\ndef",
  "/abc",
  "const 1 = 2",
  "let x = 1 let y",
  "{'a': 1, 'b': 2}",
  "def f(x):",
  "if (x):",
  "for x in y",
  "1_",
  "'\\x",
  "# comment",
  "function f() { ) ",
  "class A { 1 + 1 ",
  "%time",
  "...",
];

describe("completeness", () => {
  it.each(COMPLETE)("completeness() of %j is complete", (code) => {
    expect(completeness(code)).toEqual({status: "complete", indent: ""});
  });

  it.each(INCOMPLETE)(
    "completeness() of %j is incomplete, with the indentation %j",
    (code, indent) => {
      expect(completeness(code)).toEqual({status: "incomplete", indent});
    },
  );

  it.each(INVALID)("completeness() of %j is invalid", (code) => {
    expect(completeness(code)).toEqual({status: "invalid", indent: ""});
  });

  it("completeness() lets two empty lines run what is unfinished, as tslab does", () => {
    expect(completeness("f(\n").status).toBe("incomplete");
    expect(completeness("f(\n\n").status).toBe("complete");
    expect(completeness("f(\n  \n").status).toBe("complete");
  });
});
