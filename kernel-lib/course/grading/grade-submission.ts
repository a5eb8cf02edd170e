import {parseNotebook} from "../../kernel/index.js";
import type {Notebook} from "../../kernel/index.js";
import {digestOf} from "../source/release.js";
import {sumPoints} from "../record/points.js";
import {variant} from "../variant.js";
import type {Isolation} from "./isolation/isolation.js";
import type {RunLimits} from "./isolation/run-limits.js";
import type {Judge} from "./judge.js";
import {answerOf, questionResults} from "./question-results.js";
import {hiddenSeed} from "./prepared-set.js";
import type {PreparedSet} from "./prepared-set.js";
import {nameOf, restoreCells} from "./restore-cells.js";
import type {RestoredNotebook} from "./restore-cells.js";
import type {Flag, SubmissionResult} from "./result.js";
import {inRunOrder} from "./run-order.js";
import {runSubmission} from "./run-submission.js";
import type {SubmissionRun} from "./run-submission.js";

export interface GradingTools {
  judge: Judge;
  isolation: Isolation;
  /** What differs from the usual limits. */
  limits?: Partial<RunLimits>;
}

/** Largest notebook that is opened at all. */
export const MAX_NOTEBOOK_BYTES: number = 64 * 2 ** 20;
/** No notebook has more cells: each is compiled, and looked for in lists. */
const MAX_CELLS = 5000;
/** Of an id that was typed, in UTF-16 units. */
const MAX_SHOWN_ID = 100;

/** What one submission's digest is made of, so that a graded one can be told from a changed one. */
export function submissionDigest(
  bytes: Uint8Array,
  prepared: PreparedSet,
  student: string,
): string {
  return digestOf(prepared.digest, student, Buffer.from(bytes).toString("base64"));
}

/**
 * Grades one submission: restores the cells of the course, runs the notebook in a process of its
 * own, and lets the judge mark what that handed over. The same submission gives the same result.
 *
 * @param bytes of the notebook file, which may be anything
 * @throws Error only for a fault of the machine or of the problem set, never of the submission
 */
export async function gradeSubmission(
  bytes: Uint8Array,
  student: string,
  prepared: PreparedSet,
  tools: GradingTools,
): Promise<SubmissionResult> {
  const {release, set, course} = prepared;
  const trialSeed = hiddenSeed(prepared, student);
  const {restored, unreadable} = restoreSubmission(bytes, release);
  const run =
    unreadable === undefined
      ? await runSubmission(inRunOrder(restored.notebook), {...tools, student, trialSeed})
      : undefined;
  const judged = await tools.judge.mark({
    ...{judge: prepared.judge, student, trialSeed},
    answers: set.parts.flatMap((part) => {
      const answer = answerOf(part, restored, run);
      return answer === undefined ? [] : [[part.question, answer.json] as const];
    }),
  });
  const questions = questionResults(set.parts, {judged, restored, run});
  return {
    ...{format: 1, problemSet: set.name, course, student, seed: variant(course, student)},
    digest: submissionDigest(bytes, prepared, student),
    score: sumPoints(questions.map(({score}) => score)),
    maxScore: sumPoints(questions.filter(({manual}) => !manual).map(({maxScore}) => maxScore)),
    questions,
    flags: [
      ...(unreadable === undefined ? restored.flags : [unreadable]),
      ...wrongStudent(restored, student),
      ...killed(restored, run),
    ],
  };
}

/**
 * The notebook that is run for marks; of a file that is no notebook, the release without answers.
 *
 * @param bytes of the notebook file, which may be anything
 */
export function restoreSubmission(
  bytes: Uint8Array,
  release: Notebook,
): {restored: RestoredNotebook; unreadable: Flag | undefined} {
  const {notebook, flag} = readSubmission(bytes);
  const restored = restoreCells(release, notebook ?? {...release, cells: []});
  return {restored, unreadable: flag};
}

function readSubmission(
  bytes: Uint8Array,
): {notebook: Notebook; flag?: never} | {notebook?: never; flag: Flag} {
  const unreadable = (why: string): {flag: Flag} => ({
    flag: {kind: "unreadable", detail: `The file cannot be opened as a notebook: ${why}.`},
  });
  if (bytes.length === 0) return unreadable("it is empty, or no file");
  if (bytes.length > MAX_NOTEBOOK_BYTES) {
    return unreadable(`it has more than ${MAX_NOTEBOOK_BYTES / 2 ** 20} MiB`);
  }
  try {
    const text = new TextDecoder("utf-8", {fatal: true}).decode(bytes);
    const notebook = parseNotebook(asWeRead(text));
    if (notebook.cells.length > MAX_CELLS) return unreadable(`it has more than ${MAX_CELLS} cells`);
    const wellFormed = notebook.cells.every(
      (cell) =>
        typeof cell.id === "string" &&
        typeof cell.source === "string" &&
        typeof cell.metadata === "object" &&
        cell.metadata !== null,
    );
    return wellFormed ? {notebook} : unreadable("a cell has no source, id or metadata");
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Outputs of a submission are never looked at, and may be anything. Formats 4.0 to 4.4, which some
 * editors still write, are 4.5 without ids of cells.
 */
function asWeRead(text: string): string {
  const raw = JSON.parse(text) as {cells?: unknown; nbformat?: unknown; nbformat_minor?: unknown};
  if (!Array.isArray(raw?.cells)) return text;
  const {nbformat, nbformat_minor: minor} = raw;
  const isOld = nbformat === 4 && Number.isInteger(minor) && Number(minor) < 5;
  const cells = raw.cells.map((cell: object, at) => ({
    ...(isOld ? {id: `unnamed-${at + 1}`} : {}),
    ...{...cell, outputs: [], execution_count: null},
  }));
  return JSON.stringify({...raw, cells, ...(isOld ? {nbformat_minor: 5} : {})});
}

/** A mix-up that a person must sort out. */
function wrongStudent({typedId}: RestoredNotebook, student: string): Flag[] {
  if (typedId === undefined || typedId.normalize("NFC") === student.normalize("NFC")) return [];
  const shown = typedId.slice(0, MAX_SHOWN_ID);
  const detail = `The notebook says "${shown}", its folder "${student}": marked for "${student}".`;
  return [{kind: "wrong-student", detail}];
}

function killed({notebook}: RestoredNotebook, run: SubmissionRun | undefined): Flag[] {
  return (run?.killers ?? []).map(({cell: id, why, detail}) => {
    const cell = notebook.cells.find((one) => one.id === id);
    return {
      kind: why === "time" || why === "exit" ? "cell-killed-run" : "limit-reached",
      detail: `Cell ${cell === undefined ? id : nameOf(cell)} ${detail}.`,
    };
  });
}
