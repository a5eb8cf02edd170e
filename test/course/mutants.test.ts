import {Judge} from "kernel-lib/course/grading";
import {judgeModule} from "kernel-lib/course/source";
import {afterAll, describe, expect, it} from "vitest";
import {scratchFolder} from "../support/scratch.js";
import {COURSE, handIn, setOf, writeModule} from "./mutants/hand-in.js";
import type {Student} from "./mutants/hand-in.js";
import type {Mutant} from "./mutants/mutant.js";
import {mutants as ofPs00} from "./mutants/ps00.js";
import {mutants as ofPs03} from "./mutants/ps03.js";

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

describe.each<[string, readonly Mutant[]]>([
  ["ps00", ofPs00],
  ["ps03", ofPs03],
])("the hidden tests of %s", (name, mutants) => {
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

  it.each(mutants.map((mutant) => [`${mutant.question} ${mutant.name}`, mutant] as const))(
    "%s: exactly the named properties fail, each with a sentence",
    async (_, {question, cell, source, fails, points}) => {
      const marks = await mark(ADA, {[cell]: source});
      const own = marks.filter((one) => one.question === question);
      const failed = own.filter(({held}) => !held);
      expect(failed.map(({property}) => property)).toEqual(fails);
      expect(failed.every(({why}) => why.length > 10 && why !== "not yet")).toBe(true);
      expect(own.reduce((sum, one) => sum + (one.held ? one.points : 0), 0)).toBe(points);
    },
  );

  it("every property fails on at least one wrong solution, and every question has one partly right", async () => {
    const marks = await mark(ADA);
    const caught = new Set(
      mutants.flatMap(({question, fails}) => fails.map((one) => question + one)),
    );
    expect(marks.filter(({question, property}) => !caught.has(question + property))).toEqual([]);
    const partly = new Set(mutants.filter(({points}) => points > 0).map(({question}) => question));
    expect(
      [...new Set(marks.map(({question}) => question))].filter((id) => !partly.has(id)),
    ).toEqual([]);
  });
});
