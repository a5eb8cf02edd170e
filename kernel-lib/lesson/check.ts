import {escapeHtml, formatNumber} from "../plot/index.js";
import {emit} from "./display.js";
import {hintsHtml} from "./hint.js";

export interface CheckOptions {
  /**
   * The right answer, or a test of it: a function that returns true, or a sentence that says what
   * is wrong. Compute it from the mechanism; a typed answer can be wrong.
   */
  expect: unknown;
  /** Absolute, for numbers. Default 0. */
  tolerance?: number;
  /** Unit of a number, as in "shards". */
  unit?: string;
  /** Up to three, from a nudge to nearly the answer; shown folded until the answer is right. */
  hints?: readonly string[];
}

/** `true` right, `false` not yet, `undefined` not answered. */
export type CheckResult = boolean | undefined;

/**
 * Marks an answer on the spot. Never throws and never shows the right answer, so that a notebook
 * runs to its end whatever the reader wrote. A number in quotes is a text, and is never right,
 * unless `expect` is a text or a list that holds one.
 *
 * @param label names the question, as in "check 3"
 * @param answer the reader's; `undefined` while there is none
 *
 * @example
 * import {check} from "kernel-lib/lesson";
 * check("check 1", 4, {expect: 4, unit: "shards"}) // => true
 * check("check 1", 3, {expect: 4, unit: "shards"}) // => false
 * check("check 1", undefined, {expect: 4}) // => undefined
 */
export function check(label: string, answer: unknown, options: CheckOptions): CheckResult {
  const {hints = [], unit = ""} = options;
  if (answer === undefined) {
    emitResult(label, undefined, "not answered yet", hints);
    return undefined;
  }
  const problem = problemOf(answer, options);
  const given = `${written(answer)}${unit === "" ? "" : ` ${unit}`}`;
  if (problem === undefined) emitResult(label, true, `${given} is right`, []);
  else emitResult(label, false, `${given} is not it${problem}`, hints);
  return problem === undefined;
}

/** What is wrong, as the end of a sentence, or undefined if nothing is. */
function problemOf(answer: unknown, {expect, tolerance = 0}: CheckOptions): string | undefined {
  const quoted = asList(expect).some((part) => typeof part === "string")
    ? undefined
    : asList(answer).find(isQuotedNumber);
  if (quoted !== undefined) {
    return `: write ${quoted.trim()} without quotes; in quotes it is a text, not a number`;
  }
  if (typeof expect === "function") {
    const verdict = askPredicate(expect as (answer: unknown) => true | string, answer);
    return verdict === true ? undefined : `: ${verdict}`;
  }
  if (typeof expect !== typeof answer) {
    return `: need a ${typeof expect}, got a ${typeof answer}`;
  }
  if (typeof expect === "number" && typeof answer === "number") {
    // Written so that NaN is wrong.
    return Math.abs(answer - expect) <= tolerance ? undefined : " yet";
  }
  return JSON.stringify(answer) === JSON.stringify(expect) ? undefined : " yet";
}

/** An answer as one would type it. */
function written(answer: unknown): string {
  if (Array.isArray(answer)) return `[${answer.map(written).join(", ")}]`;
  return typeof answer === "string" ? JSON.stringify(answer) : formatNumber(answer);
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isQuotedNumber(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value));
}

/** An answer of the wrong shape may make the test throw; that is an answer that is not right. */
function askPredicate(test: (answer: unknown) => true | string, answer: unknown): true | string {
  try {
    return test(answer);
  } catch (error) {
    return String(error);
  }
}

const MARK = {true: "✓", false: "✗", undefined: "○"} as const;

function emitResult(
  label: string,
  result: CheckResult,
  sentence: string,
  hints: readonly string[],
): void {
  const line = `${MARK[`${result}`]} ${label}: ${sentence}`;
  emit({
    "application/vnd.glass-cloud.check+json": {label, result: result ?? null},
    "text/html": `<div>${escapeHtml(line)}</div>${hintsHtml(hints)}`,
    "text/plain": line,
  });
}
