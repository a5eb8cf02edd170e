import {drawGuess, escapeHtml, formatNumber} from "../plot/index.js";
import type {Figure, GuessOptions} from "../plot/index.js";
import {emit} from "./display.js";

/** What a reader can guess: a number, or a value written as text, as in "[1, 9, 10]". */
export type Guess = number | string | boolean;

export interface PredictOptions {
  /** The reader's guess; leave it out, and the notebook still runs to its end. */
  guess?: Guess | undefined;
  /** Unit of a number, as in "nines". Default none. */
  unit?: string;
}

/** A question that was asked before the answer was shown. */
export class Prediction {
  readonly question: string;
  readonly unit: string;
  /** `undefined` until the reader commits to something. */
  readonly guess: Guess | undefined;

  /** @throws TypeError if the guess is no number, text or boolean */
  constructor(question: string, {guess, unit = ""}: PredictOptions = {}) {
    if (guess !== undefined && !["number", "string", "boolean"].includes(typeof guess)) {
      throw new TypeError(`Cannot take the guess: need a number or a text, got ${typeof guess}`);
    }
    if (typeof guess === "number" && Number.isNaN(guess)) {
      throw new TypeError("Cannot take the guess: need a number, got NaN");
    }
    this.question = question;
    this.unit = unit;
    this.guess = guess;
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
 * Asks for a guess before the answer. Never blocks: without a guess everything still runs.
 *
 * @param question one sentence that a number or a value can answer
 * @throws TypeError if the guess is no number, text or boolean
 *
 * @example
 * import {predict} from "kernel-lib/lesson";
 * const guess = predict("How many nines are left?", {guess: 9, unit: "nines"});
 * guess.gap(2.7) // => 'You guessed 9 nines; it is 2.7, 6.3 fewer.'
 */
export function predict(question: string, options: PredictOptions = {}): Prediction {
  const prediction = new Prediction(question, options);
  const {guess, unit} = prediction;
  const wanted = unit === "" ? "your guess" : `a number of ${unit}`;
  const answer =
    guess === undefined
      ? `No guess yet. Write ${wanted} above and run this cell again; or go on without.`
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
