import {courseRules, EMPTY_LOG, finalMark, gradeFiles, parseRoster} from "kernel-lib/course/record";
import type {GradeFiles, GradeFilesOptions} from "kernel-lib/course/record";
import {describe, expect, it} from "vitest";
import {csvRows} from "../../../kernel-lib/dist/course/record/csv.js";
import {CLASS, COURSE, LOG, resultOf, ROSTER} from "./small-class.js";

const RULES = courseRules(COURSE);

function filesOf(options: Partial<GradeFilesOptions> = {}, log = LOG): GradeFiles {
  const submissions = CLASS.map((result) => ({result, final: finalMark(result, log, RULES)}));
  return gradeFiles({
    ...{submissions, roster: parseRoster(ROSTER), rules: RULES, partial: false},
    ...options,
  });
}

describe("gradeFiles", () => {
  it("gradeFiles of the class are the golden ones", async () => {
    const {grades, canvas, moodle, warnings} = filesOf();
    await expect(grades).toMatchFileSnapshot("./grades.golden.csv");
    await expect(canvas).toMatchFileSnapshot("./grades-canvas.golden.csv");
    await expect(moodle).toMatchFileSnapshot("./grades-moodle.golden.csv");
    expect(warnings).toEqual([
      "stranger handed in, but is not in the roster.",
      "-eve: a text like a formula got an apostrophe before it.",
    ]);
  });

  it("gradeFiles gives Canvas a header that it accepts, and the points possible below it", () => {
    const [header, possible] = filesOf().canvas.split("\n");
    // As its importer asks: student columns first, Section the last of them.
    expect(header).toBe("Student,ID,SIS User ID,SIS Login ID,Section,ps03 (4711)");
    expect(possible).toBe('"    Points Possible",,,,,9');
  });

  it("gradeFiles gives Canvas an ID only where it is a number: it reads the first digits alone", () => {
    const roster = parseRoster("student,lms_id\nada,12ab\n");
    expect(filesOf({roster}).canvas.split("\n")[2]).toBe("ada,,12ab,ada,,8.5");
  });

  it("gradeFiles leaves the cell of who handed nothing in empty, or zero if the rules say so", () => {
    const cell = (files: GradeFiles): string =>
      csvRows(files.canvas).find((row) => row["ID"] === "105")!["ps03 (4711)"]!;
    expect(cell(filesOf())).toBe("");
    expect(cell(filesOf({rules: {...RULES, missing: "zero"}}))).toBe("0");
  });

  it("gradeFiles keeps a mark that waits for a person from the LMS, unless told otherwise", () => {
    const waiting = csvRows(filesOf({}, EMPTY_LOG).moodle)[0]!;
    expect([waiting["ps03"], waiting["ps03 feedback"]]).toEqual(["", ""]);
    const partial = csvRows(filesOf({partial: true}, EMPTY_LOG).moodle)[0]!;
    expect(partial["ps03"]).toBe("4");
  });

  it("gradeFiles never gives Moodle a feedback without a grade, which would delete the grade", () => {
    for (const row of csvRows(filesOf().moodle))
      if (row["ps03"] === "") expect(row["ps03 feedback"]).toBe("");
  });

  it("gradeFiles gives Moodle no column that one line lacks: it would mark the student above", () => {
    const header = (roster: string): string =>
      filesOf({roster: parseRoster(roster)}).moodle.split("\n")[0]!;
    expect(header(ROSTER)).toMatch(/^Username,ID number,Email address,Full name,/);
    expect(header("student,lms_id,email\nada,1,\nbob,,b@example.org\n")).toBe(
      "Username,ps03,ps03 feedback",
    );
    const {warnings} = filesOf({roster: parseRoster("student,email\nada,\n")});
    expect(warnings).toContain(
      "Moodle's file has no Email address: not every student of the roster has one.",
    );
  });

  it("gradeFiles keeps a submission without a row in the roster out of the LMS's files", () => {
    const {grades, canvas, moodle} = filesOf();
    expect(grades).toMatch(/^stranger,,,,no,ps03,/m);
    expect(canvas + moodle).not.toContain("stranger");
  });

  it("gradeFiles has no cell that a spreadsheet would run", () => {
    for (const text of Object.values(filesOf()).filter((file) => typeof file === "string"))
      for (const row of csvRows(text))
        for (const value of Object.values(row)) expect(value).not.toMatch(/^[=+\-@]/);
  });

  it("gradeFiles lets a student's own folder count, and names one under the hub's id", () => {
    const results = [resultOf("taro", {questions: []}), ...CLASS];
    const submissions = results.map((result) => ({result, final: finalMark(result, LOG, RULES)}));
    const {canvas, grades, warnings} = filesOf({submissions});
    expect(canvas).toBe(filesOf().canvas);
    expect(grades).toMatch(/^taro,,,,no,ps03,/m);
    expect(warnings).toContain(
      "taro handed in too, under another name of one student: choose which counts.",
    );
  });

  it("gradeFiles does without a roster, and says so", () => {
    const {canvas, warnings} = filesOf({roster: []});
    expect(canvas.split("\n")).toHaveLength(CLASS.length + 3);
    expect(warnings).toEqual(["There is no roster: the LMS's files carry folder names only."]);
  });

  it("gradeFiles has one column a set in the LMS's files, and one line a student and set in its own", () => {
    const results = [resultOf("ada"), resultOf("ada", {problemSet: "ps00"})];
    const submissions = results.map((result) => ({result, final: finalMark(result, LOG, RULES)}));
    const {grades, canvas, warnings} = filesOf({submissions, partial: true});
    expect(canvas.split("\n")[0]).toBe(
      "Student,ID,SIS User ID,SIS Login ID,Section,ps00,ps03 (4711)",
    );
    expect(grades.match(/^ada,.*$/gm)).toHaveLength(2);
    expect(warnings).toContain("ps00 has no canvasId in course.json: Canvas will ask which it is.");
  });
});
