import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {from} from "arquero";
import {studentFolder} from "../record/index.js";
import type {MadeSubmission} from "./made-class.js";

/** Writes submissions where grading looks for them: FOLDER/STUDENT/psNN/psNN.ipynb. */
export function writeClass(
  folder: string,
  problemSet: string,
  made: readonly Pick<MadeSubmission, "student" | "text">[],
): void {
  for (const {student, text} of made) {
    const place = join(folder, studentFolder(student), problemSet);
    mkdirSync(place, {recursive: true});
    writeFileSync(join(place, `${problemSet}.ipynb`), text);
  }
}

/** What was done to each submission, and which hidden properties it must fail, as a CSV text. */
export function expectedCsv(made: readonly MadeSubmission[]): string {
  const rows = made.map(({student, kind, what, loses}) => ({
    ...{student, kind, what, loses: JSON.stringify(loses)},
  }));
  return `${from(rows).toCSV()}\n`;
}
