import {join} from "node:path";
import {Judge} from "kernel-lib/course/grading";
import {readPlanted} from "kernel-lib/course/simulate";
import {judgeModule} from "kernel-lib/course/source";
import {afterAll, describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {COURSE, handIn, setOf, writeModule} from "../support/hand-in.js";
import type {Student} from "../support/hand-in.js";
import {scratchFolder} from "../support/scratch.js";

const PLANTED = join(ROOT, "notebooks", "coursework", "planted");
const ADA: Student = {student: "ada", trialSeed: 12345};
const judge = new Judge(1);
const folder = scratchFolder(afterAll);

afterAll(() => judge.close());

/** Properties of each question, with what became of them. */
interface Marked {
  question: string;
  property: string;
  points: number;
  why: string;
  held: boolean;
}

describe.each(["ps00", "ps03"])("the hidden tests of %s", (name) => {
  const planted = readPlanted(PLANTED, name);
  const set = setOf(name);
  const module = writeModule(folder, judgeModule(set, COURSE));
  const mark = async (who: Student, replaced: Record<string, string> = {}): Promise<Marked[]> => {
    const answers = await handIn(set, folder, who, replaced);
    const judged = await judge.mark({judge: module, ...who, answers});
    return judged.flatMap(({id, marks}) =>
      marks.map(({name: property, points, why, held}) => ({
        ...{question: id, property, points, why, held},
      })),
    );
  };

  it("the model solution holds every property, for ten students", async () => {
    for (let trialSeed = 1; trialSeed <= 10; trialSeed++) {
      const marks = await mark({student: `student ${trialSeed}`, trialSeed});
      expect(marks.filter(({held}) => !held)).toEqual([]);
      expect(marks.length).toBeGreaterThan(0);
    }
  });

  it.each(planted.map((one) => [`${one.question} ${one.name}`, one] as const))(
    "%s: exactly the named properties fail, each with a sentence",
    async (_, {question, cell, source, fails}) => {
      const marks = await mark(ADA, {[cell]: source});
      const own = marks.filter((one) => one.question === question);
      const failed = own.filter(({held}) => !held);
      expect(failed.map(({property}) => property)).toEqual(fails);
      expect(failed.every(({why}) => why.length > 10 && why !== "not yet")).toBe(true);
    },
  );

  it("every property fails on at least one wrong solution, and every question has one partly right", async () => {
    const marks = await mark(ADA);
    const caught = new Set(
      planted.flatMap(({question, fails}) => fails.map((one) => question + one)),
    );
    expect(marks.filter(({question, property}) => !caught.has(question + property))).toEqual([]);
    const partly = planted.filter(
      ({question, fails}) => fails.length < marks.filter((one) => one.question === question).length,
    );
    const questions = new Set(marks.map(({question}) => question));
    expect(new Set(partly.map(({question}) => question))).toEqual(questions);
  });
});
