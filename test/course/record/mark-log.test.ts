import {
  EMPTY_LOG,
  entriesAbout,
  markLogText,
  parseMarkLog,
  withEntry,
} from "kernel-lib/course/record";
import {describe, expect, it} from "vitest";
import {LOG, ZOE} from "./small-class.js";

const NOTE = {kind: "note", comment: "seen"} as const;
const ADA = {student: "ada", problemSet: "ps03"};

describe("mark log", () => {
  it("withEntry adds at the end and leaves the log it was given as it was", () => {
    const one = withEntry(EMPTY_LOG, ADA, NOTE, {by: " B. ", when: "2020-12-03T10:00:00Z"});
    const two = withEntry(one, ADA, NOTE, {by: "C.", when: "2020-12-03T10:00:00Z"});
    expect(EMPTY_LOG.entries).toEqual([]);
    expect(one.entries).toHaveLength(1);
    expect(two.entries.map(({number, by}) => [number, by])).toEqual([
      [1, "B."],
      [2, "C."],
    ]);
  });

  it("withEntry needs a name, a reason, and a time that is not before the last entry", () => {
    const signature = {by: "B.", when: "2020-12-03T10:00:00Z"};
    expect(() => withEntry(EMPTY_LOG, ADA, NOTE, {...signature, by: " "})).toThrow("name of who");
    expect(() => withEntry(EMPTY_LOG, ADA, {...NOTE, comment: " "}, signature)).toThrow("says why");
    const one = withEntry(EMPTY_LOG, ADA, NOTE, signature);
    const earlier = {by: "B.", when: "2020-12-03T09:59:59Z"};
    expect(() => withEntry(one, ADA, NOTE, earlier)).toThrow(
      "entry 2 is older than the one before",
    );
    expect(() => withEntry(one, ADA, NOTE, {by: "B.", when: "now"})).toThrow(SyntaxError);
  });

  it("parseMarkLog reads what markLogText writes, an entry a line, in the order of writing", () => {
    const text = markLogText(LOG);
    expect(parseMarkLog(text)).toEqual(LOG);
    expect(text.split("\n").slice(1, -2)).toHaveLength(LOG.entries.length);
    expect(parseMarkLog(markLogText(EMPTY_LOG))).toEqual(EMPTY_LOG);
    expect(entriesAbout(LOG, {student: ZOE, problemSet: "ps03"}).map(({number}) => number)).toEqual(
      [2, 4],
    );
  });

  it.each([
    ["an entry was taken out", (lines: string[]) => lines.filter((_, line) => line !== 3)],
    ["two entries changed places", ([a, b, c, ...rest]: string[]) => [a!, c!, b!, ...rest]],
    ["a name was emptied", (lines: string[]) => lines.map((line) => line.replace('"by"', '"buy"'))],
    ["points are a text", (lines: string[]) => lines.map((line) => line.replace("4.5,", '"4.5",'))],
    ["a kind is not known", (lines: string[]) => lines.map((l) => l.replace('"note"', '"wish"'))],
    ["the file was cut", (lines: string[]) => lines.slice(0, 4)],
  ])("parseMarkLog refuses a log of which %s", (_, change) => {
    const lines = markLogText(LOG).split("\n");
    expect(() => parseMarkLog(change(lines).join("\n"))).toThrow("Cannot read marks.json");
  });
});
