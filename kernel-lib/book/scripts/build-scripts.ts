/**
 * The scripts of the book: classic ones, each loaded when first needed, since a page opened from a
 * file may load neither modules nor data. A library is a call of `glassCloud.define(id, function)`;
 * the page hands the function's text to the worker, which evaluates it.
 *
 *     book.js                   the page: cells, search, theme
 *     lib/worker.js             what runs cells          lib/compiler.js   compiles changed ones
 *     lib/kernel-lib-AREA.js    the built modules of an area, one function a file
 *     lib/arquero.js …          packages                 lib/plotly.js     for the page
 */
import {mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {build, transform} from "esbuild";
import type {BuildOptions} from "esbuild";
import {COMPILER} from "../worker/messages.js";
import {DATA_MODULE, moduleFile, readModuleGraph} from "./module-graph.js";
import type {ModuleGraph} from "./module-graph.js";

/** What the page knows of the libraries: which script has a module, and what that needs. */
export interface ScriptIndex extends ModuleGraph {
  /** Module id → script below `lib/`. */
  scripts: Record<string, string>;
}

/** Packages that cells may import, besides those that kernel-lib needs. */
const CELL_PACKAGES = ["arquero", "mathjs"];

const here = dirname(fileURLToPath(import.meta.url));
/** kernel-lib's build, in which this file lies. */
const DIST = join(here, "..", "..");
/** The page's own sources are TypeScript for a browser, which only the bundler reads. */
const PAGE = join(DIST, "..", "book", "page");

const BROWSER: BuildOptions = {
  bundle: true,
  minify: true,
  platform: "browser",
  target: "es2022",
  write: false,
  logLevel: "warning",
  legalComments: "none",
};

/** @param out folder of the book */
export async function buildScripts(out: string): Promise<void> {
  const graph = readModuleGraph(DIST);
  const scripts: Record<string, string> = {};
  const write = (name: string, text: string): void => writeFileSync(join(out, "lib", name), text);
  mkdirSync(join(out, "lib"), {recursive: true});

  for (const [script, ids] of byArea(Object.keys(graph.imports))) {
    const parts = await Promise.all(ids.map(async (id) => define(id, await commonJs(id))));
    write(script, parts.join("\n"));
    for (const id of ids) scripts[id] = script;
  }
  const packages = new Set([...Object.values(graph.imports).flat(), ...CELL_PACKAGES]);
  for (const id of [...packages].filter((name) => !name.startsWith("kernel-lib/"))) {
    const script = `${id.replace(/^#/, "").replaceAll("/", "-")}.js`;
    write(script, define(id, await bundlePackage(id)));
    scripts[id] = script;
  }
  write("worker.js", define("book/worker", await bundle("book/worker/main.js", "iife")));
  write("compiler.js", define(COMPILER, await bundle("book/cells/compile-cell.js", "cjs")));
  scripts[COMPILER] = "compiler.js";
  write("plotly.js", await minified("plotly.js-dist/plotly.js"));
  const index: ScriptIndex = {...graph, scripts};
  writeFileSync(join(out, "book.js"), await pageScript(index));
}

/** One script an area; an area with folders of its own is as many. */
function byArea(ids: readonly string[]): Map<string, string[]> {
  const areas = new Map<string, string[]>();
  for (const id of ids) {
    const script = `${dirname(id).replaceAll("/", "-")}.js`;
    areas.set(script, [...(areas.get(script) ?? []), id]);
  }
  return areas;
}

function define(id: string, body: string): string {
  return `glassCloud.define(${JSON.stringify(id)},function(require,exports,module){${body}});\n`;
}

/** A built module as CommonJS; its `import()` asks the page. */
async function commonJs(id: string): Promise<string> {
  const source = readFileSync(moduleFile(DIST, id), "utf8");
  // Names stay: readers see those of classes and functions.
  const options = {minifySyntax: true, minifyWhitespace: true, target: "es2022"} as const;
  const {code} = await transform(source, {format: "cjs", ...options});
  return code.replace(/\bimport\(/g, "require.import(");
}

async function bundlePackage(id: string): Promise<string> {
  if (id === DATA_MODULE) {
    const source = readFileSync(join(DIST, "data", "index.js"), "utf8");
    return (await transform(source, {format: "cjs", minify: true, target: "es2022"})).code;
  }
  const options: BuildOptions = {
    ...BROWSER,
    stdin: {contents: `export * from "${id}"; ${defaultExport(id)}`, resolveDir: here},
    format: "cjs",
  };
  return (await build(options)).outputFiles![0]!.text;
}

/** Only one package is imported by its default export. */
function defaultExport(id: string): string {
  return id === "fast-check" ? `export {default} from "${id}";` : "";
}

async function bundle(file: string, format: "iife" | "cjs"): Promise<string> {
  const result = await build({
    ...BROWSER,
    entryPoints: [join(DIST, file)],
    format,
    alias: {"node:util": join(DIST, "book", "worker", "node-util.js")},
  });
  return result.outputFiles![0]!.text;
}

async function minified(specifier: string): Promise<string> {
  const file = createRequire(import.meta.url).resolve(specifier);
  const source = readFileSync(file, "utf8");
  return (await transform(source, {minify: true, legalComments: "inline"})).code;
}

async function pageScript(index: ScriptIndex): Promise<string> {
  const result = await build({
    ...BROWSER,
    entryPoints: [join(PAGE, "main.ts")],
    format: "iife",
    define: {SCRIPT_INDEX: JSON.stringify(index)},
  });
  return result.outputFiles![0]!.text;
}
