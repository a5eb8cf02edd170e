import {mkdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {pathToFileURL} from "node:url";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../../binder/setup.mjs";
import {compileCell} from "../../../kernel-lib/book/cells/compile-cell.js";
import {moduleFile, readModuleGraph} from "../../../kernel-lib/book/scripts/module-graph.js";
import {readContents} from "../../../kernel-lib/book/site/contents.js";
import {scratchFolder} from "../../support/scratch.js";

const DIST = join(ROOT, "kernel-lib", "dist");

/** A built library of these files. */
function graphOf(files: Record<string, string>): ReturnType<typeof readModuleGraph> {
  const dist = scratchFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dist, path)), {recursive: true});
    writeFileSync(join(dist, path), text);
  }
  return readModuleGraph(dist);
}

const exportsOf = async (file: string): Promise<Record<string, unknown>> =>
  (await import(pathToFileURL(file).href)) as Record<string, unknown>;

describe("readModuleGraph", () => {
  const graph = readModuleGraph(DIST);
  const paths = Object.keys(graph.namespaces);

  it("has every area that a chapter may import, and no tool", () => {
    expect(paths).toEqual(
      expect.arrayContaining(["kernel-lib/lesson", "kernel-lib/experiments/s3"]),
    );
    expect(paths.filter((path) => /^kernel-lib\/(kernel|course|book|cli)/.test(path))).toEqual([]);
  });

  it("has every name that a chapter imports", () => {
    const cells = readContents(join(ROOT, "notebooks")).flatMap(({notebook}) => notebook.cells);
    const wanted = cells
      .filter((cell) => cell.cell_type === "code")
      .flatMap(({source}) => compileCell(source).imports)
      .filter(({module}) => module.startsWith("kernel-lib/"))
      .flatMap(({module, names}) => (names === "all" ? [] : names.map((name) => ({module, name}))));
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.filter(({module, name}) => !(name in (graph.namespaces[module] ?? {})))).toEqual(
      [],
    );
  });

  it.each(paths)("finds every export of %s in a file that has it", async (path) => {
    const area = await exportsOf(join(moduleFile(DIST, path), "index.js"));
    const found = graph.namespaces[path]!;
    expect(Object.keys(found).sort()).toEqual(Object.keys(area).sort());
    for (const [name, id] of Object.entries(found)) {
      expect((await exportsOf(moduleFile(DIST, id)))[name], `${name} in ${id}`).toBe(area[name]);
    }
  });

  it("knows what every file imports, and each of those", () => {
    const ids = new Set(Object.keys(graph.imports));
    const ours = Object.values(graph.imports)
      .flat()
      .filter((id) => id.startsWith("kernel-lib/"));
    expect(ours.filter((id) => !ids.has(id))).toEqual([]);
  });

  it("finds names that are passed on, renamed, starred or declared in a pattern", () => {
    const {namespaces, imports} = graphOf({
      "area/index.js":
        'export {a, b as c} from "./one.js"; export * from "./two.js"; export * as all from "./one.js";' +
        'export const d = 1, {e, f: [g]} = {}; export function h() {} export class I {} export {x} from "package"',
      "area/one.js": 'import "../other/file.js"; export const a = 1, b = 2;',
      "area/two.js": "const j = 1; export {j};",
      "other/file.js": 'import "./file.js"; import "package";',
    });
    const index = "kernel-lib/area/index.js";
    expect(namespaces).toEqual({
      "kernel-lib/area": {
        ...{a: "kernel-lib/area/one.js", j: "kernel-lib/area/two.js"},
        ...{c: index, all: index, d: index, e: index, g: index, h: index, I: index, x: index},
      },
    });
    expect(imports["kernel-lib/area/one.js"]).toEqual(["kernel-lib/other/file.js"]);
    expect(imports["kernel-lib/other/file.js"]).toEqual(["kernel-lib/other/file.js", "package"]);
    expect(imports[index]).toEqual(["kernel-lib/area/one.js", "kernel-lib/area/two.js", "package"]);
  });

  it("leaves out areas of tools and what needs Node", () => {
    const empty = "export const a = 1;";
    const files = {"cli/index.js": empty, "book/site/index.js": empty, "plot/node/index.js": empty};
    expect(graphOf({...files, "plot/index.js": empty}).namespaces).toEqual({
      "kernel-lib/plot": {a: "kernel-lib/plot/index.js"},
    });
  });

  it("throws if a file is not built", () => {
    expect(() => graphOf({"area/index.js": 'export {a} from "./gone.js";'})).toThrow(
      "Cannot make the book: kernel-lib/area/gone.js is not built",
    );
  });
});
