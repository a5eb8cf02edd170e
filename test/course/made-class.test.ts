/**
 * A made class through the whole of grading: what each submission is worth is known beforehand. Here
 * the short problem set; test/long/course-doors.test.ts has sixty and more on chapter 3's.
 */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {
  chooseIsolation,
  findSubmissions,
  gradeClass,
  gradeSubmission,
  Judge,
  prepareSet,
} from "kernel-lib/course/grading";
import type {Grade, SubmissionResult} from "kernel-lib/course/grading";
import {expectedMarks, madeClass, readPlanted} from "kernel-lib/course/simulate";
import {unexpectedMarks, writeClass} from "kernel-lib/course/simulate";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {scratchFolder} from "../support/scratch.js";

const COURSEWORK = join(ROOT, "notebooks", "coursework");

const folder = scratchFolder(afterAll);
const prepared = prepareSet("ps00", {
  ...{course: "cloud-2026", secret: "of the test"},
  folders: {source: join(COURSEWORK, "source"), judges: join(folder, "judges")},
});
const {set, release} = prepared;
/** Shown on the sandbox itself, by grading/run-submission.test.ts, and with the others in test/long. */
const SLOW = /loop|promises|bomb|kills|output$|socket/;
const made = madeClass(
  {set, release, planted: readPlanted(join(COURSEWORK, "planted"), "ps00")},
  {size: 6, seed: 1},
).filter(({what}) => !SLOW.test(what));
const submitted = join(folder, "submitted");
const out = join(folder, "grades");
const judge = new Judge(2);
let results: SubmissionResult[] = [];

async function gradeAll(options: {onDone?: () => void; signal?: AbortSignal} = {}): Promise<{
  results: SubmissionResult[];
  graded: number;
}> {
  const isolation = await chooseIsolation(false, () => undefined);
  let graded = 0;
  const grade: Grade = ({student}, bytes) => {
    graded++;
    return gradeSubmission(bytes, student, prepared, {judge, isolation});
  };
  const sets = new Map([["ps00", prepared]]);
  const submissions = findSubmissions(submitted, ["ps00"]);
  return {
    results: await gradeClass(submissions, {prepared: sets, out, jobs: 2, grade, ...options}),
    graded,
  };
}

beforeAll(async () => {
  writeClass(submitted, "ps00", made);
  // Interrupted half-way, then begun again.
  const stop = new AbortController();
  let done = 0;
  const half = await gradeAll({
    signal: stop.signal,
    onDone: () => void (++done === 10 && stop.abort()),
  });
  expect(half.results.length).toBeLessThan(made.length);
  const rest = await gradeAll();
  expect(half.graded + rest.graded).toBe(made.length);
  results = rest.results;
});

afterAll(() => judge.close());

describe("a made class, interrupted and gone on with", () => {
  it.each(made.map((one) => [`${one.kind}: ${one.what}`, one] as const))(
    "%s is worth what it must be",
    (_, one) => {
      const resultOf = (student: string): SubmissionResult =>
        results.find((result) => result.student === student)!;
      const perfect = resultOf(made.find(({kind}) => kind === "perfect")!.student);
      expect(perfect.score).toBe(perfect.maxScore);
      expect(unexpectedMarks(resultOf(one.student), expectedMarks(perfect, one))).toEqual([]);
    },
  );

  it("graded once more gives the same bytes", async () => {
    const some = made.filter((_, at) => at % 5 === 0);
    const isolation = await chooseIsolation(false, () => undefined);
    for (const {student, text} of some) {
      const bytes = new TextEncoder().encode(text);
      const tools = {judge, isolation};
      const again = await gradeSubmission(bytes, student, prepared, tools);
      const kept = readFileSync(join(out, "results", student, "ps00.json"), "utf8");
      expect(`${JSON.stringify(again, null, 1)}\n`).toBe(kept);
    }
  });
});
