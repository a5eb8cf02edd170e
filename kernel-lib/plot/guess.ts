import type {Figure} from "./figure.js";
import {escapeHtml} from "./html.js";

/** For a reader's guess, and for nothing else. */
const GUESS_COLOR = "#000000";

/**
 * Draws a reader's guess into the figure of the answer: a dashed line across at its height, and
 * the gap in words before the caption.
 *
 * @param figure whose vertical axis has the unit of the guess
 * @param guess the reader's number, or undefined for none: then only the words are added
 * @param words the gap, as one sentence
 *
 * @example
 * import {barChart, drawGuess} from "kernel-lib/plot";
 * const answer = barChart([{layout: "two zones", nines: 2.7}], {
 *   x: "layout", y: "nines", title: "Two zones keep few nines", yLabel: "nines (per year)",
 *   alt: "One bar: 2.7 nines.", caption: "Exact.",
 * });
 * drawGuess(answer, 9, "You guessed 9.").caption // => 'You guessed 9. Exact.'
 */
export function drawGuess(figure: Figure, guess: number | undefined, words: string): Figure {
  const {layout} = figure.plotly;
  const title = layout["title"] as {subtitle: {text: string}};
  // On a logarithmic axis zero lies infinitely far down, and a line there would flatten the figure.
  const logarithmic = (layout["yaxis"] as {type?: string}).type === "log";
  const drawable = guess !== undefined && !(logarithmic && guess <= 0);
  const sentence =
    guess !== undefined && !drawable
      ? `${words} (${guess} has no place on this logarithmic axis.)`
      : words;
  const text = `<b>${escapeHtml(sentence)}</b><br>${title.subtitle.text}`;
  return figure.with({
    lead: "The answer, and your guess:",
    caption: `${sentence} ${figure.caption}`,
    layout: {
      ...layout,
      title: {...title, subtitle: {...title.subtitle, text}},
      ...(drawable ? {shapes: [guessLine(guess)]} : {}),
    },
  });
}

function guessLine(guess: number): Record<string, unknown> {
  return {
    type: "line",
    xref: "paper",
    x0: 0,
    x1: 1,
    y0: guess,
    y1: guess,
    line: {color: GUESS_COLOR, dash: "dash", width: 2},
    label: {text: "your guess", textposition: "end", font: {size: 13}},
  };
}
