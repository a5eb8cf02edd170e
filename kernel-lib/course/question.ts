import {emit} from "../lesson/index.js";
import {escapeHtml} from "../plot/index.js";
import {answerJson, parseAnswer} from "./answer.js";
import type {Answer} from "./answer.js";
import {workContext} from "./context.js";
import type {PropertyMark} from "./context.js";
import {noteTry, takeHint} from "./progress-file.js";
import {STUB_MESSAGE} from "./source/regions.js";
import {hashNames} from "./variant.js";

/** 1: recall and compute. 2: build, change, find. 3: explain; a person marks it. */
export type Tier = 1 | 2 | 3;

export interface QuestionOptions {
  title: string;
  /** Whole number >= 1; the properties that `grade` tests share it out. */
  points: number;
  tier: Tier;
  /** From a nudge to nearly the answer. */
  hints: readonly [string, string, string];
}

/**
 * A test of an answer: true, or false, or a sentence that says what is wrong; a throw counts as wrong.
 *
 * The answer is `any`, the only one in the library: whoever writes a test knows what the question asks
 * for, the compiler cannot, and a cell has no casts.
 */
export type Holds = (answer: any) => boolean | string;

/** One thing that must be true of an answer, and what it is worth. */
export interface Property {
  /** A sentence, as in "restores every pair of lost shards". Students read it in their feedback. */
  name: string;
  points: number;
  holds: Holds;
  /** Which of the three hints helps whoever fails here, counted from 1. */
  hint?: 1 | 2 | 3;
}

/** MIME type under which a grader's child hands over an answer. */
export const ANSWER_TYPE = "application/vnd.glass-cloud.answer+json";

/** Said also where a cell did not compile, since the one that was released is then still in force. */
const UNWRITTEN =
  "not answered yet. Write in the cell above and run it; if it shows an error, mend that first";

/** A reason may quote an answer, which may be long. In UTF-16 units. */
export const MAX_WHY = 500;

/** All questions asked in this process, in order. */
export const asked: Map<string, Question> = new Map();

/** A question of a problem set: what it asks for, what is handed in, and what that is worth. */
export class Question {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  readonly tier: Tier;
  readonly hints: QuestionOptions["hints"];

  constructor(id: string, {title, points, tier, hints}: QuestionOptions) {
    if (!Number.isInteger(points) || points < 1) {
      throw new RangeError(`Cannot ask ${id}: need a whole number of points >= 1, got ${points}`);
    }
    if (hints.length !== 3) {
      throw new RangeError(`Cannot ask ${id}: need three hints, got ${hints.length}`);
    }
    this.id = id;
    this.title = title;
    this.points = points;
    this.tier = tier;
    this.hints = hints;
  }

  /**
   * Shows one hint more each time it is run, and counts it, for the student's own eyes. Nothing
   * while grading, where nobody reads it.
   */
  hint(): void {
    if (workContext().grading) return;
    const shown = takeHint(this.id, this.hints.length);
    const lines = this.hints
      .slice(0, shown)
      .map((text, at) => `${this.id}, hint ${at + 1} of ${this.hints.length}: ${text}`);
    // Not folded: whoever ran the cell asked for it.
    emit({
      "text/html": lines.map((line) => `<p>${escapeHtml(line)}</p>`).join(""),
      "text/plain": lines.join("\n"),
    });
  }

  /**
   * Runs the student's code and hands its result in. An error is handed in, too: it never stops
   * the notebook.
   *
   * @param observe calls what the student wrote; not called by the judge, who has the answer already
   * @returns the answer as the judge will see it
   */
  submit(observe: () => unknown): Answer {
    const {judge, grading} = workContext();
    if (judge !== undefined) {
      return judge.answers.get(this.id) ?? {ok: false, problem: "nothing was handed in"};
    }
    const {answer, json} = observed(observe, grading);
    if (grading) {
      emit({[ANSWER_TYPE]: {question: this.id, json}, "text/plain": `${this.id}: handed in`});
    }
    return answer;
  }

