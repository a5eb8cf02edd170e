import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {
  changeLog,
  exportRun,
  keepFiles,
  readRun,
  submissionPath,
  withEntry,
} from "kernel-lib/course/record";
import {describe, expect, it} from "vitest";
import {scratchFolder} from "../../support/scratch.js";
import {CLASS, LOG, resultOf, TARO, writeClass} from "./small-class.js";

function classFolder(): string {
  const out = scratchFolder();
  writeClass(out);
  return out;
}

function textsBelow(out: string): Record<string, string> {
  const paths = readdirSync(out, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(path, "utf8")]));
}

describe("readRun", () => {
  it("readRun gives results by set and student, the log, the rules and the roster", () => {
    const run = readRun(classFolder());
    expect(run.results.map(({student}) => student)).toEqual(
      CLASS.map(({student}) => student).sort(),
    );
    expect(run.log).toEqual(LOG);
    expect(run.rules.timeZone).toBe("Europe/Vienna");
    expect(run.roster).toHaveLength(5);
  });

  it("readRun needs results, and no other file", () => {
    const out = scratchFolder();
    expect(() => readRun(out)).toThrow("there is no folder results");
    mkdirSync(join(out, "results"));
    expect(() => readRun(out)).toThrow("no submission was graded there");
    mkdirSync(join(out, "results", "ada"));
    writeFileSync(join(out, "results", "ada", "ps03.json"), JSON.stringify(resultOf("ada")));
    expect(readRun(out)).toMatchObject({log: {entries: []}, roster: []});
    expect(() => readRun(out, {roster: join(out, "none.csv")})).toThrow("none.csv");
  });

  it.each([
    ["{", "Cannot read"],
    ["null", "need a result of format 1"],
    [JSON.stringify({...resultOf("ada"), format: 2}), "need a result of format 1"],
    [JSON.stringify(resultOf("bob")), "it is the result of bob"],
    [JSON.stringify(resultOf("../bob")), 'contains "/"'],
    [JSON.stringify(resultOf("ada", {problemSet: "../ps03"})), "as a problem set"],
  ])("readRun refuses the record %s in the folder of ada", (text, message) => {
    const out = scratchFolder();
    mkdirSync(join(out, "results", "ada"), {recursive: true});
    writeFileSync(join(out, "results", "ada", "ps03.json"), text);
    expect(() => readRun(out)).toThrow(message);
  });
});

describe("keepFiles", () => {
  it("keepFiles lets a run keep rules and roster, so that nobody must name them again", () => {
    const out = classFolder();
    const other = scratchFolder();
    writeFileSync(join(other, "rules.json"), '{"passPercent": 40}');
    writeFileSync(join(other, "names.csv"), "student\nada\n");
    keepFiles(out, {course: join(other, "rules.json"), roster: join(other, "names.csv")});
    expect(readRun(out)).toMatchObject({rules: {passPercent: 40}, roster: [{student: "ada"}]});
    keepFiles(out, {});
    expect(readRun(out).rules.passPercent).toBe(40);
  });

  it("keepFiles keeps nothing that cannot be read", () => {
    const out = classFolder();
    const path = join(scratchFolder(), "rules.json");
    writeFileSync(path, '{"pass": 40}');
    expect(() => keepFiles(out, {course: path})).toThrow('no "pass"');
    expect(() => keepFiles(out, {roster: path})).toThrow("Cannot read the roster");
    expect(readRun(out).rules.passPercent).toBe(50);
  });
});

describe("changeLog", () => {
  const signature = {by: "B.", when: "2020-12-04T10:00:00Z"};
  const note = {kind: "note", comment: "seen"} as const;

  it("changeLog adds to marks.json and leaves no lock", () => {
    const out = classFolder();
    changeLog(out, (log) => withEntry(log, {student: "ada", problemSet: "ps03"}, note, signature));
    const {entries} = readRun(out).log;
    expect(entries.slice(0, -1)).toEqual(LOG.entries);
    expect(entries.at(-1)).toMatchObject({number: LOG.entries.length + 1, by: "B."});
    expect(readdirSync(out).filter((name) => /lock|draft/.test(name))).toEqual([]);
  });

  it("changeLog changes nothing where the change fails, and lets one in at a time", () => {
    const out = classFolder();
    const before = readFileSync(join(out, "marks.json"), "utf8");
    expect(() =>
      changeLog(out, () => {
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(() => changeLog(out, (log) => changeLog(out, () => log))).toThrow("somebody else does");
    expect(readFileSync(join(out, "marks.json"), "utf8")).toBe(before);
    expect(existsSync(join(out, "marks.json.lock"))).toBe(false);
  });
});

describe("exportRun", () => {
  it("exportRun writes tables, and two files a submission, and the same bytes again", () => {
    const out = classFolder();
    const before = Object.keys(textsBelow(out)).length;
    const {submissions} = exportRun(out, readRun(out));
    expect(submissions).toBe(CLASS.length);
    const texts = textsBelow(out);
    expect(Object.keys(texts)).toHaveLength(before + 3 + 2 * CLASS.length);
    expect(texts[join(out, "feedback", TARO, "ps03.html")]).toContain(TARO);
    exportRun(out, readRun(out));
    expect(textsBelow(out)).toEqual(texts);
  });

  it("submissionPath never leaves the run's folder", () => {
    for (const student of ["..", "a/b", "a\\b", ""])
      expect(() => submissionPath("out", "feedback", {student, problemSet: "ps03"})).toThrow(
        RangeError,
      );
  });
});
