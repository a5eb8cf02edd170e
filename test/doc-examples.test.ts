/**
 * Every `@example` in kernel-lib is run as it stands. A line `expression // => text` must print
 * exactly that text under `util.inspect`; `// =>` may stand on a line of its own below.
 */
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {transformSync} from "esbuild";
import {beforeAll, describe, expect, it} from "vitest";
import {ROOT} from "../binder/setup.mjs";

interface Example {
  /** File and symbol, as in "stats/nines.ts: nines". */
  name: string;
  code: string;
}

const LIBRARY = join(ROOT, "kernel-lib");
const SCRATCH = join(ROOT, "build", "doc-examples");
const files = (readdirSync(LIBRARY, {recursive: true}) as string[])
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts") && !/^(dist|node_modules)\//.test(path));
const examples = files.flatMap((path) =>
  examplesIn(path, readFileSync(join(LIBRARY, path), "utf8")),
);

beforeAll(() => {
  rmSync(SCRATCH, {recursive: true, force: true});
  mkdirSync(SCRATCH, {recursive: true});
});

describe("doc examples", () => {
  it.each(examples)("$name runs and prints what it says", async ({name, code}) => {
    const path = join(SCRATCH, `${name.replace(/[^A-Za-z0-9]+/g, "-")}.mjs`);
    const {code: module} = transformSync(withChecks(code), {loader: "ts", format: "esm"});
    writeFileSync(path, module);
    await import(/* @vite-ignore */ pathToFileURL(path).href);
  });

  it("every function exported below the tools has an example", () => {
    const missing = files
      .filter((path) => !/^(kernel|course|book|cli)\//.test(path))
      .filter((path) => path.endsWith("/index.ts"))
      .flatMap((path) => exportedFrom(path))
      .filter(({path, symbol}) => /^function /m.test(declaration(path, symbol)))
      .filter(
        ({path, symbol}) => !examples.some((example) => example.name === `${path}: ${symbol}`),
      )
      .map(({path, symbol}) => `${path}: ${symbol}`);
    expect(missing).toEqual([]);
  });
});

function examplesIn(path: string, text: string): Example[] {
  const blocks = text.matchAll(
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export (?:function|class|const) (\w+)/g,
  );
  return [...blocks].flatMap(([, comment, symbol]) => {
    const example = /@example\n([\s\S]*?)(?=\n\s*\* @|$)/.exec(comment!)?.[1];
    if (example === undefined) return [];
    return [{name: `${path}: ${symbol}`, code: example.replace(/^\s*\* ?/gm, "").trim()}];
  });
}

/** Turns each `expression // => text` into a comparison. */
function withChecks(code: string): string {
  const lines = code.replace(/\n\s*\/\/ => /g, " // => ").split("\n");
  const checked = lines.map((line) => {
    const match = /^(.*?);? \/\/ => (.*)$/.exec(line);
    return match === null ? line : `expectPrinted(${match[1]}, ${JSON.stringify(match[2])});`;
  });
  return [
    'import {strictEqual} from "node:assert";',
    'import {inspect} from "node:util";',
    "const expectPrinted = (value, text) => strictEqual(inspect(value), text);",
    ...checked,
  ].join("\n");
}

function exportedFrom(indexPath: string): {path: string; symbol: string}[] {
  const text = readFileSync(join(LIBRARY, indexPath), "utf8");
  const folder = indexPath.replace(/index\.ts$/, "");
  return [...text.matchAll(/^export \{([^}]+)\} from "\.\/([^"]+)\.js"/gm)].flatMap(
    ([, names, file]) =>
      names!.split(",").map((symbol) => ({path: `${folder}${file}.ts`, symbol: symbol.trim()})),
  );
}

function declaration(path: string, symbol: string): string {
  const text = readFileSync(join(LIBRARY, path), "utf8");
  return (
    new RegExp(`^export (function|class|const) ${symbol}\\b`, "m").exec(text)?.[0].slice(7) ?? ""
  );
}
