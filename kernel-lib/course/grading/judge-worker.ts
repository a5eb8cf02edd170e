/**
 * The judge's thread: imports a judge module and asks it for the marks of one submission. Answers
 * come in as text, and nothing of a submission runs here; what can still go wrong is a hidden test
 * that an odd answer sends round in circles, and for that the thread can be ended.
 */
import {DISPLAY_HOOK} from "../../lesson/index.js";
import {parseAnswer} from "../answer.js";
import type {Answer} from "../answer.js";
import {judgeIn} from "../context.js";
import type {PropertyMark} from "../context.js";
import {asked, MAX_WHY} from "../question.js";
import type {Tier} from "../question.js";

export interface JudgeTask {
  /** `file:` address of the module that `judgeModule` wrote. */
  judge: string;
  student: string;
  trialSeed: number;
  /** By question: what the child handed over. */
  answers: readonly (readonly [question: string, json: string])[];
}

export interface JudgedQuestion {
  id: string;
  title: string;
  tier: Tier;
  points: number;
  hints: readonly string[];
  /** Empty of an essay, which a person marks. */
  marks: readonly PropertyMark[];
  /** Why there was nothing to mark; empty where there was. */
  problem: string;
}

/** Figures and tables of the given cells are drawn where nobody looks. */
(globalThis as {[DISPLAY_HOOK]?: () => void})[DISPLAY_HOOK] = () => undefined;

export default async function judge(task: JudgeTask): Promise<JudgedQuestion[]> {
  const module = (await import(task.judge)) as {judge(): Promise<void>};
  const answers = new Map(task.answers.map(([question, json]) => [question, readAnswer(json)]));
  const marks = new Map<string, PropertyMark[]>();
  asked.clear();
  await judgeIn(
    {student: task.student, trialSeed: task.trialSeed, grading: true, judge: {answers, marks}},
    () => module.judge(),
  );
  return [...asked.values()].map(({id, title, tier, points, hints}) => {
    const answer = answers.get(id);
    const problem = answer === undefined || answer.ok ? "" : answer.problem;
    return {id, title, tier, points, hints, marks: marks.get(id) ?? [], problem};
  });
}

/** Hostile text: whatever it is, it becomes an answer, at worst one that cannot be read. */
function readAnswer(json: string): Answer {
  try {
    const answer = JSON.parse(json) as {ok?: unknown; value?: unknown; problem?: unknown};
    if (answer.ok === true) return {ok: true, value: parseAnswer(JSON.stringify(answer.value))};
    return {ok: false, problem: String(answer.problem).slice(0, MAX_WHY)};
  } catch (error) {
    return {ok: false, problem: `the answer cannot be read: ${String(error)}`};
  }
}
