import {spawnSync} from "node:child_process";
import {mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {parseMarkLog} from "kernel-lib/course/record";
import {AnswerSheet} from "kernel-lib/course/simulate";
import {releaseNotebook} from "kernel-lib/course/source";
import {formatNotebook} from "kernel-lib/kernel";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {RegradeLog} from "../../kernel-lib/dist/cli/regrade-log.js";
import {resultOf} from "../course/record/small-class.js";
import {setOf} from "../support/hand-in.js";
import {scratchFolder} from "../support/scratch.js";

interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

function run(command: string, ...args: string[]): Ended {
  const path = join(ROOT, "kernel-lib", "dist", "cli", `${command}.js`);
  return spawnSync(process.execPath, [path, ...args], {encoding: "utf8", cwd: ROOT});
}

/** A file that exists, and is no folder. */
const FILE = join(ROOT, "package.json");

describe("the commands of the course", () => {
  it.each<[string, string[], string]>([
    ["course-check", [], "Say which notebook: npm run course:check"],
    ["course-check", ["no/such.ipynb"], "There is no file no/such.ipynb."],
    ["course-check", [FILE], "it is no notebook (Cannot read notebook: need nbformat 4.5"],
    ["course-check", [ROOT], "it is no notebook (EISDIR"],
    ["course-grade", [], "Say which folder, one: npm run course:grade"],
    ["course-grade", ["a", "b"], "Say which folder, one: npm run course:grade"],
    ["course-grade", ["no-such-folder"], "there is no folder"],
    ["course-grade", ["x", "--jobs", "0"], "Cannot grade with --jobs 0: need a whole number >= 1"],
    ["course-grade", ["x", "--job", "1"], "Unknown option '--job'"],
    ["course-grade", ["x", "--set", "ps77"], "Cannot find problem set ps77: choose from ps00"],
    ["course-grade", ["docs", "--course", 'a"b'], 'Cannot release for course "a\\"b"'],
    ["course-grade", ["kernel-lib"], "need STUDENT/psNN/psNN.ipynb for ps00"],
    ["course-release", ["ps77"], "Cannot find problem set ps77: choose from ps00"],
    ["course-release", ["--course"], "argument missing"],
    ["course-rehearse", ["ps77"], "Cannot find problem set ps77"],
    ["course-simulate", ["x", "--size", "many"], "Cannot make a class of many"],
    ["course-simulate", ["x", "--seed", "1.5"], "Cannot make a class with seed 1.5"],
    ["course-simulate", ["x", "--seed", "one"], "Cannot make a class with seed one"],
    ["course-simulate", ["x", "y"], "Cannot write a class to x and y: need one folder"],
    ["course-simulate", ["kernel-lib"], "need an empty folder"],
    ["course-simulate", ["--mutations", "ps77"], "Cannot find problem set ps77"],
    ["course-worker", [], "npm run course:worker -- redis://HOST[:PORT]"],
    ["course-worker", ["http://h"], "Cannot use the queue http://h"],
    ["course-worker", ["redis://h", "--jobs", "two"], "npm run course:worker -- redis://HOST"],
  ])("%s %j ends with one clear line", (command, args, message) => {
    const {status, stderr, stdout} = run(command, ...args);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(status).toBe(1);
  });

  it("course:simulate --mutations prints the committed table of wrong solutions", () => {
    const file = join(ROOT, "notebooks", "coursework", "planted", "README.md");
    const {status, stdout} = run("course-simulate", "--mutations");
    expect(stdout).toBe(readFileSync(file, "utf8"));
    expect(status).toBe(0);
    const one = run("course-simulate", "--mutations", "ps03").stdout;
    expect(one).toContain("## ps03");
    expect(one).not.toContain("## ps00");
  });

  it("course:grade --help tells its options", () => {
    const {status, stdout} = run("course-grade", "--help");
    expect(status).toBe(0);
    expect(stdout).toContain("--regrade");
  });

  it("course:check says what a stub and a solved notebook look like", () => {
    const folder = scratchFolder();
    const set = setOf("ps00");
    const release = releaseNotebook(set, "cloud-2026");
    const write = (name: string, notebook: typeof release): string => {
      mkdirSync(join(folder, name));
      const path = join(folder, name, "ps00.ipynb");
      writeFileSync(path, formatNotebook(notebook));
      return path;
    };
    const stub = run("course-check", write("stub", release));
    expect(stub.status).toBe(1);
    expect(stub.stdout).toMatch(/○ q1 \(.*\): not answered yet/);
    expect(stub.stdout).toContain("0 of 5 questions pass what can be checked here");
    const solved = run(
      "course-check",
      write("solved", new AnswerSheet(set, release).solve().notebook("ada")),
    );
    expect(solved.stderr).toBe("");
    expect(solved.stdout).toContain("5 of 5 questions pass what can be checked here");
    expect(solved.stdout).toContain("Marks come from hidden tests, on other inputs.");
    expect(solved.status).toBe(0);
  });
});

describe("RegradeLog", () => {
  const before = resultOf("ada", {digest: "a", score: 2});
  const after = resultOf("ada", {digest: "b", score: 3.5});
  const entries = (out: string): ReturnType<typeof parseMarkLog>["entries"] =>
    parseMarkLog(readFileSync(join(out, "marks.json"), "utf8")).entries;

  it("enters what changed, with before and after, and says why", () => {
    const out = scratchFolder();
    const log = new RegradeLog(out, true);
    log.add(before, before);
    log.add(before, after);
    log.add(resultOf("bob", {digest: "a", score: 2}), resultOf("bob", {digest: "a", score: 1}));
    expect(log.close()).toEqual([]);
    expect(entries(out)).toMatchObject([
      {
        ...{number: 1, kind: "regrade", by: "course:grade", student: "ada", problemSet: "ps03"},
        ...{before: {digest: "a", score: 2}, after: {digest: "b", score: 3.5}},
        comment:
          "Graded anew, 2 to 3.5 points by tests: the submission or the problem set changed, " +
          "on request (--regrade)",
      },
      {
        student: "bob",
        comment: "Graded anew, 2 to 1 points by tests: the machine gave another result",
      },
    ]);
  });

  it("waits while somebody else writes, and loses nothing", () => {
    const out = scratchFolder();
    const log = new RegradeLog(out, false);
    writeFileSync(join(out, "marks.json.lock"), "");
    log.add(before, after);
    expect(log.close()[0]).toMatch(/^1 changed marks are not in marks\.json\. Cannot write marks/);
    spawnSync("rm", [join(out, "marks.json.lock")]);
    log.add(after, before);
    expect(log.close()).toEqual([]);
    expect(entries(out).map(({kind}) => kind)).toEqual(["regrade", "regrade"]);
  });

  it("an unchanged class leaves no marks.json", () => {
    const out = scratchFolder();
    const log = new RegradeLog(out, true);
    log.add(before, before);
    expect(log.close()).toEqual([]);
    expect(() => readFileSync(join(out, "marks.json"))).toThrow("ENOENT");
  });
});
