import {afterAll, describe, expect, it} from "vitest";
import {handIn, setOf} from "../support/hand-in.js";
import {scratchFolder} from "../support/scratch.js";

const folder = scratchFolder(afterAll);
const CLASS = Array.from({length: 40}, (_, i) => `student-${i + 1}`);
/** Whose answers depend on a student's own numbers, and are no program. */
const OWN = ["q1", "q2", "q3", "q4", "q5", "q7", "q8"];

describe("variants of ps03", () => {
  it("no two of forty students have the same right answers, and no draw decides another", async () => {
    const set = setOf("ps03");
    const answers: Map<string, string>[] = [];
    for (const student of CLASS) {
      answers.push(new Map(await handIn(set, folder, {student, trialSeed: 1})));
    }
    const distinct = (...questions: string[]): number =>
      new Set(answers.map((one) => questions.map((id) => one.get(id)).join())).size;
    expect(distinct(...OWN)).toBe(CLASS.length);
    // Forty draws of 192 different rates and bounds: 36 or so. Streams that are alike give 12.
    expect(distinct("q5")).toBeGreaterThan(20);
    expect(distinct("q2")).toBeGreaterThan(35);
    expect(distinct("q3")).toBe(CLASS.length);
    expect(distinct("q7")).toBeGreaterThanOrEqual(7);
  });
});
