import {describe, expect, it} from "vitest";
import {
  problemSetName,
  studentFolder,
} from "../../../kernel-lib/dist/course/record/student-folder.js";

describe("studentFolder", () => {
  it.each([
    "ada",
    "zoë.müller",
    "山田 太郎",
    "محمد",
    "O'Neil",
    "-eve",
    "a.b",
    "👩‍🔬",
    "..a",
    "x".repeat(200),
  ])("studentFolder takes %j as it is", (student) => expect(studentFolder(student)).toBe(student));

  it.each([
    ["", "it is empty"],
    [".", "names another folder"],
    ["..", "names another folder"],
    ["../ada", 'contains "/"'],
    ["a/b", 'contains "/"'],
    ["a\\b", 'contains "\\\\"'],
    ["C:", 'contains ":"'],
    ["a\0b", 'contains "\\u0000"'],
    ["a\nb", 'contains "\\n"'],
    ["a\u202eb", "contains"],
    ["a\ud800b", "contains"],
    [" ada", "begins or ends with a space"],
    ["ada ", "begins or ends with a space"],
    ["ada.", "ends with a dot"],
    ["山".repeat(67), "longer than 200 bytes"],
  ])("studentFolder refuses %j: %s", (student, why) => {
    expect(() => studentFolder(student)).toThrow(RangeError);
    expect(() => studentFolder(student)).toThrow(why);
  });

  it("problemSetName takes ps03 and no path", () => {
    expect(problemSetName("ps03")).toBe("ps03");
    for (const name of ["", "..", "ps/03", "ps 03", "-ps", "ps03.json"])
      expect(() => problemSetName(name), name).toThrow(RangeError);
  });
});
