import {describe, expect, it} from "vitest";
import {csvRows, csvText, isFormula} from "../../../kernel-lib/dist/course/record/csv.js";

describe("csvText", () => {
  it("csvText quotes what would be read as several cells or lines", () => {
    const row = ['a "b"', "a,b", "a;b", "a\nb", " a", "", undefined, "山"];
    expect(csvText(["x"], [row])).toBe('x\n"a ""b""","a,b","a;b","a\nb"," a",,,山\n');
  });

  it.each([
    ...["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n", " =1", "＝1", "＋1", "－1", "＠A"],
    ...['=HYPERLINK("http://x","y")', "\u200b=1", "\ufeff=1"],
  ])("csvText puts an apostrophe before %j, which a spreadsheet could run", (text) => {
    expect(isFormula(text)).toBe(true);
    expect(csvText([], [[text]])).toMatch(/^\n"?'/);
  });

  it("csvText leaves numbers and other texts as they are", () => {
    expect(csvText([], [[-1.5, 0, "a=1", "O'Neil", "2020-11-30"]])).toBe(
      "\n-1.5,0,a=1,O'Neil,2020-11-30\n",
    );
  });

  it("csvRows reads what csvText writes", () => {
    const rows = [
      ["a", 'b "c", d'],
      ["山", "x\ny"],
    ];
    expect(csvRows(csvText(["one", "two"], rows))).toEqual([
      {one: "a", two: 'b "c", d'},
      {one: "山", two: "x\ny"},
    ]);
  });

  it("csvRows reads Excel's mark and line ends, and keeps leading zeros", () => {
    expect(csvRows("\ufeffstudent,lms_id\r\nada,007\r\n")).toEqual([
      {student: "ada", lms_id: "007"},
    ]);
    expect(() => csvRows("\n")).toThrow("it is empty");
  });
});
