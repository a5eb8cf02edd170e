/** nbgrader's commands on a course folder of the test's own. */
import {spawnSync} from "node:child_process";
import {copyFileSync, mkdirSync, symlinkSync, writeFileSync} from "node:fs";
import {delimiter, dirname, join} from "node:path";
import {CODE_STUB} from "kernel-lib/course/source";
import {installKernelspec} from "kernel-lib/kernel";
import type {KernelName} from "kernel-lib/kernel";
import {ROOT} from "../../binder/setup.mjs";
import {scratchFolder} from "./scratch.js";
import type {WhenDone} from "./scratch.js";

const COURSEWORK = join(ROOT, "notebooks", "coursework");

/** Prints, for an assignment: student → grade_id → points by tests, null where a person must mark. */
const PRINT_MARKS = `
import json, sys
from nbgrader.api import Gradebook
with Gradebook("sqlite:///" + sys.argv[1]) as gradebook:
    print(json.dumps({
        one.student_id: {grade.name: grade.auto_score for book in one.notebooks for grade in book.grades}
        for one in gradebook.assignment_submissions(sys.argv[2])
    }))
`;

/** By student and grade_id; null where a person must mark. */
export type NbgraderMarks = Record<string, Record<string, number | null>>;

export interface NbgraderRun {
  ok: boolean;
  /** All it printed. */
  printed: string;
}

/** A course folder with our sources, and nbgrader on it. */
export class NbgraderCourse {
  readonly folder: string;
  private readonly python: string;
  private readonly configFolder: string;

  /**
   * @param python that has nbgrader
   * @param executor `engine` for our configuration, or the kernel that nbgrader's own Execute uses,
   *   with nothing configured but the stub that it needs for a language it does not know
   */
  constructor(python: string, executor: "engine" | KernelName, whenDone?: WhenDone) {
    this.python = python;
    this.folder = scratchFolder(whenDone);
    symlinkSync(join(COURSEWORK, "source"), join(this.folder, "source"));
    this.configFolder = executor === "engine" ? COURSEWORK : this.folder;
    if (executor !== "engine") this.configureExecute(executor);
  }

  /** Where a submission belongs, as in submitted/ada/ps03/ps03.ipynb. */
  submit(student: string, problemSet: string, text: string | Uint8Array): string {
    const folder = join(this.folder, "submitted", student, problemSet);
    mkdirSync(folder, {recursive: true});
    const path = join(folder, `${problemSet}.ipynb`);
    writeFileSync(path, text);
    return path;
  }

  /** Runs an nbgrader command, as in "autograde", "ps03". */
  run(...args: string[]): NbgraderRun {
    const command = ["-m", "nbgrader", ...args, `--course-dir=${this.folder}`];
    const {status, printed} = this.start(command);
    return {ok: status === 0, printed};
  }

  /** What its gradebook says. */
  marks(problemSet: string): NbgraderMarks {
    const args = ["-c", PRINT_MARKS, join(this.folder, "gradebook.db"), problemSet];
    const {status, stdout, printed} = this.start(args);
    if (status !== 0) throw new Error(`Cannot read the gradebook: ${printed}`);
    return JSON.parse(stdout) as NbgraderMarks;
  }

  private configureExecute(kernel: KernelName): void {
    const data = join(this.folder, "jupyter");
    const spec = installKernelspec(data, kernel);
    // The source asks for "tslab", whichever of the two that is to be.
    const asked = join(data, "kernels", "tslab");
    mkdirSync(asked, {recursive: true});
    if (kernel !== "tslab") copyFileSync(spec, join(asked, "kernel.json"));
    const lines = [
      "c = get_config()",
      `c.ClearSolutions.code_stub = {"typescript": ${JSON.stringify(CODE_STUB)}}`,
    ];
    writeFileSync(join(this.folder, "nbgrader_config.py"), `${lines.join("\n")}\n`);
  }

  private start(args: readonly string[]): {
    status: number | null;
    stdout: string;
    printed: string;
  } {
    const data = join(this.folder, "jupyter");
    const {status, stdout, stderr, error} = spawnSync(this.python, args, {
      cwd: this.configFolder,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      env: {
        ...process.env,
        // The project's .venv has nbconvert's templates; our own kernelspec goes before its own.
        // It starts alembic by name.
        PATH: [dirname(this.python), process.env["PATH"]].join(delimiter),
        JUPYTER_PATH: [data, join(ROOT, ".venv", "share", "jupyter")].join(delimiter),
        JUPYTER_CONFIG_DIR: join(data, "config"),
        JUPYTER_DATA_DIR: join(data, "data"),
        PYTHONDONTWRITEBYTECODE: "1",
      },
    });
    if (error) throw error;
    return {status, stdout, printed: stdout + stderr};
  }
}
