import {drawGuess, escapeHtml, formatNumber} from "../plot/index.js";
import type {Figure} from "../plot/index.js";
import {emit} from "./display.js";

export interface PredictOptions {
  /** The reader's number; leave it out, and the notebook still runs to its end. */
  guess?: number | undefined;
  /** Unit of the guess, as in "nines". */
  unit: string;
}

/** A question that was asked before the answer was shown. */
export class Prediction {
  readonly question: string;
  readonly unit: string;
  /** `undefined` until the reader commits to a number. */
  readonly guess: number | undefined;

  constructor(question: string, {guess, unit}: PredictOptions) {
    if (guess !== undefined && (typeof guess !== "number" || Number.isNaN(guess))) {
      throw new TypeError(`Cannot take the guess: need a number, got ${String(guess)}`);
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
  gap(actual: number): string {
    if (this.guess === undefined) {
      return `No guess yet: the answer is ${formatNumber(actual)} ${this.unit}.`;
    }
    const gap = actual - this.guess;
    const guessed = `You guessed ${formatNumber(this.guess)} ${this.unit}; it is ${formatNumber(actual)}`;
    if (Math.abs(gap) <= 0.05 * Math.abs(actual)) return `${guessed}: well predicted.`;
    return `${guessed}, ${formatNumber(Math.abs(gap))} ${gap < 0 ? "fewer" : "more"}.`;
  }

  /**
   * Draws the guess into the figure of the answer, as a line across at its height, and puts the
   * gap into the caption. Without a guess only the caption changes.
   */
  on(figure: Figure, actual: number): Figure {
    return drawGuess(figure, this.guess, this.gap(actual));
  }
}

/**
 * Asks for a guess before the answer. Never blocks: without a guess everything still runs.
 *
 * @param question one sentence that a number can answer
 * @throws TypeError if the guess is no number
 *
 * @example
 * import {predict} from "kernel-lib/lesson";
 * const guess = predict("How many nines are left?", {guess: 9, unit: "nines"});
 * guess.gap(2.7) // => 'You guessed 9 nines; it is 2.7, 6.3 fewer.'
 */
export function predict(question: string, options: PredictOptions): Prediction {
  const prediction = new Prediction(question, options);
  const {guess, unit} = prediction;
  const answer =
    guess === undefined
      ? `No guess yet. Write a number of ${unit} above and run this cell again; or go on without.`
      : `Your guess: ${formatNumber(guess)} ${unit}.`;
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
