import {closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync} from "node:fs";
import {renameSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import type {SubmissionResult} from "../grading/result.js";
import {courseRules, DEFAULT_RULES} from "./course-rules.js";
import type {CourseRules} from "./course-rules.js";
import {EMPTY_LOG, markLogText, parseMarkLog} from "./mark-log.js";
import type {MarkLog} from "./mark-log.js";
import {parseRoster} from "./roster.js";
import type {RosterRow} from "./roster.js";
import {problemSetName, studentFolder} from "./student-folder.js";

/** Everything that a grading run's folder holds besides what is made from it. */
export interface GradingRun {
  /** By problem set, then by student. */
  results: SubmissionResult[];
  log: MarkLog;
  rules: CourseRules;
  roster: RosterRow[];
}

/** Paths of course.json and roster.csv, where not those in the folder itself are meant. */
export interface RunFiles {
  course?: string | undefined;
  roster?: string | undefined;
}

/**
 * Reads a grading run.
 *
 * @param out the folder, with results/STUDENT/psNN.json
 * @throws Error if there are no results, or a file there is not what its name says
 */
export function readRun(out: string, files: RunFiles = {}): GradingRun {
  const course = textOf(files.course, join(out, "course.json"));
  const roster = textOf(files.roster, join(out, "roster.csv"));
  return {
    results: readResults(out),
    log: readLog(out),
    rules: course === undefined ? DEFAULT_RULES : courseRules(course),
    roster: roster === undefined ? [] : parseRoster(roster),
  };
}

/**
 * Copies rules and roster into a run, so that whatever is made from it later follows them too, named
 * again or not: marks must not lose their penalties because an option was forgotten.
 *
 * @throws SyntaxError if one of them says something that it cannot
 */
export function keepFiles(out: string, {course, roster}: RunFiles): void {
  if (course !== undefined) {
    const text = readFileSync(course, "utf8");
    courseRules(text);
    writeText(join(out, "course.json"), text);
  }
  if (roster !== undefined) {
    const text = readFileSync(roster, "utf8");
    parseRoster(text);
    writeText(join(out, "roster.csv"), text);
  }
}

/** All results of a run. */
export function readResults(out: string): SubmissionResult[] {
  const folder = join(out, "results");
  if (!existsSync(folder)) {
    throw new Error(`Cannot read ${out}: there is no folder results, which grading writes`);
  }
  const results = readdirSync(folder, {withFileTypes: true})
    .filter((entry) => entry.isDirectory())
    .flatMap(({name}) =>
      readdirSync(join(folder, name))
        .filter((file) => file.endsWith(".json"))
        .map((file) => readResult(join(folder, name, file))),
    );
  if (results.length === 0) throw new Error(`Cannot read ${out}: no submission was graded there`);
  return results.sort(
    (a, b) => compareText(a.problemSet, b.problemSet) || compareText(a.student, b.student),
  );
}

/** Path of a file made for one submission, below a folder of the run. */
export function submissionPath(
  out: string,
  kind: "results" | "gradescope" | "feedback",
  {student, problemSet}: Pick<SubmissionResult, "student" | "problemSet">,
): string {
  const extension = kind === "feedback" ? "html" : "json";
  return join(out, kind, studentFolder(student), `${problemSetName(problemSet)}.${extension}`);
}

/** Writes a text whole or not at all. */
export function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), {recursive: true});
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

/**
 * Changes `marks.json`. Two people who write at once would lose an entry, so that a lock file lets
 * one in at a time, and refuses the other.
 *
 * @returns the log as written
 */
export function changeLog(out: string, change: (log: MarkLog) => MarkLog): MarkLog {
  const lock = join(out, "marks.json.lock");
  try {
    closeSync(openSync(lock, "wx"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Error(
      `Cannot write marks: somebody else does; if nobody does, an earlier write was cut off: ` +
        `delete ${lock}`,
    );
  }
  try {
    const log = change(readLog(out));
    writeText(join(out, "marks.json"), markLogText(log));
    return log;
  } finally {
    rmSync(lock, {force: true});
  }
}

function readLog(out: string): MarkLog {
  const path = join(out, "marks.json");
  return existsSync(path) ? parseMarkLog(readFileSync(path, "utf8")) : EMPTY_LOG;
}

/** The id inside must be the folder's: a record that was moved is nobody's. */
function readResult(path: string): SubmissionResult {
  let result: SubmissionResult;
  try {
    result = JSON.parse(readFileSync(path, "utf8")) as SubmissionResult;
  } catch (error) {
    throw new SyntaxError(`Cannot read ${path}: ${(error as Error).message}`);
  }
  if (result?.format !== 1 || !Array.isArray(result.questions)) {
    throw new SyntaxError(`Cannot read ${path}: need a result of format 1`);
  }
  const out = dirname(dirname(dirname(path)));
  const expected = submissionPath(out, "results", result);
  if (expected.normalize("NFC") !== path.normalize("NFC")) {
    throw new Error(`Cannot read ${path}: it is the result of ${result.student}`);
  }
  return result;
}

/** A file that was named must be there; the usual one may be missing. */
function textOf(named: string | undefined, usual: string): string | undefined {
  if (named !== undefined) return readFileSync(named, "utf8");
  return existsSync(usual) ? readFileSync(usual, "utf8") : undefined;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
