import type {Answer} from "./answer.js";

/** What one property of an answer was worth. */
export interface PropertyMark {
  name: string;
  points: number;
  held: boolean;
  /** What was wrong, as a sentence; empty where nothing was. */
  why: string;
  /** The hint that helps, counted from 1. */
  hint: number | undefined;
}

/** Where a problem set is being worked on: by a student, in a grader's child, or by the judge. */
export interface WorkContext {
  /** The id that the grader gives; `undefined` while a student works. */
  student: string | undefined;
  /** Decides the inputs that answers are tried on. */
  trialSeed: number;
  /** Whether marks are being given, so that nothing is shown or noted for a student. */
  grading: boolean;
  /** In the judge alone: what was handed in, by question, and the marks it gives for it. */
  judge: {answers: ReadonlyMap<string, Answer>; marks: Map<string, PropertyMark[]>} | undefined;
}

/** Public inputs: a student sees these; grading draws others. */
const PRACTICE_SEED = 1;

let judging: WorkContext | undefined;

/** The context now; the environment says whether a grader started this process. */
export function workContext(): WorkContext {
  if (judging !== undefined) return judging;
  const {GLASS_CLOUD_STUDENT: student, GLASS_CLOUD_TRIALS: trials} = process.env;
  return {
    student: student === "" ? undefined : student,
    trialSeed: trials === undefined ? PRACTICE_SEED : Number(trials),
    grading: trials !== undefined,
    judge: undefined,
  };
}

/** Runs the judge's half of a problem set. One at a time: cells have no other place to look. */
export async function judgeIn(context: WorkContext, work: () => Promise<void>): Promise<void> {
  if (judging !== undefined) throw new Error("Cannot judge two submissions at once in one thread");
  judging = context;
  try {
    await work();
  } finally {
    judging = undefined;
  }
}
