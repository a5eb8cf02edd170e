import type {Figure} from "./figure.js";
import {labelsOnWhite} from "./labels-on-white.js";
import {logAxis} from "./log-axis.js";

/** For a reader's guess, and for nothing else. */
const GUESS_COLOR = "#000000";

/** Room beside the plot for the words "your guess", in pixels. */
const LABEL_WIDTH = 60;
const LABEL_HEIGHT = 20;

export interface GuessOptions {
  /** The axis that has the unit of the guess. Default "y". */
  axis?: "x" | "y";
}

/**
 * Draws a reader's guess into the figure of the answer: a dashed line across, named outside the
 * plot, and the gap in words before the caption. The labels of bars and points stay readable
 * where the line crosses them.
 *
 * @param guess the reader's number, or undefined for none: then only the words are added
 * @param words the gap, as one sentence
 * @throws RangeError if the axis holds names, on which no number has a place
 *
 * @example
 * import {barChart, drawGuess} from "kernel-lib/plot";
 * const answer = barChart([{layout: "two zones", nines: 2.7}], {
 *   x: "layout", y: "nines", title: "Two zones keep few nines", yLabel: "nines (per year)",
 *   alt: "One bar: 2.7 nines.", caption: "Exact.",
 * });
 * drawGuess(answer, 9, "You guessed 9.").caption // => 'You guessed 9. Exact.'
 */
export function drawGuess(
  figure: Figure,
  guess: number | undefined,
  words: string,
  {axis = "y"}: GuessOptions = {},
): Figure {
  const {layout} = figure.plotly;
  const {type} = layout[`${axis}axis`] as {type?: string};
  if (type === "category") throw new RangeError(`Cannot draw a guess: the ${axis} axis has names`);
  const title = layout["title"] as {subtitle: {text: string}};
  // On a logarithmic axis zero lies infinitely far down, and a line there would flatten the figure.
  const drawable = guess !== undefined && !(type === "log" && guess <= 0);
  const sentence =
    guess !== undefined && !drawable
      ? `${words} (${guess} has no place on this logarithmic axis.)`
      : words;
  const text = `<b>${escapeForPlotly(sentence)}</b><br>${title.subtitle.text}`;
  const lined = drawable ? withLine(figure, guess, axis) : figure;
  return lined.with({
    lead: "The answer, and your guess:",
    caption: `${sentence} ${figure.caption}`,
    layout: {
      ...lined.plotly.layout,
      title: {...title, subtitle: {...title.subtitle, text}},
    },
  });
}

/** Plotly reads tags and these three entities; any other, as that of a quote, it prints as it is. */
function escapeForPlotly(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function withLine(figure: Figure, guess: number, axis: "x" | "y"): Figure {
  const {data, annotations} = labelsOnWhite(figure.plotly);
  const {layout} = figure.plotly;
  const scale = layout[`${axis}axis`] as {type?: string};
  const logarithmic = scale.type === "log";
  const drawn = data.flatMap((trace) => trace[axis] as unknown[]);
  const {r, t, ...margin} = layout["margin"] as {r: number; t: number};
  const room =
    axis === "y" ? {r: r + LABEL_WIDTH, t} : {r: r + LABEL_WIDTH / 2, t: t + LABEL_HEIGHT};
  // Plotly takes a shape's place as the number itself, and an annotation's as its logarithm.
  const place = logarithmic ? Math.log10(guess) : guess;
  return figure.with({
    data,
    layout: {
      ...layout,
      [`${axis}axis`]: {...scale, ...(logarithmic ? logAxis([...drawn, guess]) : {})},
      margin: {...margin, ...room},
      shapes: [guessLine(guess, axis)],
      annotations: [...annotations, guessLabel(place, axis)],
    },
  });
}

function guessLine(guess: number, axis: "x" | "y"): Record<string, unknown> {
  const along = axis === "y" ? "x" : "y";
  return {
    type: "line",
    [`${along}ref`]: "paper",
    [`${along}0`]: 0,
    [`${along}1`]: 1,
    [`${axis}0`]: guess,
    [`${axis}1`]: guess,
    line: {color: GUESS_COLOR, dash: "dash", width: 2},
  };
}

/** Outside the plot, at the end of the line: there it is never cut off, and covers nothing. */
function guessLabel(place: number, axis: "x" | "y"): Record<string, unknown> {
  const end =
    axis === "y"
      ? {xref: "paper", x: 1, xanchor: "left", xshift: 6, y: place, yanchor: "middle"}
      : {yref: "paper", y: 1, yanchor: "bottom", x: place, xanchor: "center"};
  const text = axis === "y" ? "your<br>guess" : "your guess";
  return {...end, text, align: "left", showarrow: false, font: {size: 13, color: GUESS_COLOR}};
}
