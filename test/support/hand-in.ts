import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {nbgraderOf, readProblemSet, releaseNotebook} from "kernel-lib/course/source";
import type {ProblemSet} from "kernel-lib/course/source";
import {transformSync} from "esbuild";
import {ROOT} from "../../binder/setup.mjs";

const SOURCE = join(ROOT, "notebooks", "coursework", "source");

const ANSWER_TYPE = "application/vnd.glass-cloud.answer+json";
const DISPLAY_HOOK = Symbol.for("glass-cloud.display");

/** Not the course that sources name: the judge must draw the variants of the release. */
export const COURSE = "cloud-2026";

let modules = 0;

/** Who hands in, and the seed of the hidden inputs. */
export interface Student {
  student: string;
  trialSeed: number;
}

/**
 * What a student hands in who has the model solutions, but for one cell: by question, as the
 * grader's child would hand it over. The cells are run as one module in this process, which takes
 * milliseconds where a notebook takes seconds; our own solutions need no sandbox.
 *
 * @param folder for the module: below the project, so that Node finds our library from it
 * @param replaced other sources, by `grade_id`
 */
export async function handIn(
  set: ProblemSet,
  folder: string,
  {student, trialSeed}: Student,
  replaced: Readonly<Record<string, string>> = {},
): Promise<[question: string, json: string][]> {
  const solutions = new Map(set.notebook.cells.map((cell) => [nbgraderOf(cell)?.grade_id, cell]));
  const cells = releaseNotebook(set, COURSE).cells.flatMap((cell) => {
    const about = nbgraderOf(cell);
    if (cell.cell_type !== "code") return [];
    if (!about?.solution) return [cell.source];
    return [replaced[about.grade_id] ?? solutions.get(about.grade_id)!.source];
  });
  const {code} = transformSync(cells.join("\n;\n"), {loader: "ts", target: "es2022"});
  const answers: [string, string][] = [];
  const globals = globalThis as {[DISPLAY_HOOK]?: (bundle: Record<string, unknown>) => void};
  globals[DISPLAY_HOOK] = (bundle) => {
    const found = bundle[ANSWER_TYPE] as {question: string; json: string} | undefined;
    if (found !== undefined) answers.push([found.question, found.json]);
  };
  process.env["GLASS_CLOUD_STUDENT"] = student;
  process.env["GLASS_CLOUD_TRIALS"] = String(trialSeed);
  try {
    await import(writeModule(folder, code));
  } finally {
    delete process.env["GLASS_CLOUD_STUDENT"];
    delete process.env["GLASS_CLOUD_TRIALS"];
    delete globals[DISPLAY_HOOK];
  }
  return answers;
}

/** @returns the `file:` address of a new module */
export function writeModule(folder: string, code: string): string {
  const path = join(folder, `module-${++modules}.mjs`);
  writeFileSync(path, code);
  return pathToFileURL(path).href;
}

export function setOf(name: string): ProblemSet {
  return readProblemSet(SOURCE, name);
}
