import {afterAll, describe, expect, it} from "vitest";
import {gradeSubmission, hiddenSeed, Judge} from "kernel-lib/course/grading";
import type {SubmissionResult} from "kernel-lib/course/grading";
import {formatNotebook} from "kernel-lib/kernel";
import type {Notebook} from "kernel-lib/kernel";
import {submissionDigest} from "../../../kernel-lib/dist/course/grading/grade-submission.js";
import {probeIsolation} from "../../../kernel-lib/dist/course/grading/isolation/probe.js";
import {questionResults} from "../../../kernel-lib/dist/course/grading/question-results.js";
import {restoreCells} from "../../../kernel-lib/dist/course/grading/restore-cells.js";
import type {SubmissionRun} from "../../../kernel-lib/dist/course/grading/run-submission.js";
import {writeModule} from "../../support/hand-in.js";
import {itNeeds} from "../../support/needs.js";
import {codeCell} from "../../support/notebook.js";
import {scratchFolder} from "../../support/scratch.js";
import {smallPrepared, withCell, withSource} from "../../support/small-set.js";
import {SANDBOX_NEEDS} from "../../support/submission.js";

const prepared = smallPrepared(scratchFolder(afterAll));
const {release, set} = prepared;
const judge = new Judge(1, 1500);
const {isolation, missing} = await probeIsolation();

afterAll(() => judge.close());

/** What the judge says about answers, given as JSON of their values. */
function judged(...answers: [string, string][]): ReturnType<Judge["mark"]> {
  return judge.mark({judge: prepared.judge, student: "ada", trialSeed: 1, answers});
}

const answer = (question: string, json: string): [string, string] => [
  question,
  `{"ok":true,"value":${json}}`,
];

/** Of what cannot be run: no sandbox is needed for it. */
function graded(bytes: string | Uint8Array, student = "ada"): Promise<SubmissionResult> {
  const file = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
  return gradeSubmission(file, student, prepared, {judge, isolation: undefined as never});
}

describe("a file that is no notebook", () => {
  const cells = (...all: unknown[]): string =>
    JSON.stringify({nbformat: 4, nbformat_minor: 5, metadata: {}, cells: all});

  it.each([
    ["nothing", "", "it is empty, or no file"],
    ["no JSON", "{", "JSON"],
    ["null", "null", ""],
    [
      "another format",
      '{"nbformat": 3, "nbformat_minor": 0, "worksheets": []}',
      "need nbformat 4.5",
    ],
    ["a cell that is null", cells(null), "a cell has no source, id or metadata"],
    [
      "a cell without metadata",
      cells({cell_type: "code", id: "a", source: ""}),
      "no source, id or",
    ],
    [
      "an id that is an object",
      cells({cell_type: "code", id: {toString: 1}, source: "", metadata: {}}),
      "no source, id or metadata",
    ],
    [
      "a source that is no text",
      cells({cell_type: "code", id: "a", source: [{toString: 1}], metadata: {}}),
      "",
    ],
    ["bytes that are no UTF-8", Uint8Array.of(0x7b, 0xff, 0x7d), "valid"],
    [
      "too many cells",
      cells(...Array.from({length: 5001}, () => codeCell("a", ""))),
      "it has more than 5000 cells",
    ],
    ["too many bytes", new Uint8Array(64 * 2 ** 20 + 1), "it has more than 64 MiB"],
  ])("%s is worth nothing, is flagged, and stops nobody", async (_, bytes, why) => {
    const result = await graded(bytes);
    expect(result).toMatchObject({score: 0, maxScore: 4, student: "ada", problemSet: "ps90"});
    expect(result.flags).toHaveLength(1);
    expect(result.flags[0]!.kind).toBe("unreadable");
    expect(result.flags[0]!.detail).toContain(why);
    expect(result.questions.map(({problem}) => problem)).toEqual([
      "The file could not be opened as a notebook.",
      "The file could not be opened as a notebook.",
      "",
    ]);
  });
});

