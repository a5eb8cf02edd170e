import {mkdirSync, readFileSync, renameSync, writeFileSync} from "node:fs";
import {join} from "node:path";

/** What a student did on one question: for their own eyes, never sent. */
export interface QuestionProgress {
  /** How many hints were taken. */
  hints: number;
  /** How often the test cell was run with something written. */
  tries: number;
  /** Whether the last try passed what a student can see. */
  right: boolean;
}

export type ProgressNotes = Record<string, QuestionProgress>;

/** Beside the notebook; a name with a dot, so that nobody hands it in by accident. */
const FOLDER = ".progress";
const FILE = "questions.json";
const NOTHING: QuestionProgress = {hints: 0, tries: 0, right: false};

/** What is known so far, by question; empty where nothing is, or the file cannot be read. */
export function readNotes(): ProgressNotes {
  try {
    return JSON.parse(readFileSync(join(FOLDER, FILE), "utf8")) as ProgressNotes;
  } catch {
    return {};
  }
}

/** Counts one hint more. @returns how many are to be shown, at most `most` */
export function takeHint(question: string, most: number): number {
  const {hints} = readNotes()[question] ?? NOTHING;
  const shown = Math.min(hints + 1, most);
  note(question, {hints: shown});
  return shown;
}

export function noteTry(question: string, right: boolean): void {
  const {tries} = readNotes()[question] ?? NOTHING;
  note(question, {tries: tries + 1, right});
}

/** A folder that cannot be written keeps nobody from working. */
function note(question: string, change: Partial<QuestionProgress>): void {
  const notes = readNotes();
  notes[question] = {...NOTHING, ...notes[question], ...change};
  try {
    mkdirSync(FOLDER, {recursive: true});
    const draft = join(FOLDER, `${FILE}.${process.pid}`);
    writeFileSync(draft, `${JSON.stringify(notes, null, 1)}\n`);
    renameSync(draft, join(FOLDER, FILE));
  } catch {
    // As said above.
  }
}
