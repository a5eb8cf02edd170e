/**
 * The one look of all figures: Okabe-Ito colours (Okabe and Ito, "Color universal design", 2008),
 * doubled by marker and dash so that no message hangs on colour, 14 px text, an opaque light
 * ground that reads the same in a light and in a dark JupyterLab.
 */

/** Okabe-Ito, in the order in which series take them; yellow is left out: too faint on white. */
const COLORS: readonly string[] = [
  "#0072B2",
  "#D55E00",
  "#009E73",
  "#CC79A7",
  "#56B4E9",
  "#E69F00",
  "#000000",
];

const DASHES = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "solid"];
const MARKERS = ["circle", "square", "diamond", "triangle-up", "x", "cross", "star"];

/** Colour, dash and marker of one series, by its position. */
export function seriesStyle(index: number): {color: string; dash: string; symbol: string} {
  const at = index % COLORS.length;
  return {color: COLORS[at]!, dash: DASHES[at]!, symbol: MARKERS[at]!};
}

/** An axis of a Plotly layout. */
export function axis(title: string, extra: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    title: {text: wrap(title, 44), standoff: 12, font: {size: 14}},
    automargin: true,
    gridcolor: "#dddddd",
    linecolor: "#666666",
    zerolinecolor: "#666666",
    ...extra,
  };
}

/**
 * The layout that every figure shares; `series` are the names in the legend. `caption` becomes the subtitle, since JupyterLab shows the
 * Plotly drawing without the HTML caption around it.
 */
export function plotlyLayout(
  title: string,
  caption: string,
  series: readonly string[] = [],
): Record<string, unknown> {
  const subtitle = wrap(caption, 116);
  const titleLines = wrap(title, 76);
  const lines = subtitle.split("<br>").length;
  const legend = series.length > 1 ? LEGEND_LINE * legendLines(series) : 0;
  return {
    title: {
      text: `<b>${titleLines}</b>`,
      subtitle: {text: subtitle, font: {size: 12, color: "#444444"}},
      x: 0.01,
      xanchor: "left",
      y: 0.97,
      yanchor: "top",
      font: {size: 16},
    },
    font: {family: "system-ui, -apple-system, 'Segoe UI', sans-serif", size: 14, color: "#1a1a1a"},
    paper_bgcolor: "#ffffff",
    plot_bgcolor: "#ffffff",
    height: 400 + 16 * lines + legend,
    margin: {
      l: 70,
      r: 24,
      t: 48 + 20 * titleLines.split("<br>").length + 16 * lines,
      b: 60 + legend,
    },
    // Below the axis title: above the plot it would run into a caption of two lines.
    legend: {
      ...{orientation: "h", x: 0, y: 0.01, yref: "container", yanchor: "bottom"},
      font: {size: 13},
    },
    hovermode: "closest",
  };
}

/** Height of one line of the legend, in pixels. */
const LEGEND_LINE = 24;

/** How many lines the legend takes in the narrowest figure, a static image. */
function legendLines(series: readonly string[]): number {
  const width = series.reduce((sum, name) => sum + 7.5 * name.length + 60, 0);
  return Math.ceil(width / 680);
}

function wrap(text: string, columns: number): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.length - 1;
    if (lines[last] !== "" && lines[last]!.length + 1 + word.length > columns) lines.push(word);
    else lines[last] = lines[last] === "" ? word : `${lines[last]} ${word}`;
  }
  return lines.join("<br>");
}
