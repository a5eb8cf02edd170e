import {execFileSync} from "node:child_process";
import {mkdirSync, symlinkSync, truncateSync, writeFileSync} from "node:fs";
import {dirname, join, relative} from "node:path";
import {findSubmissions, readSubmissionFile} from "kernel-lib/course/grading";
import {describe, expect, it} from "vitest";
import {scratchFolder} from "../../support/scratch.js";

function write(folder: string, ...files: string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), {recursive: true});
    writeFileSync(join(folder, file), file);
  }
}

/** STUDENT SET: PATH of all that is found. */
function found(folder: string, ...names: string[]): string[] {
  return findSubmissions(folder, names.length === 0 ? ["ps03"] : names).map(
    ({student, problemSet, path}) => `${student} ${problemSet}: ${relative(folder, path)}`,
  );
}

describe("findSubmissions", () => {
  it("finds both layouts, by student and set, and takes nbgrader's where both are there", () => {
    const folder = scratchFolder();
    write(
      folder,
      "bob/ps03/ps03.ipynb",
      "bob/ps00.ipynb",
      "ada/ps03.ipynb",
      "zoe/ps03/other.ipynb",
    );
    write(folder, "cy/ps03/ps03.ipynb", "cy/ps03.ipynb", "notes.txt", "ps03.ipynb");
    expect(found(folder, "ps00", "ps03")).toEqual([
      "ada ps03: ada/ps03.ipynb",
      "bob ps00: bob/ps00.ipynb",
      "bob ps03: bob/ps03/ps03.ipynb",
      "cy ps03: cy/ps03/ps03.ipynb",
    ]);
  });

  it("takes every name that a folder may have, but Jupyter's own", () => {
    const folder = scratchFolder();
    const names = ["-rf", "$(id)", "..hidden", "a b", "o'brien", "张伟", "🦉", "new\nline"];
    write(folder, ...names.map((name) => `${name}/ps03.ipynb`), ".ipynb_checkpoints/ps03.ipynb");
    expect(findSubmissions(folder, ["ps03"]).map(({student}) => student)).toEqual(names.sort());
  });

  it("follows no link: not to a student, not to a folder of a set, not to a file", () => {
    const folder = scratchFolder();
    write(folder, "victim/ps03/ps03.ipynb");
    symlinkSync(join(folder, "victim"), join(folder, "link-to-student"));
    mkdirSync(join(folder, "link-to-set"));
    symlinkSync(join(folder, "victim", "ps03"), join(folder, "link-to-set", "ps03"));
    mkdirSync(join(folder, "link-to-file", "ps03"), {recursive: true});
    const link = join(folder, "link-to-file", "ps03", "ps03.ipynb");
    symlinkSync(join(folder, "victim", "ps03", "ps03.ipynb"), link);
    expect(found(folder)).toEqual([
      "link-to-file ps03: link-to-file/ps03/ps03.ipynb",
      "victim ps03: victim/ps03/ps03.ipynb",
    ]);
    expect(readSubmissionFile(link)).toHaveLength(0);
  });

  it("a folder in the file's place counts as an empty file, unless the file lies elsewhere", () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, "ada", "ps03", "ps03.ipynb"), {recursive: true});
    mkdirSync(join(folder, "bob", "ps03", "ps03.ipynb"), {recursive: true});
    write(folder, "bob/ps03.ipynb", "cy/ps03");
    expect(found(folder)).toEqual(["ada ps03: ada/ps03/ps03.ipynb", "bob ps03: bob/ps03.ipynb"]);
    expect(readSubmissionFile(join(folder, "ada", "ps03", "ps03.ipynb"))).toHaveLength(0);
  });

  it("a pipe is not waited for, and a huge file is not read", () => {
    const folder = scratchFolder();
    write(folder, "ada/ps03.ipynb");
    mkdirSync(join(folder, "bob"));
    execFileSync("mkfifo", [join(folder, "bob", "ps03.ipynb")]);
    truncateSync(join(folder, "ada", "ps03.ipynb"), 2 ** 33);
    const [ada, bob] = findSubmissions(folder, ["ps03"]);
    expect(readSubmissionFile(bob!.path)).toHaveLength(0);
    expect(readSubmissionFile(ada!.path)).toHaveLength(64 * 2 ** 20 + 1);
  });

  it("a folder that there is not is told as one", () => {
    const folder = join(scratchFolder(), "none");
    expect(() => findSubmissions(folder, ["ps03"])).toThrow(`there is no folder ${folder}`);
  });

  it("a place that cannot be looked at is not passed over: its student is named in an error", () => {
    const folder = scratchFolder();
    // A link to itself cannot be opened by root either; nor can a name that is too long.
    const name = `${"x".repeat(254)}`;
    mkdirSync(join(folder, "ada"));
    const [submission] = findSubmissions(folder, [name]);
    expect(submission?.student).toBe("ada");
    expect(() => readSubmissionFile(submission!.path)).toThrow("ENAMETOOLONG");
  });
});
