/** What a reader sees when something is missing: one line that says what to do, and no debris. */
import {chmodSync, existsSync, symlinkSync, writeFileSync} from "node:fs";
import {createServer} from "node:net";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {describe, expect, it} from "vitest";
import {checkNode, ROOT} from "../../binder/setup.mjs";
import {cloneProject} from "../support/clone.js";
import type {Ended} from "../support/jupyter.js";
import {freePort, runToEnd} from "../support/jupyter.js";
import {itNeeds} from "../support/needs.js";
import {scratchFolder} from "../support/scratch.js";

const START = "binder/start-lab.mjs";

/** The line for the reader, and that there is only one. */
function complaint({code, output}: Ended): string {
  const lines = output.split("\n").filter((line) => line.startsWith("Glass Cloud cannot start."));
  expect(code, output).toBe(1);
  expect(lines, output).toHaveLength(1);
  expect(output).not.toMatch(/\n\s+at /);
  return lines[0]!;
}

/** A PATH that holds Node and, if given, a program called python3. */
function pathWith(python?: string): string {
  const folder = scratchFolder();
  symlinkSync(process.execPath, join(folder, "node"));
  if (python !== undefined) {
    writeFileSync(join(folder, "python3"), `#!/bin/sh\n${python}\n`);
    chmodSync(join(folder, "python3"), 0o755);
  }
  return folder;
}

/** A test whose stand-in for Python is a shell script. */
function onPosix(name: string, fn: () => Promise<void>): void {
  itNeeds(process.platform !== "win32", "a POSIX shell", "use Linux or macOS", name, fn);
}

describe("npm start, when something is missing", () => {
  it("an old Node is named, with the version that is needed", () => {
    expect(() => checkNode("18.20.8")).toThrow(
      "Node 18.20.8 is too old: Glass Cloud needs 20.19 or newer. Install the LTS version from nodejs.org.",
    );
    expect(() => checkNode("20.19.0")).not.toThrow();
  });

  onPosix("no Python: says which is needed and how to get it", async () => {
    const ended = await runToEnd(cloneProject(), START, {env: {PATH: pathWith()}});
    expect(complaint(ended)).toMatch(
      /No Python found: Glass Cloud needs Python 3\.10 or newer for JupyterLab\. Install it/,
    );
  });

  onPosix("an old Python is named", async () => {
    const old = 'printf "3.8.10\\n/usr/bin/python3\\n/usr\\nTrue\\n"';
    const ended = await runToEnd(cloneProject(), START, {env: {PATH: pathWith(old)}});
    expect(complaint(ended)).toContain("Python 3.8.10 is too old: Glass Cloud needs Python 3.10");
  });

  onPosix("a Python without venv: says which package brings it", async () => {
    const bare = 'printf "3.11.2\\n/usr/bin/python3\\n/usr\\nFalse\\n"';
    const clone = cloneProject();
    const ended = await runToEnd(clone, START, {env: {PATH: pathWith(bare)}});
    expect(complaint(ended)).toContain("Python 3.11.2 lacks the module venv.");
    expect(existsSync(join(clone, ".venv"))).toBe(false);
  });

  it("a port in use: says so and how to choose another", async () => {
    const port = await freePort();
    const occupant = createServer().listen(port, "127.0.0.1");
    await new Promise((resolve) => occupant.once("listening", resolve));
    const ended = await runToEnd(ROOT, START, {args: ["--no-browser", "--port", String(port)]});
    occupant.close();
    expect(complaint(ended)).toContain(
      `Port ${port} is in use. Stop the program that uses it, or choose another with \`npm start -- --port ${port + 1}\`.`,
    );
  });

  it.each([
    ["--port", "eighty"],
    ["--port", "0"],
    ["--prot", "8888"],
  ])("the options %s %s are refused with what is known", async (...args) => {
    expect(complaint(await runToEnd(ROOT, START, {args}))).toMatch(/Known options|is no port/);
  });

  it("no network on the first start: says so and leaves nothing half-made", async () => {
    const clone = cloneProject();
    // A registry that refuses at once, and an empty cache: what a train tunnel looks like.
    const offline = {
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_cache: join(scratchFolder(), "npm"),
    };
    const ended = await runToEnd(clone, START, {env: offline});
    expect(complaint(ended)).toMatch(
      /npm could not reach its registry \(ECONNREFUSED\)\. Connect to the network and try again; later starts work offline\./,
    );
    for (const debris of ["node_modules", ".venv", "kernel-lib/dist"]) {
      expect(existsSync(join(clone, debris)), debris).toBe(false);
    }
  });

  const asOther = process.platform !== "win32" && process.getuid?.() === 0;
  itNeeds(
    asOther,
    "root, to become another user",
    "run the tests as root",
    "a read-only folder: says which, and to clone elsewhere",
    async () => {
      const clone = cloneProject();
      // Others may look into it, but not write.
      chmodSync(dirname(clone), 0o755);
      const nobody = 65534;
      const ended = await runToEnd(clone, START, {uid: nobody, env: {HOME: tmpdir()}});
      expect(complaint(ended)).toBe(
        `Glass Cloud cannot start. You may not write to ${clone}. Clone Glass Cloud into a folder of your own.`,
      );
    },
  );
});
