import {mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
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

/** What could not be written: kept as long as the notebook's process lives. */
const unwritten = new Map<string, QuestionProgress>();

/** What is known so far, by question; an entry that cannot be read counts as none. */
export function readNotes(): ProgressNotes {
  return {...writtenNotes(), ...Object.fromEntries(unwritten)};
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

function writtenNotes(): ProgressNotes {
  try {
    const notes = JSON.parse(readFileSync(join(FOLDER, FILE), "utf8")) as object | null;
    return Object.fromEntries(Object.entries(notes ?? {}).filter(([, one]) => isProgress(one)));
  } catch {
    return {};
  }
}

function isProgress(one: unknown): one is QuestionProgress {
  const {hints, tries, right} = (one ?? {}) as Partial<QuestionProgress>;
  return Number.isInteger(hints) && Number.isInteger(tries) && typeof right === "boolean";
}

/** A folder that cannot be written keeps nobody from working. */
function note(question: string, change: Partial<QuestionProgress>): void {
  const notes = readNotes();
  const changed = {...NOTHING, ...notes[question], ...change};
  notes[question] = changed;
  const draft = join(FOLDER, `${FILE}.${process.pid}`);
  try {
    mkdirSync(FOLDER, {recursive: true});
    writeFileSync(draft, `${JSON.stringify(notes, null, 1)}\n`);
    renameSync(draft, join(FOLDER, FILE));
    unwritten.clear();
  } catch {
    unwritten.set(question, changed);
    removeDraft(draft);
  }
}

function removeDraft(draft: string): void {
  try {
    rmSync(draft, {force: true});
  } catch {
    // Where nothing can be written, nothing was.
  }
}
