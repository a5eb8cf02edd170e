import {barChart, drawGuess, lineChart, scatterChart} from "kernel-lib/plot";
import type {ChartOptions, Figure} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";

const rows = [
  {layout: "two zones", overhead: 1.5, nines: 2.7, code: "RS(6,2)"},
  {layout: "four zones", overhead: 1.5, nines: 6.8, code: "RS(6,2)"},
  {layout: "four zones", overhead: 1.8, nines: -1, code: "RS(5,4)"},
];
const texts = {title: "Four zones keep more", alt: "From 2.7 to 6.8 nines.", caption: "Exact."};
const named: ChartOptions = {x: "layout", y: "nines", yLabel: "nines (per year)", ...texts};
const numeric: ChartOptions = {...named, x: "overhead", xLabel: "stored bytes (per byte)"};

interface Layout {
  shapes?: Record<string, unknown>[];
  annotations?: Record<string, unknown>[];
  margin: {r: number; t: number};
  title: {subtitle: {text: string}};
  yaxis: Record<string, unknown>;
}

function layoutOf(figure: Figure): Layout {
  return figure.plotly.layout as unknown as Layout;
}

/** The labels that a guess at a height redraws, and the one that names the line. */
function annotationsOf(figure: Figure): Record<string, unknown>[] {
  return layoutOf(drawGuess(figure, 3, "Words.")).annotations!;
}

describe("drawGuess", () => {
  it("drawGuess() draws a line across at the guess, and writes the gap", () => {
    const guessed = layoutOf(drawGuess(barChart(rows, named), 9, 'You "guessed" <9>.'));
    expect(guessed.shapes).toMatchObject([{xref: "paper", x0: 0, x1: 1, y0: 9, y1: 9}]);
    expect(guessed.title.subtitle.text).toContain('<b>You "guessed" &lt;9&gt;.</b><br>');
  });

  it("drawGuess() without a guess draws nothing and leaves the labels as they are", () => {
    const answer = barChart(rows, named);
    const unguessed = drawGuess(answer, undefined, "No guess.");
    expect(unguessed.plotly.data).toEqual(answer.plotly.data);
    expect(layoutOf(unguessed).shapes).toBeUndefined();
    expect(layoutOf(unguessed).annotations).toBeUndefined();
    expect(unguessed.caption).toBe("No guess. Exact.");
  });

  it("drawGuess() can draw along the other axis, and refuses one that has names", () => {
    const guessed = layoutOf(drawGuess(lineChart(rows, numeric), 2, "Words.", {axis: "x"}));
    expect(guessed.shapes).toMatchObject([{yref: "paper", y0: 0, y1: 1, x0: 2, x1: 2}]);
    expect(() => drawGuess(lineChart(rows, named), 2, "Words.", {axis: "x"})).toThrow(
      "Cannot draw a guess: the x axis has names",
    );
  });

  it("the line is named outside the plot, where room is made, so that no edge cuts its name off", () => {
    const answer = lineChart(rows, numeric);
    const before = layoutOf(answer).margin;
    const across = layoutOf(drawGuess(answer, 99, "Words."));
    expect(across.annotations).toMatchObject([{xref: "paper", x: 1, xanchor: "left", y: 99}]);
    expect(across.margin.r).toBe(before.r + 60);
    const upright = layoutOf(drawGuess(answer, 99, "Words.", {axis: "x"}));
    expect(upright.annotations).toMatchObject([{yref: "paper", y: 1, yanchor: "bottom", x: 99}]);
    expect(upright.margin.t).toBe(before.t + 20);
  });

  it("the labels of bars stand on white beside the line, each at the end of its own bar", () => {
    const answer = barChart(rows, {...named, series: "code"});
    expect(annotationsOf(answer)).toMatchObject([
      {text: "2.7", x: -0.2, y: 2.7, yanchor: "bottom", bgcolor: "#ffffff"},
      {text: "6.8", x: 0.8, y: 6.8, yanchor: "bottom", bgcolor: "#ffffff"},
      {text: "-1", x: 1.2, y: -1, yanchor: "top", bgcolor: "#ffffff"},
      {y: 3, xref: "paper"},
    ]);
    const traces = drawGuess(answer, 3, "Words.").plotly.data;
    expect(traces.map((trace) => trace["textposition"])).toEqual(["none", "none"]);
    expect(traces.map(({y}) => y)).toEqual(answer.plotly.data.map(({y}) => y));
  });

  it("the labels of points stand on white, above and below in turn as before", () => {
    const answer = scatterChart(rows, {...numeric, label: "code"});
    expect(annotationsOf(answer)).toMatchObject([
      {text: "RS(6,2)", x: 1.5, y: 2.7, yanchor: "bottom", bgcolor: "#ffffff"},
      {text: "RS(6,2)", x: 1.5, y: 6.8, yanchor: "top", bgcolor: "#ffffff"},
      {text: "RS(5,4)", x: 1.8, y: -1, yanchor: "bottom", bgcolor: "#ffffff"},
      {y: 3, xref: "paper"},
    ]);
    expect(drawGuess(answer, 3, "Words.").plotly.data[0]).toMatchObject({mode: "markers"});
  });

  it("on a logarithmic axis the line is at the number, its name at the logarithm", () => {
    const answer = lineChart(rows.slice(0, 2), {...numeric, logY: true});
    const guessed = layoutOf(drawGuess(answer, 1000, "Words."));
    expect(guessed.shapes).toMatchObject([{y0: 1000, y1: 1000}]);
    expect(guessed.annotations).toMatchObject([{y: 3}]);
    expect(layoutOf(answer).yaxis).toMatchObject({dtick: "D1"});
    expect(guessed.yaxis).toMatchObject({dtick: 1, exponentformat: "power"});
  });

  it("drawGuess() draws no line at zero or below on a logarithmic axis, and says why", () => {
    const answer = scatterChart(rows, {...numeric, logY: true});
    for (const guess of [0, -1]) {
      const guessed = drawGuess(answer, guess, "Words.");
      expect(layoutOf(guessed).shapes).toBeUndefined();
      expect(guessed.caption).toContain(`(${guess} has no place on this logarithmic axis.)`);
    }
  });
});
