import {spawnSync} from "node:child_process";
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {markLogText, parseMarkLog} from "kernel-lib/course/record";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {markCommands} from "../../kernel-lib/dist/cli/course-marks-commands.js";
import {LOG, writeClass} from "../course/record/small-class.js";
import {scratchFolder} from "../support/scratch.js";

const WHEN = "2020-12-05T10:00:00.000Z";

function classFolder(): string {
  const out = scratchFolder();
  writeClass(out);
  return out;
}

function course(out: string, command: string, args: string[] = [], options: object = {}): string {
  return markCommands[command]!(args, {out, when: WHEN, ...options});
}

function cli(...args: string[]): {status: number | null; stdout: string; stderr: string} {
  const path = join(ROOT, "kernel-lib", "dist", "cli", "course-marks.js");
  return spawnSync(process.execPath, [path, ...args], {encoding: "utf8", cwd: ROOT});
}

describe("course:marks", () => {
  it("course:marks show, late, log and sample are the golden tables", async () => {
    const out = classFolder();
    const text = [
      course(out, "show"),
      course(out, "show", ["zoë.müller"]),
      course(out, "late"),
      course(out, "log"),
      course(out, "sample", [], {seed: "3"}),
    ].join("\n\n");
    await expect(`${text}\n`).toMatchFileSnapshot("./course-marks.golden.txt");
  });

  it("course:marks set, override, extend and note add one entry each, with name and time", () => {
    const out = classFolder();
    const signature = {by: "C. Chair", comment: "because"};
    expect(course(out, "set", ["stranger", "q8", "1,5"], signature)).toMatch(/mark 1\.5 of 9$/);
    expect(course(out, "override", ["ada", "9"], signature)).toMatch(/mark 9 of 9$/);
    expect(course(out, "override", ["ada", "-"], signature)).toMatch(/mark 8\.5 of 9$/);
    expect(course(out, "extend", ["zoë.müller", "2020-12-02T23:59:00"], signature)).toMatch(
      /mark 5\.43 of 9$/,
    );
    course(out, "note", ["山田 太郎"], signature);
    const {entries} = parseMarkLog(readFileSync(join(out, "marks.json"), "utf8"));
    expect(entries.slice(0, LOG.entries.length)).toEqual(LOG.entries);
    const added = entries.slice(LOG.entries.length);
    expect(added.map(({kind}) => kind)).toEqual([
      ...["points", "override", "override", "extension", "note"],
    ]);
    expect(added.every(({by, when}) => by === "C. Chair" && when === WHEN)).toBe(true);
  });

  it("course:marks late reads the times of handing in once, and again only where they changed", () => {
    const out = classFolder();
    const folder = join(scratchFolder(), "submitted");
    mkdirSync(join(folder, "-eve", "ps03"), {recursive: true});
    const stamp = join(folder, "-eve", "ps03", "timestamp.txt");
    writeFileSync(stamp, "2020-12-01 23:00:00.000001 UTC");
    const count = (): number => {
      course(out, "late", [folder]);
      return parseMarkLog(readFileSync(join(out, "marks.json"), "utf8")).entries.length;
    };
    expect(count()).toBe(LOG.entries.length + 1);
    expect(count()).toBe(LOG.entries.length + 1);
    writeFileSync(stamp, "2020-12-01 22:00:00 UTC");
    expect(count()).toBe(LOG.entries.length + 2);
    expect(course(out, "late")).toMatch(/^-eve {8}1 {5}0\.65 {3}1 started day late/m);
  });

  it("course:marks export writes every file and prints what a person should know", () => {
    const out = classFolder();
    expect(course(out, "export").split("\n").slice(1)).toEqual([
      "  ! stranger handed in, but is not in the roster.",
      "  ! -eve: a text like a formula got an apostrophe before it.",
    ]);
    expect(readdirSync(out).sort()).toEqual([
      ...["course.json", "feedback", "grades-canvas.csv", "grades-moodle.csv", "grades.csv"],
      ...["gradescope", "marks.json", "results", "roster.csv"],
    ]);
  });

  it("course:marks sets a mark from the command line, also for an id that begins with a dash", () => {
    const out = classFolder();
    const signed = ["--by", "C. Chair", "--comment", "c", "--out", out];
    const {status, stdout, stderr} = cli(...signed, "--", "set", "-eve", "q8", "5");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/mark 9 of 9\n$/);
  });

  it.each([
    [[], "Say what to do: show | set"],
    [["delete"], "Say what to do: show | set"],
    [["toString"], "Say what to do: show | set"],
    [["set", "ada", "q8", "3", "--comment", "c"], "need the name of who decides"],
    [["show", "--nothing"], "Unknown option '--nothing'"],
  ])("course:marks %j ends with one clear line", (args, message) => {
    const out = classFolder();
    const {status, stdout, stderr} = cli(...args, "--out", out);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(readFileSync(join(out, "marks.json"), "utf8")).toBe(markLogText(LOG));
  });

  const SIGNED = {by: "B.", comment: "c"};
  it.each([
    ["show", [], {set: "ps99"}, "Say which problem set: --set ps03"],
    ["show", ["ada", "bob"], {}, "need show [STUDENT], got 2 arguments"],
    ["set", ["ada"], SIGNED, "need set STUDENT QUESTION POINTS, got 1"],
    ["set", ["ada", "q8", "3"], {by: "B."}, "need a comment"],
    ["set", ["ada", "q8", "five"], SIGNED, 'Cannot read "five": need a number'],
    ["set", ["ada", "q8", "1e3"], SIGNED, 'Cannot read "1e3": need a number'],
    ["set", ["ada", "q8", "-1"], SIGNED, 'Cannot read "-1": need a number'],
    ["set", ["ada", "q8", "5.5"], SIGNED, "need points from 0 to 5, got 5.5"],
    ["set", ["ada", "q2", "1"], SIGNED, "Cannot mark q2: ps03 has q1, q3, q8"],
    ["set", ["../ada", "q8", "1"], SIGNED, 'Cannot find "../ada"'],
    ["override", ["ada", "10"], SIGNED, "need a mark from 0 to 9, got 10"],
    ["extend", ["ada", "soon"], SIGNED, 'Cannot read the time "soon"'],
    ["late", ["/no/such/folder"], {}, "there is no such folder"],
    ["sample", [], {}, "Say which seed"],
    ["sample", [], {seed: "x"}, 'Cannot read "x": need a number'],
    ["export", [], {visibility: "all"}, "--visibility is visible | hidden"],
  ])(
    "course:marks refuses %s %j with %j, and writes nothing",
    (command, args, options, message) => {
      const out = classFolder();
      expect(() => course(out, command, args, options)).toThrow(message);
      expect(readFileSync(join(out, "marks.json"), "utf8")).toBe(markLogText(LOG));
    },
  );

  it("course:marks says where it looked for a grading run", () => {
    const out = scratchFolder();
    expect(cli("show", "--out", out)).toMatchObject({
      ...{
        status: 1,
        stderr: `Cannot read ${out}: there is no folder results, which grading writes\n`,
      },
    });
  });
});
