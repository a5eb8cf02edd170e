/**
 * One made class through four doors: ours, nbgrader with our engine, and nbgrader's own Execute on our
 * kernel and on stock tslab. The last two run submissions beside the hidden tests and without any
 * sandbox, so they get the honest ones, and of the attacks only those that harm nobody.
 */
import {join} from "node:path";
import {expectedMarks, madeClass, readPlanted, unexpectedMarks} from "kernel-lib/course/simulate";
import type {MadeSubmission} from "kernel-lib/course/simulate";
import type {SubmissionResult} from "kernel-lib/course/grading";
import {afterAll, beforeAll, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {PLANTED} from "../../kernel-lib/dist/cli/course-folders.js";
import {gradeHere, prepareSets} from "../../kernel-lib/dist/cli/grading-run.js";
import {installNbgrader} from "../peers/nbgrader/install.mjs";
import {writeSection} from "../peers/results-file.mjs";
import {recordMeasured} from "../support/measured.js";
import {NbgraderCourse} from "../support/nbgrader.js";
import type {NbgraderMarks} from "../support/nbgrader.js";
import {processesNaming} from "../support/processes.js";

const NAME = "ps03";
const SIZE = 60;
const SEED = 1;

/** Attacks that change only the file, or what their own kernel holds. */
const HARMLESS = [
  "patches Array.prototype",
  "patches Object.is and JSON",
  "patches the check functions",
  "takes another's variant",
  "forged answers and marks in another cell",
  "forged outputs and metadata",
  "test cell rewritten to give full marks",
  "answer cell deleted",
  "test cell deleted",
  "test cell there twice",
  "answer cell renamed",
  "not JSON",
  "empty file",
];

const {set, release} = prepareSets([NAME]).get(NAME)!;
/** Neither nbgrader nor our own door takes a folder with a dot in front for a student. */
const submissions: readonly MadeSubmission[] = madeClass(
  {set, release, planted: readPlanted(PLANTED, NAME)},
  {size: SIZE, seed: SEED},
).filter(({student}) => !student.startsWith("."));
const honest = submissions.filter(({kind}) => kind !== "hostile");
const harmless = submissions.filter(({what}) => HARMLESS.includes(what));
/** Points that a mark must be, by student and question. */
const expected: Record<string, Record<string, number>> = {};

let python: string;
const ours: Record<string, SubmissionResult> = {};
const doors: Record<"engine" | "tslab" | "tslab-stock", NbgraderMarks> = {
  engine: {},
  tslab: {},
  "tslab-stock": {},
};

beforeAll(() => {
  python = installNbgrader();
});

it("our door gives every submission of the made class what it must be worth", async (context) => {
  const here = await gradeHere(prepareSets([NAME]), {jobs: 2, trusted: false, warnings: []});
  const waiting = [...submissions];
  const work = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const {student, text} = one;
      ours[student] = await here.grade({student, problemSet: NAME}, Buffer.from(text));
    }
  };
  await Promise.all([work(), work()]);
  await here.close();
  const perfect = ours[honest[0]!.student]!;
  expect(perfect.score).toBe(perfect.maxScore);
  for (const one of submissions) expected[one.student] = expectedMarks(perfect, one);
  expect(
    submissions.flatMap(({student}) => unexpectedMarks(ours[student]!, expected[student]!)),
  ).toEqual([]);
  recordMeasured(
    context,
    `${honest.length} honest and ${submissions.length - honest.length} hostile`,
  );
});

it("nbgrader with our engine gives the same marks, and no attack more", (context) => {
  const course = new NbgraderCourse(python, "engine");
  const {printed} = throughNbgrader(course, submissions);
  doors.engine = course.marks(NAME);
  for (const {student, kind} of submissions) {
    for (const {id, gradeId, manual, score} of ours[student]!.questions) {
      if (manual) continue;
      const points = doors.engine[student]![gradeId];
      if (kind === "hostile") expect(points, student).toBeLessThanOrEqual(expected[student]![id]!);
      else expect(points, student).toBe(score);
    }
  }
  expect(printed).not.toContain("Traceback");
  const lower = submissions.filter(
    ({student}) => totalOf(doors.engine, student) < ourTotal(student),
  );
  recordMeasured(context, `${submissions.length} submissions, ${lower.length} with fewer points`);
});

it("nbgrader with our engine ends a submission that takes too long, and all it started", () => {
  const course = new NbgraderCourse(python, "engine");
  course.run("generate_assignment", NAME);
  const {student, text} = submissions.find(({what}) => what === "infinite loop")!;
  course.submit(student, NAME, text);
  const run = course.run("autograde", NAME, "--Engine.timeout_s=5");
  expect(run.ok).toBe(false);
  expect(run.printed).toContain("took over 5 s");
  expect(Object.values(course.marks(NAME)[student]!).every((points) => points === null)).toBe(true);
  const library = join(ROOT, "kernel-lib", "dist");
  expect(processesNaming(join(library, "course", "grading", "submission-child"))).toEqual([]);
  expect(processesNaming(join(library, "cli", "course-nbgrader.js"))).toEqual([]);
});

