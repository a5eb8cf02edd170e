import {courseRules, finalMark, gradescopeResults} from "kernel-lib/course/record";
import type {GradescopeResults, SubmissionResult} from "kernel-lib/course/record";
import {describe, expect, it} from "vitest";
import {CLASS, COURSE, LOG, TARO, ZOE} from "./small-class.js";

const RULES = courseRules(COURSE);

function resultsOf(result: SubmissionResult): GradescopeResults {
  return gradescopeResults(result, finalMark(result, LOG, RULES));
}

const ofStudent = (student: string): GradescopeResults =>
  resultsOf(CLASS.find((result) => result.student === student)!);

/** "Autograder Specifications", Output format. */
const DOCUMENTED = [
  ...["score", "execution_time", "output", "output_format", "test_output_format"],
  ...["test_name_format", "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard"],
];
const DOCUMENTED_TEST = [
  ...["score", "max_score", "status", "name", "name_format", "number", "output", "output_format"],
  ...["tags", "visibility", "extra_data"],
];

describe("gradescopeResults", () => {
  it("gradescopeResults of a late student is the golden one", async () => {
    const text = `${JSON.stringify(ofStudent(ZOE), null, 1)}\n`;
    await expect(text).toMatchFileSnapshot("./gradescope.golden.txt");
  });

  it("gradescopeResults has documented fields only", () => {
    for (const results of CLASS.map(resultsOf)) {
      expect(DOCUMENTED).toEqual(expect.arrayContaining(Object.keys(results)));
      for (const test of results.tests)
        expect(DOCUMENTED_TEST).toEqual(expect.arrayContaining(Object.keys(test)));
    }
  });

  it("gradescopeResults scores the mark of record; its tests add up to what was reached", () => {
    for (const result of CLASS) {
      const {score, tests} = resultsOf(result);
      const mark = finalMark(result, LOG, RULES);
      expect(score, result.student).toBe(mark.mark);
      expect(tests.reduce((sum, test) => sum + test.score, 0)).toBeCloseTo(mark.reached, 9);
      expect(tests.reduce((sum, test) => sum + test.max_score, 0)).toBeCloseTo(mark.maxMark, 9);
    }
  });

  it("gradescopeResults gives reason and hint of what fails, and the problem where nothing ran", () => {
    expect(ofStudent(ZOE).tests[2]).toMatchObject({
      ...{status: "failed", score: 0, max_score: 1.9},
      output:
        "shards 1 and 4 of trial 3 came back as zeros\n" +
        "Hint: Two rows of the parity matrix are enough: which ones are left?",
    });
    expect(ofStudent(TARO).tests[1]).toMatchObject({
      ...{status: "failed", output: "The cell solution3 is gone: nothing was handed in."},
    });
  });

  it("gradescopeResults shows nothing as HTML, and nobody another student's id", () => {
    const results = ofStudent("-eve");
    const formats = [results.output_format, ...results.tests.map((test) => test.output_format)];
    expect(new Set(formats)).toEqual(new Set(["text"]));
    expect(JSON.stringify(results)).not.toContain("The notebook says ada.");
  });
});
