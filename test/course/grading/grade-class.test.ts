import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {findSubmissions, gradeClass} from "kernel-lib/course/grading";
import type {ClassOptions, Grade, SubmissionResult} from "kernel-lib/course/grading";
import {afterAll, beforeEach, describe, expect, it} from "vitest";
import {submissionDigest} from "../../../kernel-lib/dist/course/grading/grade-submission.js";
import {scratchFolder} from "../../support/scratch.js";
import {smallPrepared} from "../../support/small-set.js";
import {resultOf} from "../record/small-class.js";

const prepared = smallPrepared(scratchFolder(afterAll));
const STUDENTS = ["ada", "bob", "cy", "dan", "eve", "fay", "gus", "hal"];

let folder = "";
let graded: string[] = [];

beforeEach(() => {
  folder = scratchFolder();
  graded = [];
  for (const student of STUDENTS) handIn(student, `work of ${student}`);
});

function handIn(student: string, text: string): void {
  mkdirSync(join(folder, "submitted", student), {recursive: true});
  writeFileSync(join(folder, "submitted", student, "ps90.ipynb"), text);
}

const pathOf = (student: string): string => join(folder, "out", "results", student, "ps90.json");

/** A result whose points are the number of bytes. */
function madeUp(student: string, bytes: Uint8Array): SubmissionResult {
  const digest = submissionDigest(bytes, prepared, student);
  return resultOf(student, {digest, problemSet: "ps90", score: bytes.length});
}

const grade: Grade = async ({student}, bytes) => {
  graded.push(student);
  await new Promise((resolve) => setTimeout(resolve, 1));
  return madeUp(student, bytes);
};

function run(options: Partial<ClassOptions> = {}): Promise<SubmissionResult[]> {
  return gradeClass(findSubmissions(join(folder, "submitted"), ["ps90"]), {
    ...{prepared: new Map([["ps90", prepared]]), out: join(folder, "out"), jobs: 3, grade},
    ...options,
  });
}

describe("gradeClass", () => {
  it("grades each once, keeps each, and gives them in the order of the submissions", async () => {
    const slowFirst: Grade = async (submission, bytes) => {
      if (submission.student === "ada") await new Promise((resolve) => setTimeout(resolve, 30));
      return grade(submission, bytes);
    };
    const results = await run({grade: slowFirst});
    expect(results.map(({student}) => student)).toEqual(STUDENTS);
    expect(graded.sort()).toEqual(STUDENTS);
    for (const result of results) {
      expect(JSON.parse(readFileSync(pathOf(result.student), "utf8"))).toEqual(result);
    }
  });

  it("begun again, it grades nothing that is kept, and tells both", async () => {
    const told: unknown[] = [];
    const onDone: ClassOptions["onDone"] = (done, {student}, anew, earlier) =>
      void told.push([done, student, anew, earlier?.score]);
    await run({jobs: 1, onDone});
    expect(told[0]).toEqual([1, "ada", true, undefined]);
    graded = [];
    expect(await run({jobs: 1, onDone})).toHaveLength(STUDENTS.length);
    expect(graded).toEqual([]);
    expect(told.at(-1)).toEqual([8, "hal", false, 11]);
    await run({again: true});
    expect(graded.sort()).toEqual(STUDENTS);
  });

  it("aborted, it keeps those under way, and goes on from there", async () => {
    const stop = new AbortController();
    const onDone = (done: number): void => void (done === 3 && stop.abort());
    const first = await run({signal: stop.signal, onDone, jobs: 2});
    expect(first.length).toBeLessThan(STUDENTS.length);
    expect(graded).toHaveLength(first.length);
    const results = await run();
    expect(results.map(({student}) => student)).toEqual(STUDENTS);
    expect(graded.sort()).toEqual(STUDENTS);
  });

  it("a changed submission is graded again, and the earlier result is told", async () => {
    await run();
    graded = [];
    handIn("cy", "better");
    const earlier: unknown[] = [];
    await run({onDone: (_, {score}, anew, before) => anew && earlier.push([before?.score, score])});
    expect(graded).toEqual(["cy"]);
    expect(earlier).toEqual([[10, 6]]);
  });

  it.each(["", "{", "null", "7", '{"format": 2}', "[]"])(
    "a result file that holds %j is made again",
    async (text) => {
      await run();
      graded = [];
      writeFileSync(pathOf("eve"), text);
      await run();
      expect(graded).toEqual(["eve"]);
      expect(JSON.parse(readFileSync(pathOf("eve"), "utf8"))).toMatchObject({student: "eve"});
    },
  );

  it("a result that was moved to another student is not theirs", async () => {
    await run();
    graded = [];
    writeFileSync(pathOf("bob"), readFileSync(pathOf("ada")));
    await run();
    expect(graded).toEqual(["bob"]);
  });

  it("one that cannot be graded keeps no other from it, and is named at the end", async () => {
    const fails: Grade = (submission, bytes) => {
      if (submission.student === "bob") return Promise.reject(new Error("no memory"));
      return grade(submission, bytes);
    };
    await expect(run({grade: fails})).rejects.toThrow(
      "Cannot grade bob, ps90: no memory. 7 of 8 results are kept: the same command goes on",
    );
    expect(graded.sort()).toEqual(STUDENTS.filter((student) => student !== "bob"));
    expect(existsSync(pathOf("bob"))).toBe(false);
    graded = [];
    expect(await run()).toHaveLength(8);
    expect(graded).toEqual(["bob"]);
  });

  it("a file that is gone meanwhile is told with its student, too", async () => {
    const removes: Grade = (submission, bytes) => {
      rmSync(join(folder, "submitted", "hal"), {recursive: true, force: true});
      return grade(submission, bytes);
    };
    await expect(run({grade: removes})).rejects.toThrow("Cannot grade hal, ps90: ENOENT");
  });

  it("after three that fail none is begun, and those under way are kept", async () => {
    const fails: Grade = async (submission, bytes) => {
      if (submission.student !== "ada") throw new Error("no sandbox");
      await new Promise((resolve) => setTimeout(resolve, 30));
      return grade(submission, bytes);
    };
    await expect(run({grade: fails, jobs: 2})).rejects.toThrow(
      /^Cannot grade bob, ps90: no sandbox; cy, .*; dan, ps90: no sandbox\. 1 of 8 results are kept/,
    );
    expect(existsSync(pathOf("ada"))).toBe(true);
  });

  it.each([1, 3, 100])("never more than %i are under way", async (jobs) => {
    let now = 0;
    let most = 0;
    const counts: Grade = async (submission, bytes) => {
      most = Math.max(most, ++now);
      const result = await grade(submission, bytes);
      now--;
      return result;
    };
    await run({grade: counts, jobs});
    expect(most).toBe(Math.min(jobs, STUDENTS.length));
  });

  it.each([0, -1, 1.5, NaN])("%f jobs are refused", async (jobs) => {
    await expect(run({jobs})).rejects.toThrow("need a whole number of jobs >= 1");
  });
});
