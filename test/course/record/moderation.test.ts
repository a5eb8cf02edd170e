import {DEFAULT_RULES, finalMark, moderationSample} from "kernel-lib/course/record";
import type {FinalMark} from "kernel-lib/course/record";
import {describe, expect, it} from "vitest";
import {EMPTY_LOG} from "kernel-lib/course/record";
import {countQuestion, resultOf} from "./small-class.js";

/** A student with a mark in percent. */
function marked(student: string, percent: number): FinalMark {
  const question = {...countQuestion(2), score: percent, maxScore: 100};
  return finalMark(resultOf(student, {questions: [question]}), EMPTY_LOG, DEFAULT_RULES);
}

const MARKS = Array.from({length: 101}, (_, percent) =>
  marked(`student-${String(percent).padStart(3, "0")}`, percent),
);

describe("moderationSample", () => {
  const sample = moderationSample(MARKS, DEFAULT_RULES, {seed: 5, restPercent: 10});

  it("moderationSample has every fail and every borderline one, both ends included", () => {
    expect(sample.filter(({why}) => why === "fail").map(({percent}) => percent)).toEqual(
      Array.from({length: 50}, (_, percent) => percent),
    );
    const borderline = sample.filter(({why}) => why === "borderline");
    expect(borderline.map(({percent}) => percent)).toEqual([50, 51, 52, 53]);
  });

  it("moderationSample draws a tenth of each quarter of the rest, rounded up", () => {
    // 54 to 100 are 47 marks: quarters of 12, 12, 11 and 12.
    const bounds = [54, 66, 78, 89, 101];
    for (let quarter = 1; quarter <= 4; quarter++) {
      const drawn = sample.filter(({why}) => why === `rest, quarter ${quarter} of 4`);
      expect(drawn).toHaveLength(2);
      for (const {percent} of drawn) {
        expect(percent).toBeGreaterThanOrEqual(bounds[quarter - 1]!);
        expect(percent).toBeLessThan(bounds[quarter]!);
      }
    }
  });

  it("moderationSample depends on seed and marks alone, not on their order", () => {
    const reversed = [...MARKS].reverse();
    expect(moderationSample(reversed, DEFAULT_RULES, {seed: 5, restPercent: 10})).toEqual(sample);
    const other = moderationSample(MARKS, DEFAULT_RULES, {seed: 6, restPercent: 10});
    expect(other).not.toEqual(sample);
    expect(other).toHaveLength(sample.length);
  });

  it("moderationSample keeps ties in order of id, and takes the boundaries of the rules", () => {
    const ties = ["c", "a", "b"].map((student) => marked(student, 70));
    const rules = {...DEFAULT_RULES, boundaries: [70], borderPercent: 0};
    const rows = moderationSample(ties, rules, {seed: 1, restPercent: 0});
    expect(rows.map(({student, why}) => [student, why])).toEqual([
      ["a", "borderline"],
      ["b", "borderline"],
      ["c", "borderline"],
    ]);
    const some = moderationSample(ties, DEFAULT_RULES, {seed: 1, restPercent: 100});
    expect(some.map(({student}) => student)).toEqual(["a", "b", "c"]);
  });

  it("moderationSample of nobody is empty, and of two sets is refused", () => {
    expect(moderationSample([], DEFAULT_RULES, {seed: 1, restPercent: 10})).toEqual([]);
    const other = {...MARKS[0]!, problemSet: "ps04"};
    const options = {seed: 1, restPercent: 10};
    expect(() => moderationSample([MARKS[0]!, other], DEFAULT_RULES, options)).toThrow(
      "ps03, ps04",
    );
    for (const wrong of [
      {seed: -1, restPercent: 10},
      {seed: 1, restPercent: 101},
    ])
      expect(() => moderationSample(MARKS, DEFAULT_RULES, wrong)).toThrow(RangeError);
  });
});
