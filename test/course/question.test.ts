import {chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {progress, question, trialSeed} from "kernel-lib/course";
import type {Property, Question} from "kernel-lib/course";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {judgeIn} from "../../kernel-lib/dist/course/context.js";
import type {PropertyMark, WorkContext} from "../../kernel-lib/dist/course/context.js";
import {readNotes} from "../../kernel-lib/dist/course/progress-file.js";
import {scratchFolder} from "../support/scratch.js";

const HOOK = Symbol.for("glass-cloud.display");
const globals = globalThis as {[HOOK]?: (bundle: Record<string, unknown>) => void};
const home = process.cwd();
let shown: Record<string, unknown>[] = [];
let folder = "";

beforeEach(() => {
  folder = scratchFolder();
  process.chdir(folder);
  shown = [];
  globals[HOOK] = (bundle) => void shown.push(bundle);
});

afterEach(() => {
  process.chdir(home);
  delete globals[HOOK];
  delete process.env["GLASS_CLOUD_TRIALS"];
});

const texts = (): unknown[] => shown.map((bundle) => bundle["text/plain"]);

function ask(id = "q1", points = 2): Question {
  return question(id, {title: "Count", points, tier: 1, hints: ["first", "second", "third"]});
}

/** Marks an answer as the judge does, but for one property of 2 points. */
async function judged(value: unknown, ...properties: Property[]): Promise<PropertyMark[]> {
  const marks = new Map<string, PropertyMark[]>();
  const answers = new Map([["q1", {ok: true as const, value}]]);
  const context: WorkContext = {
    ...{student: "ada", trialSeed: 1, grading: true, judge: {answers, marks}},
  };
  await judgeIn(context, async () => {
    const q1 = ask();
    const answer = q1.submit(() => expect.unreachable("the judge has the answer already"));
    q1.check(answer, () => expect.unreachable("nobody is there to read it"));
    q1.hint();
    q1.grade(answer, properties);
  });
  return marks.get("q1")!;
}

const property = (holds: Property["holds"], points = 2): Property => ({
  name: "holds",
  points,
  holds,
});

describe("question", () => {
  it.each([
    [0, ["a", "b", "c"], "whole number of points >= 1, got 0"],
    [1.5, ["a", "b", "c"], "got 1.5"],
    [NaN, ["a", "b", "c"], "got NaN"],
    [1, ["a", "b"], "need three hints, got 2"],
  ])("question with %f points and hints %j is refused", (points, hints, message) => {
    const options = {title: "t", points, tier: 1 as const, hints: hints as never};
    expect(() => question("q1", options)).toThrow(message);
  });

  it("submit gives a copy of the answer, and an error as an answer", () => {
    const list = [1, 2];
    const answer = ask().submit(() => list);
    list.push(3);
    expect(answer).toEqual({ok: true, value: [1, 2]});
    const fail = (error: unknown): unknown =>
      ask().submit(() => {
        throw error;
      });
    expect(fail(new TypeError("no such row"))).toEqual({
      ok: false,
      problem: "TypeError: no such row",
    });
    expect(fail(undefined)).toEqual({ok: false, problem: "undefined"});
    expect(fail(Symbol("s"))).toEqual({ok: false, problem: "Symbol(s)"});
    expect(shown).toEqual([]);
  });

  it("submit is stopped by nothing that is thrown, though it has no text or a very long one", () => {
    for (const thrown of [
      Object.create(null),
      {toString: () => expect.unreachable()},
      new Error("x".repeat(2 ** 21)),
    ] as unknown[]) {
      const answer = ask().submit(() => {
        throw thrown;
      });
      expect(answer.ok).toBe(false);
      expect(JSON.stringify(answer).length).toBeLessThan(600);
    }
  });

  it("submit hands over while grading, and check says nothing and counts nothing", () => {
    process.env["GLASS_CLOUD_TRIALS"] = "99";
    const q1 = ask();
    const answer = q1.submit(() => 4n);
    q1.check(answer, () => "wrong");
    q1.hint();
    expect(shown).toEqual([
      {
        "application/vnd.glass-cloud.answer+json": {
          ...{question: "q1", json: '{"ok":true,"value":{"$":"bigint","text":"4"}}'},
        },
        "text/plain": "q1: handed in",
      },
    ]);
    expect(existsSync(".progress")).toBe(false);
  });

  it("trialSeed differs by question and while grading, and is the same twice", () => {
    const practice = [trialSeed("q1"), trialSeed("q2"), trialSeed("q1")];
    expect(practice[0]).toBe(practice[2]);
    expect(practice[0]).not.toBe(practice[1]);
    process.env["GLASS_CLOUD_TRIALS"] = "99";
    expect(trialSeed("q1")).not.toBe(practice[0]);
  });
});

describe("grade", () => {
  it.each([
    [[1, 0.5], "need 2 points, got 1.5"],
    [[1, 1, 0.001], "need 2 points, got 2.001"],
    [[NaN, 2], 'need points >= 0 for "holds", got NaN'],
    [[3, -1], 'need points >= 0 for "holds", got -1'],
    [[], "need 2 points, got 0"],
  ])("grade refuses properties of %j points", (points, message) => {
    const q1 = ask();
    const properties = points.map((one) => property(() => true, one));
    expect(() => q1.grade({ok: true, value: 1}, properties)).toThrow(RangeError);
    expect(() => q1.grade({ok: true, value: 1}, properties)).toThrow(message);
  });

  it("grade adds tenths, and gives the part that holds", () => {
    const tenths = Array.from({length: 20}, (_, at) => property(() => at < 3, 0.1));
    expect(ask().grade({ok: true, value: 1}, tenths)).toBeCloseTo(0.3, 12);
  });

  it.each([
    [true, true, ""],
    [false, false, "not yet"],
    [undefined, false, "not yet"],
    [1, false, "not yet"],
    [Promise.resolve(true), false, "not yet"],
    ["row 3 is wrong", false, "row 3 is wrong"],
    ["x".repeat(9999), false, "x".repeat(500)],
  ])("a property that gives %o holds: %s", async (verdict, held, why) => {
    expect(
      await judged(
        1,
        property(() => verdict as boolean),
      ),
    ).toMatchObject([{held, why}]);
  });

  it("an answer of the wrong shape gets a sentence, and no other property is lost", async () => {
    const marks = await judged(
      undefined,
      property((given: {rows: number[]}) => given.rows.length === 3, 1),
      property((given) => given === undefined, 1),
    );
    expect(marks.map(({held}) => held)).toEqual([false, true]);
    expect(marks[0]!.why).toBe(
      "the test could not read your answer (TypeError: Cannot read properties of undefined " +
        "(reading 'rows')): is it of the form that the question asks for?",
    );
  });

  it("an answer that is an error fails every property with its message", () => {
    const fails = {ok: false, problem: "TypeError: no"} as const;
    expect(ask().grade(fails, [property(() => true)])).toBe(0);
  });

  it("the judge writes no progress and shows nothing", async () => {
    await judged(
      1,
      property(() => true),
    );
    expect(existsSync(".progress")).toBe(false);
    expect(shown).toEqual([]);
  });

  it("a question that was not handed in is marked as such", async () => {
    const marks = new Map<string, PropertyMark[]>();
    const judge = {answers: new Map(), marks};
    await judgeIn({student: "ada", trialSeed: 1, grading: true, judge}, async () => {
      const q1 = ask();
      q1.grade(
        q1.submit(() => 1),
        [property(() => true)],
      );
    });
    expect(marks.get("q1")).toMatchObject([{held: false, why: "nothing was handed in"}]);
  });

  it("two submissions are never judged at once in one thread, and one that throws ends", async () => {
    const context: WorkContext = {
      ...{student: "a", trialSeed: 1, grading: true},
      judge: {answers: new Map(), marks: new Map()},
    };
    await judgeIn(context, async () => {
      await expect(judgeIn(context, async () => undefined)).rejects.toThrow("at once");
    });
    const fails = judgeIn(context, () => Promise.reject(new Error("bad set")));
    await expect(fails).rejects.toThrow("bad set");
    await judgeIn(context, async () => undefined);
  });
});

describe("what a student sees", () => {
  it("check says what can be seen, and counts tries", () => {
    const q1 = ask();
    q1.check({ok: true, value: 3}, (given) => given === 3 || "wrong");
    q1.check({ok: true, value: 4}, (given) => given === 3 || "four, need three");
    q1.check({ok: false, problem: "Error: Write your answer here"}, () => true);
    expect(texts()).toEqual([
      "✓ q1 (Count): passes what can be checked here; hidden tests give the marks",
      "✗ q1 (Count): four, need three",
      expect.stringMatching(/^○ q1 \(Count\): not answered yet/),
    ]);
    expect(readNotes()).toEqual({q1: {hints: 0, tries: 2, right: false}});
  });

  it("check escapes what a student's answer brings", () => {
    ask().check({ok: true, value: 1}, () => "<img src=x>");
    expect(shown[0]!["text/html"]).toContain("&lt;img");
  });

  it("hint shows one more each time, at most three, and counts them beside the notebook", () => {
    const q1 = ask();
    for (let i = 0; i < 5; i++) q1.hint();
    const lines = ["q1, hint 1 of 3: first", "q1, hint 2 of 3: second", "q1, hint 3 of 3: third"];
    expect(texts()).toEqual([1, 2, 3, 3, 3].map((count) => lines.slice(0, count).join("\n")));
    const written = JSON.parse(readFileSync(join(folder, ".progress", "questions.json"), "utf8"));
    expect(written).toEqual({q1: {hints: 3, tries: 0, right: false}});
  });

  it("progress shows a row for each question", () => {
    ask("q1").hint();
    ask("q2");
    progress();
    expect(String(shown.at(-1)!["text/html"])).toContain("Your progress");
  });

  it.each(["null", "{", "[]", "7", '{"q1": null}', '{"q1": {"hints": "many"}}', '{"q1": 3}'])(
    "a progress file that holds %s keeps nobody from working",
    (text) => {
      mkdirSync(".progress");
      writeFileSync(join(".progress", "questions.json"), text);
      ask("q1").hint();
      progress();
      expect(texts()[0]).toBe("q1, hint 1 of 3: first");
      expect(readNotes()["q1"]).toEqual({hints: 1, tries: 0, right: false});
    },
  );

  it("a damaged entry loses no other", () => {
    mkdirSync(".progress");
    const kept = {hints: 2, tries: 5, right: true};
    writeFileSync(join(".progress", "questions.json"), JSON.stringify({q1: "?", q2: kept}));
    ask("q1").check({ok: true, value: 1}, () => true);
    expect(readNotes()).toEqual({q1: {hints: 0, tries: 1, right: true}, q2: kept});
  });

  it("a folder that cannot be written keeps nobody from the next hint", () => {
    // A file in the folder's place, since root may write everywhere.
    writeFileSync(".progress", "in the way");
    chmodSync(".progress", 0o444);
    const q9 = ask("q9");
    q9.hint();
    q9.hint();
    q9.check({ok: true, value: 1}, () => true);
    expect(texts().slice(0, 2)).toEqual([
      "q9, hint 1 of 3: first",
      "q9, hint 1 of 3: first\nq9, hint 2 of 3: second",
    ]);
    expect(readNotes()["q9"]).toEqual({hints: 2, tries: 1, right: true});
  });
});
