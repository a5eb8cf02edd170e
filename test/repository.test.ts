/** Rules of the repository as a whole. */
import {spawnSync} from "node:child_process";
import {existsSync, readFileSync} from "node:fs";
import {extname, join} from "node:path";
import {describe, expect, it} from "vitest";
import {ROOT} from "../binder/setup.mjs";
import {projectFiles} from "./support/project-files.js";

const files = projectFiles();
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

function node(...args: string[]): {status: number | null; output: string} {
  const {status, stdout, stderr} = spawnSync(process.execPath, args, {cwd: ROOT, encoding: "utf8"});
  return {status, output: stdout + stderr};
}

describe("repository", () => {
  it("every file is formatted: npm run format", () => {
    const {status, output} = node("node_modules/prettier/bin/prettier.cjs", "--check", ".");
    expect(status, output).toBe(0);
  });

  it("the tests type-check", () => {
    const {status, output} = node("node_modules/typescript/bin/tsc", "-p", "test");
    expect(status, output).toBe(0);
  });

  it("top-level folders are the fixed ones", () => {
    const folders = new Set(
      files.filter((path) => path.includes("/")).map((path) => path.split("/")[0]),
    );
    expect([...folders].sort()).toEqual([
      ".ci",
      "binder",
      "data",
      "docs",
      "kernel-lib",
      "notebooks",
      "test",
    ]);
  });

  it.each(["package.json", "kernel-lib/package.json", "test/peers/package.json"])(
    "%s is private and pins every dependency exactly",
    (path) => {
      const manifest = JSON.parse(read(path)) as Record<string, unknown>;
      expect(manifest["private"]).toBe(true);
      const pins = {
        ...(manifest["dependencies"] as object),
        ...(manifest["devDependencies"] as object),
      };
      for (const [name, version] of Object.entries(pins))
        expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
    },
  );

  it("lockfiles name no registry and mark no package that needs an install script of ours", () => {
    for (const path of ["package-lock.json", "test/peers/package-lock.json"]) {
      expect(read(path)).not.toMatch(/"resolved": "https?:/);
    }
  });

  it("licences: MIT for code, CC BY 4.0 for text, and no copyleft package in the product", () => {
    expect(read("LICENSE")).toContain("MIT License");
    expect(read("LICENSE-TEXT.md")).toContain("CC BY 4.0");
    const lock = JSON.parse(read("package-lock.json")) as {
      packages: Record<string, {license?: string; dev?: boolean}>;
    };
    const copyleft = Object.entries(lock.packages)
      .filter(([, {license = "", dev}]) => !dev && /GPL/.test(license))
      .map(([path]) => path);
    expect(copyleft).toEqual([]);
  });

  it("ARCHITECTURE.md fits on 150 lines", () => {
    expect(read("ARCHITECTURE.md").split("\n").length).toBeLessThanOrEqual(150);
  });

  it("every relative link in the Markdown files leads somewhere", () => {
    const dead = files
      .filter((path) => extname(path) === ".md")
      .flatMap((path) =>
        [...read(path).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
          .map((match) => match[1]!)
          .filter((link) => !/^[a-z]+:/.test(link))
          .filter((link) => !existsSync(join(ROOT, path, "..", link)))
          .map((link) => `${path}: ${link}`),
      );
    expect(dead).toEqual([]);
  });

  it("every npm script named in the Markdown files exists", () => {
    const {scripts} = JSON.parse(read("package.json")) as {scripts: Record<string, string>};
    const named = files
      .filter((path) => extname(path) === ".md")
      .flatMap((path) => [...read(path).matchAll(/npm run ([a-z:-]+)/g)].map((match) => match[1]!));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
