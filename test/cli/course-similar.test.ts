import {spawnSync} from "node:child_process";
import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {PROVES_NOTHING} from "kernel-lib/course/record";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {RESTORE, writeClass} from "../course/record/small-class.js";
import {scratchFolder} from "../support/scratch.js";

function similar(...args: string[]): {status: number | null; stdout: string; stderr: string} {
  const path = join(ROOT, "kernel-lib", "dist", "cli", "course-similar.js");
  return spawnSync(process.execPath, [path, ...args], {encoding: "utf8", cwd: ROOT});
}

function notebookOf(source: string): string {
  const cell = {
    cell_type: "code",
    execution_count: null,
    id: "a",
    metadata: {},
    outputs: [],
    source,
  };
  return JSON.stringify({cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5});
}

describe("course:similar", () => {
  it("course:similar prints the pairs, and writes a page to read them side by side", () => {
    const out = scratchFolder();
    writeClass(out);
    const {status, stdout} = similar(out);
    expect(status).toBe(0);
    expect(stdout.startsWith(PROVES_NOTHING)).toBe(true);
    expect(stdout).toMatch(/^q3 {8}100 .* ada .* stranger$/m);
    expect(readFileSync(join(out, "similar-ps03.html"), "utf8")).toContain(PROVES_NOTHING);
  });

  it("course:similar leaves out what the released notebook holds", () => {
    const out = scratchFolder();
    writeClass(out);
    const release = join(out, "ps03.ipynb");
    writeFileSync(release, notebookOf(RESTORE));
    const {stdout} = similar(out, "--release", release);
    expect(stdout).not.toMatch(/^q3 {8}\d/m);
    expect(stdout).toContain("q3: compared 4, too short 1");
  });

  it.each([
    [[], "Say which grading run"],
    [["/no/such/folder"], "there is no folder results"],
    [["a", "b"], "Say which grading run"],
    [["a", "--seed", "1"], "Unknown option '--seed'"],
  ])("course:similar %j ends with one clear line", (args, message) => {
    const {status, stderr} = similar(...args);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});
