import {parseRoster, rosterRowOf} from "kernel-lib/course/record";
import {describe, expect, it} from "vitest";
import {ROSTER, TARO, ZOE} from "./small-class.js";

describe("parseRoster", () => {
  it("parseRoster needs no column but student, and takes any order", () => {
    expect(parseRoster("email,student\na@b.c,ada\n")).toEqual([
      {student: "ada", hubId: "", lmsId: "", name: "", email: "a@b.c", section: ""},
    ]);
  });

  it.each([
    ["name\nAda\n", "need a column student"],
    ["name\n", "need a column student"],
    ["student;name\nada;Ada\n", 'no column "student;name"'],
    ["student,nickname\nada,x\n", 'no column "nickname"'],
    ["student\nada\nada\n", '"ada" stands there twice'],
    ["student,lms_id\nada,1\nbob,1\n", '"1" stands there twice'],
    ["student\nzo\u00eb\nzoe\u0308\n", "stands there twice"],
    ["student,name\n,Ada\n", "line 2 has no student"],
  ])("parseRoster refuses %j", (text, message) => {
    expect(() => parseRoster(text)).toThrow(message);
  });

  it("rosterRowOf finds a student by folder, by the hub's id, and however an accent is spelt", () => {
    const roster = parseRoster(ROSTER);
    expect(rosterRowOf(roster, ZOE)?.lmsId).toBe("102");
    expect(rosterRowOf(roster, ZOE.normalize("NFD"))?.lmsId).toBe("102");
    expect(rosterRowOf(roster, "ada-hub")?.student).toBe("ada");
    expect(rosterRowOf(roster, "taro")?.student).toBe(TARO);
    expect(rosterRowOf(roster, "ghost")).toBeUndefined();
    expect(rosterRowOf(roster, "")).toBeUndefined();
  });
});
