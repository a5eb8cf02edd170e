import {spawnSync} from "node:child_process";
import {cpSync, existsSync, mkdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {formatNotebook, parseNotebook} from "kernel-lib/kernel";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {writeChapterStubs} from "../../kernel-lib/dist/cli/chapter-stubs.js";
import {lintProject} from "../../kernel-lib/dist/cli/lint-project.js";
import {withJupyterMetadata} from "../../kernel-lib/dist/cli/notebook-metadata.js";
import {scratchFolder} from "../support/scratch.js";

function copyOfProject(): string {
  const root = scratchFolder();
  for (const path of ["notebooks", "data", "README.md", "CONTRIBUTING.md"])
    cpSync(join(ROOT, path), join(root, path), {recursive: true});
  mkdirSync(join(root, "kernel-lib"));
  return root;
}

describe("new:chapter", () => {
  it("new:chapter writes notebook, lab, experiment, test, claim and guide, and lint names each", () => {
    const root = copyOfProject();
    expect(lintProject(root)).toEqual([]);
    const paths = writeChapterStubs(root, "06-ebs");
    expect(paths.every((path) => existsSync(path))).toBe(true);
    // As JupyterLab would save it, so that opening a stub is no change.
    const stub = readFileSync(paths[0]!, "utf8");
    expect(formatNotebook(withJupyterMetadata(parseNotebook(stub)))).toBe(stub);
    const stale = new Set(
      lintProject(root).map(({path}) => path.slice(root.length + 1).replaceAll("\\", "/")),
    );
    expect([...stale].sort()).toEqual([
      "data/claims.json",
      "kernel-lib/experiments/ebs/first.ts",
      "notebooks/06-ebs.ipynb",
      "notebooks/06-lab-first.ipynb",
      "notebooks/coursework/guides/06-ebs.md",
      "test/experiments/ebs/first.test.ts",
    ]);
  });

  it("new:chapter overwrites nothing", () => {
    const root = copyOfProject();
    const before = readFileSync(join(root, "data", "claims.json"), "utf8");
    expect(() => writeChapterStubs(root, "03-s3")).toThrow(
      "notebooks/03-s3.ipynb is there already",
    );
    expect(readFileSync(join(root, "data", "claims.json"), "utf8")).toBe(before);
    expect(existsSync(join(root, "kernel-lib", "experiments"))).toBe(false);
  });

  it.each(["", "ebs", "6-ebs", "06-EBS", "../06-ebs"])(
    "new:chapter refuses the name %j in one line",
    (name) => {
      const cli = join(ROOT, "kernel-lib", "dist", "cli", "new-chapter.js");
      const {status, stderr} = spawnSync(process.execPath, [cli, name], {encoding: "utf8"});
      expect(status).toBe(1);
      expect(stderr).toBe(`Say which chapter: need NN-name, as in 06-ebs, got "${name}"\n`);
    },
  );
});
