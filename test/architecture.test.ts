/**
 * The shape of the project as a program: which folder may import which, where Node may be used,
 * and that whatever the book runs in a browser can be bundled for one.
 */
import {readdirSync, readFileSync} from "node:fs";
import {join, posix} from "node:path";
import {build} from "esbuild";
import ts from "typescript";
import {describe, expect, it} from "vitest";
import {ROOT} from "../binder/setup.mjs";

/** Folders that may be imported by a folder; foundations first, tools last. */
const FOUNDATIONS = ["units", "bytes", "random", "stats", "sim", "sketch", "disk"];
const MECHANISMS = [
  ...["erasure", "lsm", "pages", "replication", "partition", "cache", "block", "compute"],
  ...["scaling", "balancing", "vpc", "iam"],
];
const MODEL = [...FOUNDATIONS, "packet", ...MECHANISMS, "services", "experiments"];
const MAY_IMPORT: Record<string, readonly string[]> = {
  units: [],
  bytes: [],
  random: [],
  stats: ["units"],
  sim: ["units", "random", "stats"],
  sketch: ["bytes", "random"],
  disk: ["bytes", "random"],
  packet: ["bytes"],
  ...Object.fromEntries(MECHANISMS.map((area) => [area, FOUNDATIONS])),
  vpc: [...FOUNDATIONS, "packet"],
  iam: [...FOUNDATIONS, "packet"],
  services: [...FOUNDATIONS, "packet", ...MECHANISMS, "services"],
  experiments: MODEL,
  plot: ["units", "stats"],
  lesson: ["units", "stats", "plot", "random"],
  kernel: [],
  course: [...MODEL, "plot", "lesson", "kernel"],
  book: [...MODEL, "plot", "lesson", "kernel"],
  cli: [...MODEL, "plot", "lesson", "kernel", "course", "book"],
};
/** Packages from the registry, by folder; everybody else gets none. */
const PACKAGES: Record<string, readonly string[]> = {
  random: ["pure-rand"],
  plot: ["arquero"],
  lesson: ["arquero", "d3-dsv", "fast-check", "#data"],
  "lesson/node": ["tslab", "piscina", "bullmq"],
  // TypeScript as tslab carries it: cells are written by the compiler that checked them.
  kernel: ["tslab", "@tslab/typescript-for-tslab", "zeromq"],
  course: ["@tslab/typescript-for-tslab", "arquero", "bullmq", "piscina"],
  book: [
    ...[
      "acorn",
      "d3-dsv",
      "esbuild",
      "magic-string",
      "markdown-it",
      "node-inspect-extracted",
      "parse5",
    ],
    ...["prismjs", "sucrase", "typedoc"],
  ],
  cli: ["cli-progress", "markdown-it", "playwright-core"],
};
const USES_NODE = ["kernel", "course", "book", "cli"];
/** Chance, time and other worlds that a model must be handed as an argument. */
const BANNED_IN_MODELS =
  /Math\.random|Date\.now|new Date\(|performance\.now|setTimeout|setInterval|\bBuffer\b|\bprocess\.(?!js\b)|export default/;

interface SourceFile {
  /** Below kernel-lib, with "/" on every system. */
  path: string;
  area: string;
  /** Without block comments. */
  text: string;
  imports: string[];
}

const sources = readSources();

function readSources(): SourceFile[] {
  const folder = join(ROOT, "kernel-lib");
  return (readdirSync(folder, {recursive: true}) as string[])
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !/^(dist|node_modules)\//.test(path))
    .map((path) => {
      const text = readFileSync(join(folder, path), "utf8");
      const imports = ts.preProcessFile(text).importedFiles.map(({fileName}) => fileName);
      const code = text.replace(/\/\*[\s\S]*?\*\//g, "");
      return {path, area: path.split("/")[0]!, text: code, imports};
    });
}

describe("architecture", () => {
  it("every folder of kernel-lib is in the table of layers", () => {
    const unknown = sources.filter((file) => !(file.area in MAY_IMPORT)).map((file) => file.path);
    expect(unknown).toEqual([]);
  });

  it("arrows point down, mechanisms never import each other, and areas meet at their index", () => {
    const wrong = sources.flatMap((file) =>
      file.imports
        .filter((target) => target.startsWith("."))
        .map((target) => posix.join(posix.dirname(file.path), target))
        .filter((target) => {
          const area = target.split("/")[0]!;
          if (area === file.area) return false;
          const allowed = MAY_IMPORT[file.area]!.includes(area);
          return !allowed || !target.endsWith("/index.js");
        })
        .map((target) => `${file.path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("packages are imported only where the table allows", () => {
    const wrong = sources.flatMap((file) => {
      const folder = file.path.includes("/node/") ? `${file.area}/node` : file.area;
      return file.imports
        .filter((target) => !target.startsWith(".") && !target.startsWith("node:"))
        .filter((target) => !(PACKAGES[folder] ?? []).includes(packageName(target)))
        .map((target) => `${file.path} imports ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it("node: is imported only in folders named node and in the tools", () => {
    const wrong = sources.filter(
      (file) =>
        file.imports.some((target) => target.startsWith("node:")) &&
        !USES_NODE.includes(file.area) &&
        !/\/node\//.test(file.path),
    );
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  it("below plot nothing reads the clock or chance, sets a timer or exports a default", () => {
    const wrong = sources
      .filter((file) => MODEL.includes(file.area) && !/\/node\//.test(file.path))
      .filter((file) => BANNED_IN_MODELS.test(file.text))
      .map((file) => `${file.path}: ${BANNED_IN_MODELS.exec(file.text)![0]}`);
    expect(wrong).toEqual([]);
  });

  it("no file is a drawer of odds and ends, and none is longer than 300 lines", () => {
    const drawers = sources.filter((f) => /(^|\/)(utils?|helpers?|types|common)\.ts$/.test(f.path));
    expect(drawers.map((file) => file.path)).toEqual([]);
    const long = sources.filter((file) => file.text.split("\n").length > 300);
    expect(long.map((file) => file.path)).toEqual([]);
  });

  const entryPoints = sources
    .filter((file) => /^(experiments\/[^/]+|lesson|plot|sim)\/index\.ts$/.test(file.path))
    .map((file) => file.path.replace(/\/index\.ts$/, ""));
  it.each(entryPoints)("kernel-lib/%s bundles for the browser without node:", async (area) => {
    const result = await build({
      stdin: {contents: `export * from "kernel-lib/${area}";`, resolveDir: ROOT},
      bundle: true,
      write: false,
      format: "esm",
      platform: "browser",
      logLevel: "silent",
    });
    expect(result.errors).toEqual([]);
    expect(result.outputFiles[0]!.text).not.toMatch(/["']node:/);
  });
});

function packageName(target: string): string {
  return target
    .split("/")
    .slice(0, target.startsWith("@") ? 2 : 1)
    .join("/");
}