it("nbgrader's own Execute on our kernel gives whole answers all, and empty ones no points", (context) => {
  doors.tslab = ownExecute("tslab");
  recordMeasured(context, differing(doors.tslab));
  for (const {student, kind} of honest) {
    const total = totalOf(doors.tslab, student);
    if (kind === "perfect") expect(total, student).toBe(ourTotal(student));
    if (kind === "empty") expect(total, student).toBe(0);
  }
});

it("nbgrader's own Execute on stock tslab takes no point from a whole answer", (context) => {
  doors["tslab-stock"] = ownExecute("tslab-stock");
  recordMeasured(context, differing(doors["tslab-stock"]));
  for (const {student, kind} of honest) {
    if (kind !== "perfect") continue;
    expect(totalOf(doors["tslab-stock"], student), student).toBe(ourTotal(student));
  }
});

afterAll(() => {
  const opened = Object.values(doors).filter((marks) => Object.keys(marks).length > 0);
  if (opened.length === 0) return;
  const kinds = [...new Set(honest.map(({kind}) => kind as string))];
  const groups = [
    ...kinds.map((kind) => ({name: kind, of: honest.filter((one) => one.kind === kind)})),
    ...harmless.map((one) => ({name: `*${one.what}*`, of: [one]})),
  ];
  const rows = groups.map(({name, of}) => {
    const sum = (points: (student: string) => number): string =>
      String(of.reduce((total, {student}) => total + points(student), 0));
    // A door that was left out of this run has a dash.
    const byDoor = Object.values(doors).map((marks) =>
      opened.includes(marks) ? sum((student) => totalOf(marks, student)) : "–",
    );
    const due = sum((student) => sumOf(Object.values(expected[student]!)));
    return [name, String(of.length), due, sum(ourTotal), ...byDoor];
  });
  const head = ["", "submissions", "due", "ours", "nbgrader, our engine"];
  head.push("nbgrader's Execute, our kernel", "nbgrader's Execute, stock tslab");
  const table = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
  const section = [
    "## Doors to the problem sets",
    `Points by tests for a made class on ${NAME} (${honest.length} honest submissions and the attacks that harm nobody; seed ${SEED}), through four doors. \`npm run test:long\` writes this. nbgrader 0.9.6.`,
    table.join("\n"),
    [
      `* All ${submissions.length - honest.length} attacks went through the first two doors: none got more than it was due.`,
      "* Stock tslab prints the value of a cell's last expression where nbgrader does not look for partial credit, and an answer that throws is handed in as an answer. So each test cell that ends counts as right.",
      "* nbgrader's Execute tries answers on the practice inputs, in the process of the submission.",
    ].join("\n"),
  ].join("\n\n");
  writeSection(join(ROOT, "test", "peers", "RESULTS.md"), "course-doors", section);
});

function ownExecute(kernel: "tslab" | "tslab-stock"): NbgraderMarks {
  const course = new NbgraderCourse(python, kernel);
  throughNbgrader(course, honest);
  // One by one: at some of these nbgrader ends the run, and nobody after them gets a mark.
  for (const {student, text} of harmless) {
    course.submit(student, NAME, text);
    course.run("autograde", NAME, `--student=${student}`);
  }
  return course.marks(NAME);
}

function throughNbgrader(
  course: NbgraderCourse,
  of: readonly MadeSubmission[],
): ReturnType<NbgraderCourse["run"]> {
  course.run("generate_assignment", NAME);
  for (const {student, text} of of) course.submit(student, NAME, text);
  return course.run("autograde", NAME);
}

function totalOf(marks: NbgraderMarks, student: string): number {
  return sumOf(Object.values(marks[student] ?? {}).map((points) => points ?? 0));
}

function ourTotal(student: string): number {
  return ours[student]!.score;
}

/** How far a door is from what is due. */
function differing(marks: NbgraderMarks): string {
  const off = [...honest, ...harmless].map(({student}) => {
    return totalOf(marks, student) - sumOf(Object.values(expected[student]!));
  });
  const given = sumOf(off.filter((points) => points > 0));
  const taken = -sumOf(off.filter((points) => points < 0));
  const right = off.filter((points) => points === 0).length;
  return `${right} of ${off.length} totals as due; ${given} points given away, ${taken} taken`;
}

function sumOf(points: readonly number[]): number {
  return Math.round(points.reduce((total, one) => total + one, 0) * 100) / 100;
}
