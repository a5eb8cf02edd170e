import {courseRules, DEFAULT_RULES} from "kernel-lib/course/record";
import {describe, expect, it} from "vitest";
import {rulesOfSet} from "../../../kernel-lib/dist/course/record/course-rules.js";
import {COURSE} from "./small-class.js";

describe("courseRules", () => {
  it("courseRules of an empty object are the default ones", () => {
    expect(courseRules("{}")).toEqual(DEFAULT_RULES);
  });

  it("courseRules gives a set the course's late rule, and what it says itself", () => {
    const text = COURSE.replace('"canvasId"', '"late": {"mostDays": 7}, "canvasId"');
    const rules = courseRules(text);
    expect(rulesOfSet(rules, "ps03").late).toEqual({
      ...{graceMinutes: 15, percentPerDay: 10, mostDays: 7},
    });
    expect(rulesOfSet(rules, "ps04")).toEqual({
      due: undefined,
      canvasId: undefined,
      late: rules.late,
    });
    expect(rulesOfSet(rules, "constructor").due).toBeUndefined();
  });

  it.each([
    ["{", "Cannot read course.json"],
    ["[]", "course.json must be an object"],
    ['{"latePolicy": {}}', 'no "latePolicy"'],
    ['{"late": {"percent": 10}}', 'late has no "percent"'],
    ['{"late": {"percentPerDay": "10"}}', '"percentPerDay" must be a number from 0 to 100'],
    ['{"passPercent": 101}', "from 0 to 100"],
    ['{"timeZone": "Wien"}', 'time zone "Wien"'],
    ['{"missing": "none"}', '"empty" or "zero"'],
    ['{"sets": {"ps03": {"due": "30.11."}}}', 'the time "30.11."'],
    ['{"sets": {"../ps03": {}}}', '"../ps03" as a problem set'],
  ])("courseRules refuses %s", (text, message) => {
    expect(() => courseRules(text)).toThrow(message);
  });
});