describe("Judge", () => {
  it("gives the part that holds, with reasons and the hint's number", async () => {
    const [q1, q2] = await judged(answer("q1", "40"), answer("q2", "42"));
    expect(q1!.marks).toEqual([
      {name: "is a number", points: 0.5, held: true, why: "", hint: undefined},
      {name: "is right", points: 1.5, held: false, why: "not yet", hint: 2},
    ]);
    expect(q2!.marks.map(({held}) => held)).toEqual([true, true]);
  });

  it.each([
    ["{", "cannot be read"],
    ["null", "cannot be read"],
    ['{"ok":true,"value":{"$":"class"}}', "cannot be read"],
    ['{"ok":true,"value":{"$":"bigint","text":"ten"}}', "cannot be read"],
    [`{"ok":true,"value":${"[".repeat(5e5)}${"]".repeat(5e5)}}`, ""],
    ['{"ok":"true","value":41}', "undefined"],
    [`{"ok":false,"problem":"${"x".repeat(1e6)}"}`, "x".repeat(500)],
  ])("the forged answer %.60s earns nothing and costs only its question", async (json, why) => {
    const [q1, q2] = await judged(["q1", json], answer("q2", "42"));
    expect(q1!.marks.some(({held}) => held)).toBe(false);
    expect(q1!.problem.length).toBeLessThanOrEqual(600);
    expect(q1!.marks[0]!.why).toContain(why);
    expect(q2!.marks.every(({held}) => held)).toBe(true);
  });
});

describe("hidden tests that an answer sends round in circles", () => {
  const hard = (test: string): string =>
    writeModule(
      scratchFolder(afterAll),
      `import {question} from "kernel-lib/course";
export async function judge() {
  const hints = ["a", "b", "c"];
  const q1 = question("q1", {title: "t", points: 1, tier: 1, hints});
  const q2 = question("q2", {title: "t", points: 1, tier: 1, hints});
  const one = q1.submit(() => 0);
  ${test}
  q1.grade(one, [{name: "a", points: 1, holds: (given) => given === 1}]);
  q2.grade(q2.submit(() => 0), [{name: "a", points: 1, holds: (given) => given === 2}]);
}`,
    );

  it.each([
    ["does not end", "while (one.value === 666);", "did not end within 1500 ms"],
    ["throws outside of a property", "if (one.ok) one.value.rows.length;", "undefined"],
    [
      "needs too much memory",
      "if (one.value === 666) { const all = []; for (;;) all.push(new Array(1e5).fill(all.length)); }",
      "",
    ],
  ])("a test that %s costs that question alone", async (_, test, why) => {
    const module = hard(test);
    const marked = await judge.mark({
      ...{judge: module, student: "ada", trialSeed: 1},
      answers: [answer("q1", "666"), answer("q2", "2")],
    });
    expect(marked.map(({marks}) => marks[0]!.held)).toEqual([false, true]);
    expect(marked[0]!.problem).toContain("an answer that no hidden test can be tried on");
    expect(marked[0]!.problem).toContain(why);
  });

  it("a test that fails without any answer is the set's fault, and said to be", async () => {
    const module = hard('throw new RangeError("Cannot grade q1: need 2 points, got 1");');
    const task = {judge: module, student: "ada", trialSeed: 1, answers: [answer("q1", "1")]};
    await expect(judge.mark(task)).rejects.toThrow("Cannot grade q1: need 2 points, got 1");
  });
});

