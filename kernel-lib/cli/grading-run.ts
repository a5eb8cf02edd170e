import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {exportRun, keepFiles, readRun, studentFolder} from "../course/record/index.js";
import {
  chooseIsolation,
  findSubmissions,
  gradeClass,
  gradeSubmission,
} from "../course/grading/index.js";
import {Judge, prepareSet, queueGrading} from "../course/grading/index.js";
import type {Grade, PreparedSet, SubmissionResult} from "../course/grading/index.js";
import {parseNotebook} from "../kernel/index.js";
import type {Notebook} from "../kernel/index.js";
import {chosenSets, JUDGES, RELEASE, releasedCourse, SOURCE} from "./course-folders.js";
import {openGradingBar} from "./grading-bar.js";
import {RegradeLog} from "./regrade-log.js";

export interface GradingOptions {
  /** Names of problem sets; none for all. */
  set?: readonly string[];
  only?: string | undefined;
  /** Folder of the grading run. */
  out: string;
  roster?: string | undefined;
  rules?: string | undefined;
  course?: string | undefined;
  jobs: number;
  regrade?: boolean;
  trusted?: boolean;
  signal?: AbortSignal;
  /** Where Redis listens: workers grade then, and not this process. */
  queue?: string | undefined;
}

/** Submissions in the queue at once: enough for many workers, and few enough for Redis' memory. */
const MOST_QUEUED = 64;

export interface GradingSummary {
  results: SubmissionResult[];
  /** What whoever grades should know, a sentence each. */
  warnings: string[];
}

/** Grades what lies below a folder, and writes everything that is made from the marks. */
export async function runGrading(folder: string, options: GradingOptions): Promise<GradingSummary> {
  const {out, only, jobs, queue, regrade = false, trusted = false, signal} = options;
  const prepared = prepareSets(options.set ?? [], options.course);
  const found = findSubmissions(folder, [...prepared.keys()]).filter(
    ({student}) => only === undefined || student === only,
  );
  const refused = [...new Set(found.flatMap(({student}) => refusedFolder(student)))];
  const submissions = found.filter(({student}) => refusedFolder(student).length === 0);
  if (submissions.length === 0) {
    throw new Error(
      `Cannot find submissions below ${folder}: need STUDENT/psNN/psNN.ipynb for ` +
        [...prepared.keys()].join(", "),
    );
  }
  const warnings = [...refused, ...staleReleases(prepared), ...noSecret()];
  // Before an hour of grading: a mistake in them is told at once.
  keepFiles(out, {course: options.rules, roster: options.roster});
  const changes = new RegradeLog(out, regrade);
  const grading =
    queue === undefined
      ? await gradeHere(prepared, {jobs, trusted, warnings})
      : queueGrading(queue, prepared);
  const bar = openGradingBar(submissions.length);
  try {
    const results = await gradeClass(submissions, {
      ...{prepared, out, again: regrade, grade: grading.grade},
      jobs: queue === undefined ? jobs : MOST_QUEUED,
      ...(signal ? {signal} : {}),
      onDone: (done, result, graded, earlier) => {
        if (graded && earlier !== undefined) changes.add(earlier, result);
        bar.done(done, result.student);
      },
    });
    warnings.push(...changes.close());
    if (results.length === 0) return {results, warnings};
    const {warnings: told} = exportRun(out, readRun(out));
    return {results, warnings: [...warnings, ...told]};
  } finally {
    bar.close();
    await grading.close();
  }
}

/** A folder whose name no file of ours could have: its submission is left out, and said to be. */
function refusedFolder(student: string): string[] {
  try {
    studentFolder(student);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** The sets by name, ready to be graded. */
export function prepareSets(names: readonly string[], course?: string): Map<string, PreparedSet> {
  const secret = process.env["GLASS_CLOUD_SECRET"] ?? "";
  return new Map(
    chosenSets(names).map((name) => [
      name,
      prepareSet(name, {
        ...{course: course ?? releasedCourse(name), secret},
        folders: {source: SOURCE, judges: JUDGES},
      }),
    ]),
  );
}

/** Grading in this process, and its end. */
export async function gradeHere(
  prepared: ReadonlyMap<string, PreparedSet>,
  {jobs, trusted, warnings}: {jobs: number; trusted: boolean; warnings: string[]},
): Promise<{grade: Grade; close: () => Promise<void>}> {
  const isolation = await chooseIsolation(trusted, (text) => warnings.push(text));
  const judge = new Judge(jobs);
  return {
    grade: ({student, problemSet}, bytes) =>
      gradeSubmission(bytes, student, prepared.get(problemSet)!, {judge, isolation}),
    close: () => judge.close(),
  };
}

/** A release that was changed, or is older than its source, is not what is graded. */
function staleReleases(prepared: ReadonlyMap<string, PreparedSet>): string[] {
  return [...prepared].flatMap(([name, {release}]) => {
    const path = join(RELEASE, name, `${name}.ipynb`);
    if (!existsSync(path) || hasCellsOf(release, readFileSync(path, "utf8"))) return [];
    return [`${name} was released from another source: its cells are restored from today's.`];
  });
}

/** nbgrader's release has the same cells, and checksums of its own beside them. */
function hasCellsOf(release: Notebook, text: string): boolean {
  const sources = ({cells}: Notebook): string => JSON.stringify(cells.map(({source}) => source));
  try {
    return sources(parseNotebook(text)) === sources(release);
  } catch {
    return false;
  }
}

function noSecret(): string[] {
  if (process.env["GLASS_CLOUD_SECRET"]) return [];
  return [
    "GLASS_CLOUD_SECRET is not set, so that whoever reads this code can work out the hidden inputs.",
  ];
}