  /** Tells the student at once what can be seen without the hidden tests. */
  check(answer: Answer, holds: Holds): void {
    if (workContext().grading) return;
    const verdict = answer.ok ? verdictOf(holds, answer.value) : answer.problem;
    const written = verdict === true || !verdict.includes(STUB_MESSAGE);
    if (written) noteTry(this.id, verdict === true);
    const [mark, sentence] = !written
      ? ["○", UNWRITTEN]
      : verdict === true
        ? ["✓", "passes what can be checked here; hidden tests give the marks"]
        : ["✗", verdict];
    const line = `${mark} ${this.id} (${this.title}): ${sentence}`;
    emit({"text/html": `<div>${escapeHtml(line)}</div>`, "text/plain": line});
  }

  /**
   * Marks an answer: the hidden half of a test cell, never part of a release.
   *
   * @param properties whose points add up to the question's
   * @returns the points, so that nbgrader's own executor gives partial credit
   * @throws RangeError if the points do not add up, or a property is worth less than nothing
   */
  grade(answer: Answer, properties: readonly Property[]): number {
    const odd = properties.find(({points}) => !(points >= 0));
    if (odd !== undefined) {
      throw new RangeError(
        `Cannot grade ${this.id}: need points >= 0 for "${odd.name}", got ${odd.points}`,
      );
    }
    const sum = properties.reduce((total, {points}) => total + points, 0);
    if (!(Math.abs(sum - this.points) <= 1e-9)) {
      throw new RangeError(`Cannot grade ${this.id}: need ${this.points} points, got ${sum}`);
    }
    const marks = properties.map((property) => markOf(property, answer));
    workContext().judge?.marks.set(this.id, marks);
    return marks.reduce((total, {points, held}) => total + (held ? points : 0), 0);
  }
}

/**
 * Asks a question of a problem set.
 *
 * @param id as in "q3": the name under which answers and marks are kept
 * @throws RangeError if points are no whole number >= 1, or there are not three hints
 *
 * @example
 * import {question} from "kernel-lib/course";
 * const q1 = question("q1", {title: "Count", points: 2, tier: 1, hints: ["a", "b", "c"]});
 * const answer1 = q1.submit(() => [1, 2, 3].length);
 * q1.grade(answer1, [{name: "counts", points: 2, holds: (given) => given === 3}]) // => 2
 */
export function question(id: string, options: QuestionOptions): Question {
  const one = new Question(id, options);
  asked.set(id, one);
  return one;
}

/**
 * A seed for the inputs that an answer is tried on. A student sees a practice seed, the same for
 * all; grading draws another, so that remembering the practice inputs helps nobody.
 *
 * @param question as in "q3", so that two questions are tried on different inputs
 *
 * @example
 * import {trialSeed} from "kernel-lib/course";
 * trialSeed("q1") === trialSeed("q1") // => true
 */
export function trialSeed(question: string): number {
  return hashNames([String(workContext().trialSeed), question]);
}

function observed(observe: () => unknown, grading: boolean): {answer: Answer; json: string} {
  try {
    const json = answerJson(observe());
    return {answer: {ok: true, value: parseAnswer(json)}, json: `{"ok":true,"value":${json}}`};
  } catch (error) {
    const place = grading ? "" : placeOf(error);
    const answer: Answer = {ok: false, problem: `${wordsOf(error)}${place}`};
    return {answer, json: JSON.stringify(answer)};
  }
}

/** Where in the student's cells it was thrown, as our kernel writes stacks; empty elsewhere. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? error.stack : undefined;
  const [, cell, line] = /(cell \[\d+\]):(\d+)/.exec(typeof stack === "string" ? stack : "") ?? [];
  return cell === undefined ? "" : `, in ${cell}, line ${line}`;
}

function verdictOf(holds: Holds, value: unknown): true | string {
  try {
    const verdict: unknown = holds(value);
    if (typeof verdict === "string") return verdict;
    // Nothing but true is right: also a promise is no false.
    return verdict === true || "not yet";
  } catch (error) {
    return (
      `the test could not read your answer (${wordsOf(error)}): ` +
      "is it of the form that the question asks for?"
    );
  }
}

/** Of whatever was thrown: a student's object may have no text, or throw when asked for it. */
function wordsOf(error: unknown): string {
  try {
    return String(error).slice(0, MAX_WHY);
  } catch {
    return "a thrown value that has no text";
  }
}

function markOf({name, points, holds, hint}: Property, answer: Answer): PropertyMark {
  const verdict = answer.ok ? verdictOf(holds, answer.value) : answer.problem;
  const why = verdict === true ? "" : verdict.slice(0, MAX_WHY);
  return {name, points, held: verdict === true, why, hint};
}
