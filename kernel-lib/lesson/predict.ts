import {drawGuess, escapeHtml, formatNumber} from "../plot/index.js";
import type {Figure, GuessOptions} from "../plot/index.js";
import {emit} from "./display.js";

/** What a reader can guess: a number, or a value written as text, as in "[1, 9, 10]". */
export type Guess = number | string | boolean;

export interface PredictOptions {
  /** The reader's guess; leave it out, and the notebook still runs to its end. */
  guess?: Guess | undefined;
  /** Unit of a number, as in "nines"; with one, only a number is taken. Default none. */
  unit?: string;
  /**
   * Least and most that a number with a unit can be. Default [0, 100] for "%" and "percent", and
   * else no number below 0.
   */
  range?: readonly [least: number, most: number];
}

/** A question that was asked before the answer was shown. */
export class Prediction {
  readonly question: string;
  readonly unit: string;
  /** `undefined` until the reader commits to something that can be taken. */
  readonly guess: Guess | undefined;
  /** Why a guess was not taken, as a sentence for the reader; `undefined` if it was, or is none. */
  readonly refusal: string | undefined;

  constructor(question: string, {guess, unit = "", range}: PredictOptions = {}) {
    this.question = question;
    this.unit = unit;
    this.refusal = guess === undefined ? undefined : refusalOf(guess, unit, range);
    this.guess = this.refusal === undefined ? guess : undefined;
  }

  /**
   * The gap between the guess and the answer, in words.
   *
   * @param actual the answer, in the same unit
   */
  gap(actual: unknown): string {
    const {guess} = this;
    if (guess === undefined) return `No guess yet: the answer is ${this.withUnit(actual)}.`;
    const guessed = `You guessed ${this.withUnit(guess)}; it is ${literal(actual)}`;
    if (typeof guess === "number" && typeof actual === "number") {
      const gap = actual - guess;
      if (Math.abs(gap) <= 0.05 * Math.abs(actual)) return `${guessed}: well predicted.`;
      return `${guessed}, ${literal(Math.abs(gap))} ${gap < 0 ? "fewer" : "more"}.`;
    }
    return bare(literal(guess)) === bare(literal(actual))
      ? `${guessed}: well predicted.`
      : `${guessed}.`;
  }

  /**
   * Draws a numeric guess into the figure of the answer, as a line across, and puts the gap into
   * the caption. Without one only the caption changes.
   *
   * @param options the axis that was guessed, "y" if nothing is said
   * @throws RangeError if that axis has names instead of numbers
   */
  on(figure: Figure, actual: number, options: GuessOptions = {}): Figure {
    const place = typeof this.guess === "number" ? this.guess : undefined;
    return drawGuess(figure, place, this.gap(actual), options);
  }

  /** Shows question, answer and gap as one line, where no figure is needed. */
  reveal(actual: unknown): void {
    const line = `${this.question} ${this.gap(actual)}`;
    // JupyterLab shows the first line of a folded output: it must not be the answer.
    emit({"text/html": `The answer:\n<div>${escapeHtml(line)}</div>`, "text/plain": line});
  }

  private withUnit(value: unknown): string {
    return this.unit === "" ? literal(value) : `${literal(value)} ${this.unit}`;
  }
}

/**
 * Asks for a guess before the answer. Never blocks: without a guess everything still runs, and one
 * that is no answer to the question is set aside, with a message that says what to write.
 *
 * @param question one sentence that a number or a value can answer
 *
 * @example
 * import {predict} from "kernel-lib/lesson";
 * const guess = predict("How many nines are left?", {guess: 9, unit: "nines"});
 * guess.gap(2.7) // => 'You guessed 9 nines; it is 2.7, 6.3 fewer.'
 */
export function predict(question: string, options: PredictOptions = {}): Prediction {
  const prediction = new Prediction(question, options);
  const {guess, unit, refusal = "No guess yet."} = prediction;
  const answer =
    guess === undefined
      ? `${refusal} Write ${wanted(unit)} above and run this cell again; or go on without.`
      : `Your guess: ${literal(guess)}${unit === "" ? "" : ` ${unit}`}.`;
  emit({
    "application/vnd.glass-cloud.prediction+json": {
      question,
      unit,
      ...(guess === undefined ? {} : {guess}),
    },
    "text/html": `<p><strong>${escapeHtml(question)}</strong><br>${escapeHtml(answer)}</p>`,
    "text/plain": `${question}\n${answer}`,
  });
  return prediction;
}

function wanted(unit: string): string {
  if (unit === "") return "your guess";
  return isPercentage(unit) ? "a percentage" : `a number of ${unit}`;
}

function isPercentage(unit: string): boolean {
  return unit === "%" || unit === "percent";
}

/** Why a guess cannot be taken, or undefined if it can. */
function refusalOf(guess: unknown, unit: string, range?: readonly number[]): string | undefined {
  const given = typeof guess === "object" ? "an object" : literal(guess);
  const readable = ["number", "string", "boolean"].includes(typeof guess);
  if (!readable || Number.isNaN(guess)) return `Your guess is ${given}, and no value.`;
  if (unit === "") return undefined;
  if (typeof guess !== "number" || !Number.isFinite(guess)) {
    return `Your guess is ${given}; a number is asked for, without quotes or unit.`;
  }
  const [least = 0, most = isPercentage(unit) ? 100 : Infinity] = range ?? [];
  if (guess >= least && guess <= most) return undefined;
  const limits = most === Infinity ? `not below ${least}` : `from ${least} to ${most}`;
  return `Your guess is ${given}; the answer is ${limits}.`;
}

/** A value as one would type it: texts in quotes, lists in brackets. */
function literal(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "boolean") return String(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return `[${Array.from(value as ArrayLike<unknown>, literal).join(", ")}]`;
  }
  if (Number.isNaN(value)) return "NaN";
  return Number.isInteger(value) ? String(value) : formatNumber(value);
}

/** Without quotes and blanks, so that [1,10,9] and "[1, 10, 9]" are the same guess. */
function bare(text: string): string {
  return text.replace(/[\s"'`]/g, "");
}
