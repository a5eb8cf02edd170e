import {describe, expect, it} from "vitest";
import {
  instantOf,
  isoTime,
  localTime,
  startedDays,
} from "../../../kernel-lib/dist/course/record/due-time.js";

const VIENNA = "Europe/Vienna";
const iso = (text: string, zone = "UTC"): string => isoTime(instantOf(text, zone));

describe("instantOf", () => {
  it.each([
    ["2020-11-30T23:59:00", "2020-11-30T22:59:00Z"],
    ["2020-11-30 23:59", "2020-11-30T22:59:00Z"],
    ["2020-07-01T23:59:00", "2020-07-01T21:59:00Z"],
    ["2020-11-30T23:59:00Z", "2020-11-30T23:59:00Z"],
    ["2020-11-30T23:59:00-05:00", "2020-12-01T04:59:00Z"],
    ["2020-11-30T23:59:00+0530", "2020-11-30T18:29:00Z"],
    ["2020-11-30 23:59:00 Asia/Tokyo", "2020-11-30T14:59:00Z"],
  ])("instantOf reads %s in Vienna as %s", (text, expected) => {
    expect(iso(text, VIENNA)).toBe(expected);
  });

  it("instantOf reads what nbgrader writes, and a text without a zone as nbgrader does: in UTC", () => {
    expect(iso("2020-11-30 22:59:00.948203 UTC\n")).toBe("2020-11-30T22:59:00Z");
    expect(iso("2020-11-30 22:59:00.948203")).toBe("2020-11-30T22:59:00Z");
    expect(iso("2020-11-30 22:59:00 +0100")).toBe("2020-11-30T21:59:00Z");
  });

  it("instantOf takes the later of an hour that comes twice, and puts off one that never comes", () => {
    // 25 October 2020, 03:00 becomes 02:00: 02:30 is 00:30Z, then 01:30Z.
    expect(iso("2020-10-25T02:30:00", VIENNA)).toBe("2020-10-25T01:30:00Z");
    // 29 March 2020, 02:00 becomes 03:00: 02:30 never comes; half an hour after the change.
    expect(iso("2020-03-29T02:30:00", VIENNA)).toBe("2020-03-29T01:30:00Z");
  });

  it.each([
    "",
    "tomorrow",
    "2020-02-30T10:00:00",
    "2020-11-30T25:00:00",
    "2020-11-30",
    "30.11.2026",
  ])("instantOf refuses %j, which is no time", (text) =>
    expect(() => instantOf(text, "UTC")).toThrow(SyntaxError),
  );

  it("instantOf refuses a zone that is not known, and abbreviations of summer time", () => {
    expect(() => instantOf("2020-07-01 10:00:00 CEST", "UTC")).toThrow('time zone "CEST"');
    expect(() => instantOf("2020-07-01 10:00:00", "Mars/Olympus")).toThrow(SyntaxError);
  });

  it("localTime shows the zone's clock", () => {
    expect(localTime(instantOf("2020-11-30T22:59:00Z", "UTC"), VIENNA)).toBe("2020-11-30 23:59:00");
  });
});

describe("startedDays", () => {
  const days = (due: string, at: string, zone = VIENNA): number =>
    startedDays(instantOf(due, zone), instantOf(at, zone), zone);

  it("startedDays is 0 up to and with the due second, and 1 from the next", () => {
    expect(days("2020-11-30T23:59:00", "2020-11-30T23:58:59")).toBe(0);
    expect(days("2020-11-30T23:59:00", "2020-11-30T23:59:00")).toBe(0);
    expect(days("2020-11-30T23:59:00", "2020-11-30 22:59:00.999999 UTC")).toBe(0);
    expect(days("2020-11-30T23:59:00", "2020-11-30T23:59:01")).toBe(1);
  });

  it("startedDays begins a day one second after the clock shows the due time again", () => {
    expect(days("2020-11-30T23:59:00", "2020-12-01T23:59:00")).toBe(1);
    expect(days("2020-11-30T23:59:00", "2020-12-01T23:59:01")).toBe(2);
    expect(days("2020-11-30T23:59:00", "2021-11-30T23:59:00")).toBe(365);
  });

  it("startedDays follows the clock where it is changed: a day of 25 hours, one of 23", () => {
    // Autumn: 24 hours after the due time the clock shows 22:59, and the day is not over.
    expect(days("2020-10-24T23:59:00", "2020-10-25T23:59:00")).toBe(1);
    expect(days("2020-10-24T23:59:00", "2020-10-25T23:59:01")).toBe(2);
    expect(days("2020-10-24T23:59:00", "2020-10-25T22:59:01")).toBe(1);
    // Spring: 23 hours and a second after it, the second day has begun.
    expect(days("2020-03-28T23:59:00", "2020-03-29T23:59:00")).toBe(1);
    expect(days("2020-03-28T23:59:00", "2020-03-29T23:59:01")).toBe(2);
    expect(
      instantOf("2020-03-29T23:59:01", VIENNA) - instantOf("2020-03-28T23:59:00", VIENNA),
    ).toBe((23 * 3600 + 1) * 1000);
  });
});
