import {expect, it} from "vitest";
import {awaitsOutsideFunctions} from "../../../kernel-lib/kernel/cells/top-level-await.js";

it.each([
  "await f()",
  "await (async () => 1)()",
  "const v = await (f)()",
  "await [1]",
  "await `a`",
  "await -1",
  "f(await (g()))",
  "for await (const x of y) x",
  "if (a) { for (const x of y) { await (x) } }",
])("awaitsOutsideFunctions() sees it in %j", (code) => {
  expect(awaitsOutsideFunctions(code)).toBe(true);
});

it.each([
  "const f = async () => await (1)",
  "async function f() { for await (const x of y) x }",
  "class A { async m() { await [1] } }",
  "// await (x)",
  "const text = 'await (x)'",
  "object.await(1)",
  "awaiting(1)",
])("awaitsOutsideFunctions() sees none in %j", (code) => {
  expect(awaitsOutsideFunctions(code)).toBe(false);
});
