/** What mybinder.org demands of binder/, checked without it. */
import {readdirSync, readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";

const BINDER = join(ROOT, "binder");
const read = (name: string): string => readFileSync(join(BINDER, name), "utf8");

describe("binder/", () => {
  it("binder/ holds a file that repo2docker recognises; postBuild alone would not do", () => {
    expect(readdirSync(BINDER)).toEqual(
      expect.arrayContaining(["requirements.txt", "runtime.txt", "postBuild", "start"]),
    );
  });

  it("nothing outside binder/ could be taken for configuration: it would be ignored", () => {
    const names = [
      "environment.yml",
      "requirements.txt",
      "Dockerfile",
      "apt.txt",
      "postBuild",
      "start",
      ".binder",
    ];
    expect(readdirSync(ROOT).filter((name) => names.includes(name))).toEqual([]);
  });

  it("requirements.txt pins every package exactly, and constraints.txt what they bring along", () => {
    const lines = (name: string): string[] =>
      read(name)
        .split("\n")
        .filter((line) => line && !line.startsWith("#"));
    const [constraint, ...required] = lines("requirements.txt");
    expect(constraint).toBe("-c constraints.txt");
    expect(required.length).toBeGreaterThan(0);
    for (const line of required) {
      expect(line).toMatch(/^[a-z0-9-]+==\d+(\.\d+)+$/);
      expect(lines("constraints.txt")).toContain(line);
    }
    for (const line of lines("constraints.txt")) {
      expect(line).toMatch(/^[a-z0-9.-]+==[\w.]+( ; python_version >= "3\.\d+")?$/);
    }
  });

  it("runtime.txt names a Python in the form that repo2docker reads", () => {
    expect(read("runtime.txt")).toMatch(/^python-3\.\d+\n$/);
  });

  it.each(["postBuild", "start"])(
    "%s is executable, starts with a shebang and has no carriage return",
    (name) => {
      expect(read(name)).toMatch(/^#!\/usr\/bin\/env bash\n/);
      expect(read(name)).not.toContain("\r");
      if (process.platform !== "win32")
        expect(statSync(join(BINDER, name)).mode & 0o111).toBe(0o111);
    },
  );

  it("postBuild stops at the first failed step", () => {
    expect(firstCommand("postBuild")).toBe("set -euo pipefail");
  });

  it("start ends by handing over to the command it was given", () => {
    expect(read("start").trim().split("\n").at(-1)).toBe('exec "$@"');
  });

  it("postBuild does the same set-up as npm start, then runs the first notebook, trusts, prunes", () => {
    const commands = read("postBuild")
      .split("\n")
      .filter((line) => line && !line.startsWith("#"));
    expect(commands).toEqual([
      "set -euo pipefail",
      "node binder/setup.mjs --in-environment",
      "node kernel-lib/dist/cli/run-notebook.js notebooks/00-start-here.ipynb",
      "jupyter trust notebooks/*.ipynb",
      "npm prune --omit=dev --no-audit --no-fund",
      "npm cache clean --force",
    ]);
  });

  it("the oldest Node we accept is not newer than the one in mybinder's image, 20.19.5", async () => {
    const {isAtLeast, OLDEST_NODE} = await import("../../binder/platform.mjs");
    expect(isAtLeast("20.19.5", OLDEST_NODE)).toBe(true);
  });
});

function firstCommand(name: string): string | undefined {
  return read(name)
    .split("\n")
    .find((line) => line !== "" && !line.startsWith("#"));
}
