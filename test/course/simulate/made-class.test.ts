import {
  AnswerSheet,
  ATTACKS,
  expectedMarks,
  madeClass,
  readPlanted,
  unexpectedMarks,
} from "kernel-lib/course/simulate";
import type {MadeSubmission} from "kernel-lib/course/simulate";
import {studentFolder} from "kernel-lib/course/record";
import {releaseNotebook, readProblemSet} from "kernel-lib/course/source";
import {parseNotebook} from "kernel-lib/kernel";
import {afterAll, describe, expect, it} from "vitest";
import {scratchFolder} from "../../support/scratch.js";
import {writeSource} from "../../support/small-set.js";
import {resultOf, restoreQuestion} from "../record/small-class.js";

const set = readProblemSet(writeSource(scratchFolder(afterAll)), "ps90");
const release = releaseNotebook(set, "cloud-2026");
const planted = [
  {
    ...{question: "q1", name: "one less", cell: "q1-solution", fails: ["is right"]},
    source: "const answer1 = () => 40;",
  },
];
const make = (size: number, seed = 1): MadeSubmission[] =>
  madeClass({set, release, planted}, {size, seed});

function sourceIn({text}: MadeSubmission, id: string): string {
  return parseNotebook(text).cells.find((cell) => cell.id === id)!.source;
}

describe("AnswerSheet", () => {
  it("solves as the author does, without markers, and writes the student's id", () => {
    const {cells} = new AnswerSheet(set, release).solve().notebook('a "b" $& c');
    const source = (id: string): string => cells.find((cell) => cell.id === id)!.source;
    expect(source("q1-solution")).toBe("const answer1 = () => {\n  return 41;\n};");
    expect(source("identity")).toContain(String.raw`student("a \"b\" $& c")`);
    expect(source("q3")).toBe("**Why?**\n\nBecause of the rubric.\n");
  });

  it("writes only into cells for answers", () => {
    expect(() => new AnswerSheet(set, release).write("q1-test", "")).toThrow("no such answer");
  });
});

describe("madeClass", () => {
  it("the same seed makes the same class, another another", () => {
    expect(make(12)).toEqual(make(12));
    expect(make(12, 2)).not.toEqual(make(12));
  });

  it("each kind is there, each attack once, and every name is one and a folder's", () => {
    const made = make(30);
    expect(made).toHaveLength(30 + ATTACKS.length);
    expect(new Set(made.map(({kind}) => kind)).size).toBe(7);
    const names = made.map(({student}) => studentFolder(student));
    expect(new Set(names).size).toBe(names.length);
  });

  it("what each is worth is what was done to it", () => {
    const [perfect, empty, , wrong, typeError] = make(6);
    expect(perfect!.loses).toEqual({});
    expect(empty!.loses).toEqual({q1: "all", q2: "all"});
    expect(wrong!.loses).toEqual({q1: ["is right"]});
    expect(sourceIn(wrong!, "q1-solution")).toBe("const answer1 = () => 40;");
    expect(Object.values(typeError!.loses)).toEqual(["all"]);
  });

  it("a folder without planted answers has none", () => {
    expect(readPlanted(scratchFolder(), "ps90")).toEqual([]);
  });
});

describe("expected marks", () => {
  const perfect = resultOf("ada", {questions: [restoreQuestion([0.1, 1.9])]});

  it("are what a perfect one got, less what must fail", () => {
    expect(expectedMarks(perfect, {loses: {}})).toEqual({q3: 2});
    expect(expectedMarks(perfect, {loses: {q3: "all"}})).toEqual({q3: 0});
    const name = "restores every pair of lost shards";
    expect(expectedMarks(perfect, {loses: {q3: [name]}})).toEqual({q3: 0.1});
  });

  it("a question that is worth something else, or that nobody expected, is told", () => {
    expect(unexpectedMarks(perfect, {q3: 2})).toEqual([]);
    expect(unexpectedMarks(perfect, {q3: 1})).toEqual(["ada, q3: expected 1, got 2"]);
    expect(unexpectedMarks(perfect, {})).toEqual(["ada, q3: expected undefined, got 2"]);
  });
});
