import {
  courseRules,
  EMPTY_LOG,
  finalMark,
  overrideDecision,
  pointsDecision,
  regradeDecision,
  withEntry,
} from "kernel-lib/course/record";
import type {Decision, FinalMark, MarkLog, SubmissionResult} from "kernel-lib/course/record";
import {describe, expect, it} from "vitest";
import {CLASS, COURSE, countQuestion, LOG, prose, resultOf, TARO, ZOE} from "./small-class.js";

const RULES = courseRules(COURSE);

function logOf(student: string, ...decisions: Decision[]): MarkLog {
  const signature = {by: "B. Babbage", when: "2020-12-03T10:00:00Z"};
  return decisions.reduce(
    (log, decision) => withEntry(log, {student, problemSet: "ps03"}, decision, signature),
    EMPTY_LOG,
  );
}

function ofClass(student: string): FinalMark {
  return finalMark(
    CLASS.find((result) => result.student === student)!,
    LOG,
    RULES,
  );
}

const give = (points: number | null, question = "q8"): Decision => ({
  ...{kind: "points", question, points, comment: "because"},
});

describe("finalMark", () => {
  it("finalMark is tests plus people minus lateness, with each part visible", () => {
    expect(ofClass(ZOE)).toMatchObject({
      ...{auto: 2.1, manual: 3.33, reached: 5.43, penalty: 0.54, mark: 4.89, maxMark: 9},
      ...{percent: 54.33, waiting: [], override: undefined},
    });
  });

  it("finalMark of every student of the class is the sum of its parts, or the override", () => {
    for (const result of CLASS) {
      const mark = finalMark(result, LOG, RULES);
      const sum = Math.round((mark.auto + mark.manual - mark.penalty) * 100) / 100;
      expect(mark.mark, result.student).toBe(mark.override?.points ?? sum);
    }
  });

  it("finalMark adds without ugliness: 0.1 + 0.2 points are 0.3", () => {
    const questions = [0.1, 0.2].map((score) => ({...countQuestion(2), id: `q${score}`, score}));
    expect(finalMark(resultOf("ada", {questions}), EMPTY_LOG, RULES).mark).toBe(0.3);
  });

  it("finalMark waits for a person where one marks, and counts nothing for it until then", () => {
    const mark = finalMark(resultOf("ada"), EMPTY_LOG, RULES);
    expect(mark).toMatchObject({auto: 4, manual: 0, mark: 4, maxMark: 9, waiting: ["q8"]});
    expect(finalMark(resultOf("ada"), logOf("ada", give(0)), RULES).waiting).toEqual([]);
  });

  it("finalMark takes the last entry, and none where that takes it back", () => {
    expect(ofClass("-eve").questions[2]!.person).toMatchObject({points: 2.5, by: "B. Babbage"});
    const back = finalMark(resultOf("ada"), logOf("ada", give(3), give(null)), RULES);
    expect(back).toMatchObject({mark: 4, waiting: ["q8"]});
  });

  it("finalMark lets a person's points stand in place of the tests' and shows both", () => {
    const mark = finalMark(resultOf("ada"), logOf("ada", give(0.5, "q1")), RULES);
    expect(mark.questions[0]).toMatchObject({auto: 2, score: 0.5});
    expect(mark).toMatchObject({auto: 4, manual: -1.5, reached: 2.5});
  });

  it("finalMark is what an override says, whatever the parts are", () => {
    expect(ofClass(TARO)).toMatchObject({
      ...{auto: 0, mark: 4.5, percent: 50, override: {by: "Ch. Chair", points: 4.5}},
    });
    const decisions: Decision[] = [
      {kind: "override", mark: 9, comment: "x"},
      {kind: "override", mark: null, comment: "a mistake"},
    ];
    expect(finalMark(resultOf("ada"), logOf("ada", ...decisions), RULES).mark).toBe(4);
  });

  it("finalMark says which entries do not fit the set, and lets nobody else's count", () => {
    const log = logOf("ada", give(1, "q99"));
    expect(finalMark(resultOf("ada"), log, RULES).strays).toEqual([
      "entry 1 marks q99, which the set does not have",
    ]);
    const tooMuch = finalMark(resultOf("ada"), logOf("ada", give(7)), RULES);
    expect(tooMuch.strays).toEqual(["entry 1 gives 7 of 5 points for q8"]);
    expect(finalMark(resultOf("bob"), logOf("ada", give(5)), RULES).mark).toBe(4);
    const other = finalMark(resultOf("ada", {problemSet: "ps04"}), logOf("ada", give(5)), RULES);
    expect(other.mark).toBe(4);
  });

  it("finalMark keeps the comments of notes and regrades", () => {
    const after = resultOf("ada", {score: 3.999, digest: "b"});
    const log = logOf("ada", regradeDecision(resultOf("ada"), after, "a test was wrong"));
    expect(finalMark(after, log, RULES).notes).toEqual([
      "Graded anew, 4 to 4 points by tests: a test was wrong",
    ]);
    expect(log.entries[0]).toMatchObject({after: {digest: "b", score: 4}});
  });
});

describe("decisions", () => {
  const ada: SubmissionResult = resultOf("ada", {questions: [countQuestion(2), prose()]});
  const points = (question: string, given: number | null): Decision =>
    pointsDecision(ada, {question, points: given, comment: "c"});

  it("pointsDecision takes 0 up to what the question is worth, rounded to hundredths", () => {
    expect([0, 5, 2.005, null].map((given) => points("q8", given))).toMatchObject(
      [0, 5, 2.01, null].map((given) => ({points: given})),
    );
  });

  it("pointsDecision refuses more, less, and questions that are not there", () => {
    expect(() => points("q8", 5.01)).toThrow("need points from 0 to 5, got 5.01");
    expect(() => points("q8", -1)).toThrow(RangeError);
    expect(() => points("q8", NaN)).toThrow(RangeError);
    expect(() => points("q9", 1)).toThrow("Cannot mark q9: ps03 has q1, q8");
  });

  it("overrideDecision takes 0 up to what the set is worth", () => {
    expect(overrideDecision(ada, {mark: 7, comment: "c"})).toMatchObject({mark: 7});
    expect(() => overrideDecision(ada, {mark: 7.01, comment: "c"})).toThrow("from 0 to 7");
  });
});
