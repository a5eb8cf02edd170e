/**
 * What a student sees: every public export loaded in tslab's own compiler (TypeScript 5.0.4, not
 * the one that built the library). No type may silently be `any`, and `const x = f()` must never
 * fail because a type cannot be named.
 */
import {existsSync, readdirSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join, relative} from "node:path";
import converterModule from "tslab/dist/converter.js";
import type {CheckerModule, Declared} from "./tslab-checker.js";
import {openChecker} from "./tslab-checker.js";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {scratchFolder} from "../support/scratch.js";

const NOTEBOOKS = join(ROOT, "notebooks");
/** Said openly: whoever tests an answer cannot know its type, and a cell has no casts. */
const ANSWERS: Record<string, readonly string[]> = {
  "kernel-lib/course": [
    "question().check(holds)(answer)",
    "Question().check(holds)(answer)",
    "Holds(answer)",
    "Property.holds(answer)",
  ],
};
const entryPoints = findEntryPoints();
const home = process.cwd();

/** Folders of kernel-lib with an index, as import paths. */
function findEntryPoints(): string[] {
  const dist = join(ROOT, "kernel-lib", "dist");
  return (readdirSync(dist, {recursive: true}) as string[])
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith("/index.d.ts") && !path.startsWith("data/"))
    .map((path) => `kernel-lib/${path.replace(/\/index\.d\.ts$/, "")}`)
    .sort();
}

describe("public types in tslab", () => {
  let checker: CheckerModule;
  let converter: ReturnType<typeof converterModule.createConverter>;
  beforeAll(() => {
    // tslab takes the working directory as the root of the sources.
    process.chdir(NOTEBOOKS);
    checker = openChecker(entryPoints, NOTEBOOKS);
    converter = converterModule.createConverter({isJS: false, isBrowser: false});
  });
  afterAll(() => {
    converter.close();
    process.chdir(home);
  });

  it("the checker is tslab's own TypeScript, and it finds every entry point", () => {
    const require = createRequire(createRequire(import.meta.url).resolve("tslab"));
    expect(checker.version).toBe(
      (require("@tslab/typescript-for-tslab") as {version: string}).version,
    );
    expect(entryPoints.length).toBeGreaterThanOrEqual(9);
    expect(existsSync(join(ROOT, "kernel-lib", "dist"))).toBe(true);
  });

  it.each(entryPoints)("%s has no silent any", (entryPoint) => {
    expect(checker.exportsOf(entryPoint).length).toBeGreaterThan(0);
    expect(checker.anyIn(entryPoint)).toEqual(ANSWERS[entryPoint] ?? []);
  });

  it.each(entryPoints)("%s gives only types that a cell can name", (entryPoint) => {
    const lines = checker.exportsOf(entryPoint).flatMap((declared) => useInCell(declared));
    const source = [
      `import * as lib from "${entryPoint}";`,
      "declare const args: any[];",
      ...lines,
    ];
    const {diagnostics} = converter.convert("", source.join("\n"));
    expect(diagnostics.map((diagnostic) => diagnostic.messageText)).toEqual([]);
  });

  it("the checks notice an any, and a type that cannot be named", () => {
    expect(checker.anyInSource("export function f(): {x: any[]} { return {x: []}; }")).toEqual([
      "f().x[]",
    ]);
    const folder = scratchFolder();
    const hidden =
      "interface Hidden {x: number}\nexport declare function f(): Hidden;\nexport {};\n";
    writeFileSync(join(folder, "hidden.d.ts"), hidden);
    const path = relative(NOTEBOOKS, join(folder, "hidden")).replaceAll("\\", "/");
    const {diagnostics} = converter.convert(
      "",
      `import * as lib from "${path}";\nconst x = lib.f();`,
    );
    expect(diagnostics.map((d) => d.messageText).join()).toContain("cannot be named");
  });
});

/** Each function called, each class made and each of its methods called, as a cell would. */
function useInCell({name, kind, methods}: Declared): string[] {
  const call = (target: string, index: string): string =>
    `const v_${name}_${index} = (${target} as any as (...a: any[]) => ReturnType<typeof ${target}>)(...args);`;
  if (kind === "function") return [call(`lib.${name}`, "result")];
  if (kind === "value") return [`const v_${name} = lib.${name};`];
  return [
    `let i_${name}: InstanceType<typeof lib.${name}>;`,
    ...methods.map((method) => call(`i_${name}.${method}`, method)),
  ];
}