describe("questionResults", () => {
  const run = (cells: SubmissionRun["cells"], ...answers: string[]): SubmissionRun => ({
    ...{cells, killers: []},
    answers: new Map(answers.map((id) => [`${id}-test`, {question: id, json: ""}])),
  });
  const resultsOf = async (
    submission: Notebook,
    ran: SubmissionRun,
    ...answers: [string, string][]
  ): Promise<SubmissionResult["questions"]> =>
    questionResults(set.parts, {
      judged: await judged(...answers),
      restored: restoreCells(release, submission),
      run: ran,
    });
  const answered = withSource(release, "q1-solution", "const answer1 = () => 40;");

  it("gives points, reasons and the text of the hint, and waits for a person with an essay", async () => {
    const [q1, q2, q3] = await resultsOf(answered, run([], "q1"), answer("q1", "40"));
    expect(q1).toMatchObject({
      score: 0.5,
      maxScore: 2,
      problem: "",
      handedIn: "const answer1 = () => 40;",
    });
    expect(q1!.properties[1]).toEqual({
      ...{name: "is right", score: 0, maxScore: 1.5, why: "not yet", hint: "second"},
    });
    expect(q2).toMatchObject({score: 0, problem: "Not answered."});
    expect(q3).toMatchObject({id: "q3", manual: true, score: 0, maxScore: 3, problem: ""});
  });

  it("an answer that stands in a cell of the student's own is an answer", async () => {
    const [q1] = await resultsOf(release, run([], "q1"), answer("q1", "41"));
    expect(q1).toMatchObject({score: 2, problem: ""});
  });

  it("says the first thing that went wrong with the question's own cells", async () => {
    const error = (id: string, evalue: string): SubmissionRun["cells"][number] => ({
      ...{id, ok: false},
      outputs: [{output_type: "error", ename: "TypeError", evalue, traceback: []}],
    });
    const ran = run([error("q1-solution", "x".repeat(60_000)), error("q1-test", "later")]);
    const [q1] = await resultsOf(answered, ran);
    expect(q1!.problem.slice(0, 40)).toBe("Cell q1-solution: TypeError: xxxxxxxxxxx");
    expect(q1!.problem.length).toBeLessThan(600);
    const [threw] = await resultsOf(answered, run([], "q1"), [
      "q1",
      '{"ok":false,"problem":"RangeError: no"}',
    ]);
    expect(threw!.problem).toBe("Your code ended with RangeError: no");
    const [nothing] = await resultsOf(answered, run([]));
    expect(nothing!.problem).toBe("Nothing was handed in.");
  });

  it("hidden tests that give no marks are the set's fault, not a zero for everybody", () => {
    const graded = {judged: [], restored: restoreCells(release, release), run: run([])};
    expect(() => questionResults(set.parts, graded)).toThrow(
      "Cannot mark q1: its hidden tests gave no marks",
    );
  });
});

describe("what decides a mark", () => {
  it("another student, set, course or secret has other hidden inputs", () => {
    const of = (change: object, student = "ada"): number =>
      hiddenSeed({...prepared, ...change}, student);
    const seeds = [
      ...[of({}), of({}, "bob"), of({course: "x"}), of({secret: "x"})],
      ...[of({set: {...set, name: "ps91"}}), of({}, "zoë")],
    ];
    expect(new Set(seeds).size).toBe(seeds.length);
    expect(of({})).toBe(of({}));
    expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)).toBe(true);
  });

  it("the digest changes with the bytes, the student and the set", () => {
    const bytes = Uint8Array.of(1, 2);
    const digests = [
      submissionDigest(bytes, prepared, "ada"),
      submissionDigest(Uint8Array.of(1, 3), prepared, "ada"),
      submissionDigest(bytes, prepared, "bob"),
      submissionDigest(bytes, {...prepared, digest: "x"}, "ada"),
    ];
    expect(new Set(digests).size).toBe(4);
  });
});

itNeeds(
  isolation,
  `a sandbox (${missing.join("; ")})`,
  SANDBOX_NEEDS,
  "a notebook of format 4.4 with a split answer, a forged id and a markdown answer gets its marks",
  async () => {
    const split = withCell(release, "q1-solution", (cell) => [
      {...cell, source: "const help1 = () => 41;"},
      {...cell, source: "const answer1 = () => help1();"},
    ]);
    const written = withCell(split, "q2-solution", ({metadata}) => ({
      ...{cell_type: "markdown" as const, id: "q2-solution", metadata},
      source: "const answer2 = () => 43; // near",
    }));
    const typed = withSource(written, "identity", 'const me = student("somebody");');
    const old = JSON.parse(formatNotebook(typed)) as {
      nbformat_minor: number;
      cells: {id?: string}[];
    };
    const withIds = JSON.stringify(old);
    old.nbformat_minor = 4;
    for (const cell of old.cells) delete cell.id;
    const tools = {judge, isolation: isolation!};
    const bytes = new TextEncoder().encode(JSON.stringify(old));
    const result = await gradeSubmission(bytes, "ada", prepared, tools);
    expect(result.questions.map(({score}) => score)).toEqual([2, 0.5, 0]);
    expect(result.score).toBe(2.5);
    const again = await gradeSubmission(new TextEncoder().encode(withIds), "ada", prepared, tools);
    expect(again.questions).toEqual(result.questions);
    expect(again.flags.map(({kind, detail}) => `${kind}: ${detail}`)).toEqual([
      "cell-duplicated: Cell q1-solution is there more than once.",
      "cell-changed: Cell q2-solution was made markdown, and is code again.",
      'wrong-student: The notebook says "somebody", its folder "ada": marked for "ada".',
    ]);
  },
);
