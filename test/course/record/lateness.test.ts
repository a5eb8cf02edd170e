import {courseRules, EMPTY_LOG, withEntry} from "kernel-lib/course/record";
import type {CourseRules, Decision, Lateness, MarkLog} from "kernel-lib/course/record";
import {describe, expect, it} from "vitest";
import {lateness, penaltyOf} from "../../../kernel-lib/dist/course/record/lateness.js";
import {COURSE} from "./small-class.js";

const RULES = courseRules(COURSE);
const TARGET = {student: "ada", problemSet: "ps03"};

function logOf(...decisions: Decision[]): MarkLog {
  return decisions.reduce(
    (log, decision) => withEntry(log, TARGET, decision, {by: "B.", when: "2020-12-03T10:00:00Z"}),
    EMPTY_LOG,
  );
}

/** @param at on the clock of Vienna */
function latenessAt(at: string, rules: CourseRules = RULES, ...more: Decision[]): Lateness {
  const handedIn: Decision = {kind: "handed-in", at: `${at} Europe/Vienna`, comment: ""};
  return lateness("ps03", logOf(handedIn, ...more).entries, rules);
}

describe("lateness", () => {
  it.each([
    ["2020-11-30 23:59:00", 0, 0],
    ["2020-12-01 00:14:00", 0, 0],
    ["2020-12-01 00:14:01", 1, 10],
    ["2020-12-01 23:59:00", 1, 10],
    ["2020-12-01 23:59:01", 2, 20],
    ["2020-12-03 23:59:00", 3, 30],
    ["2020-12-03 23:59:01", 4, 100],
    ["2021-12-03 23:59:01", 369, 100],
  ])("lateness: handed in %s is %d started days and costs %d %%", (at, days, percent) => {
    expect(latenessAt(at)).toMatchObject({startedDays: days, percent});
  });

  it("lateness says why, in a sentence for the student", () => {
    expect(latenessAt("2020-11-30 23:59:00").because).toMatch(/^On time: handed in /);
    expect(latenessAt("2020-12-01 00:14:00").because).toBe(
      "Within 15 minutes of grace: handed in 2020-12-01 00:14:00, due 2020-11-30 23:59:00, Europe/Vienna.",
    );
    expect(latenessAt("2020-12-02 00:00:00").because).toBe(
      "2 started days late (handed in 2020-12-02 00:00:00, due 2020-11-30 23:59:00, Europe/Vienna); " +
        "each takes 10 % of the points reached.",
    );
    expect(latenessAt("2020-12-09 00:00:00").because).toMatch("after 3 days nothing counts");
  });

  it("lateness takes nothing where no due time is set, or nobody knows when it came", () => {
    expect(lateness("ps04", logOf().entries, RULES)).toMatchObject({percent: 0, due: undefined});
    const unknown = lateness("ps03", [], RULES);
    expect(unknown).toMatchObject({percent: 0, handedIn: undefined});
    expect(unknown.because).toMatch("not known");
  });

  it("lateness counts from an extension, and from the last one", () => {
    const extend = (due: string): Decision => ({kind: "extension", due, comment: "ill"});
    const at = "2020-12-02 12:00:00";
    expect(latenessAt(at).startedDays).toBe(2);
    expect(latenessAt(at, RULES, extend("2020-12-02T12:00:00")).startedDays).toBe(0);
    const twice = [extend("2020-12-09T12:00:00"), extend("2020-12-01T23:59:00")];
    expect(latenessAt(at, RULES, ...twice).startedDays).toBe(1);
  });

  it("lateness never takes more than everything", () => {
    const rules = courseRules(COURSE.replace('"percentPerDay": 10', '"percentPerDay": 60'));
    expect(latenessAt("2020-12-03 12:00:00", rules).percent).toBe(100);
  });
});

describe("penaltyOf", () => {
  it("penaltyOf rounds to hundredths, and a half of one stays with the student", () => {
    expect(penaltyOf(5.43, 10)).toBe(0.54);
    expect(penaltyOf(0.05, 10)).toBe(0);
    expect(penaltyOf(0.15, 10)).toBe(0.01);
    expect(penaltyOf(0.16, 10)).toBe(0.02);
    expect(penaltyOf(7, 100)).toBe(7);
    expect(Object.is(penaltyOf(0, 10), 0)).toBe(true);
  });
});
