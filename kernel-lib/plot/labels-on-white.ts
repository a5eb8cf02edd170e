import type {PlotlyJson} from "./figure.js";

/** What is read of a trace that `barChart` or `scatterChart` made. */
interface LabelledTrace {
  type: string;
  mode?: string;
  x: readonly unknown[];
  y: readonly unknown[];
  text?: readonly string[];
  textposition?: string | readonly string[];
}

/** Plotly's share of a category that bars take: 1 less its default `bargap`. */
const BARS_WIDTH = 0.8;
/** From a point's centre to its label. */
const POINT_GAP = 7;

/**
 * The labels of bars and points as annotations with a white ground, and the traces without them:
 * a line that crosses the figure then passes behind each label instead of through it.
 */
export function labelsOnWhite({data, layout}: Pick<PlotlyJson, "data" | "layout">): {
  data: readonly Record<string, unknown>[];
  annotations: readonly Record<string, unknown>[];
} {
  const traces = data as unknown as readonly LabelledTrace[];
  const bars = traces.filter((trace) => trace.type === "bar");
  const onX = scaleOf(
    layout["xaxis"],
    traces.flatMap(({x}) => x),
  );
  const onY = scaleOf(layout["yaxis"], []);
  const annotations = traces.flatMap((trace) => {
    const slot = bars.indexOf(trace) - (bars.length - 1) / 2;
    const offset = trace.type === "bar" ? (slot * BARS_WIDTH) / bars.length : 0;
    return (trace.text ?? []).map((text, at) => ({
      ...{text, x: onX(trace.x[at]) + offset, y: onY(trace.y[at])},
      ...{xanchor: "center", ...side(trace, at)},
      ...{showarrow: false, borderpad: 1, bgcolor: "#ffffff", font: {size: 12}},
    }));
  });
  return {data: data.map(withoutLabels), annotations};
}

/** Where Plotly counts from: a name's position among the names, or a number's logarithm. */
function scaleOf(axis: unknown, names: readonly unknown[]): (value: unknown) => number {
  const {type} = axis as {type?: string};
  const order = [...new Set(names)];
  if (type === "category") return (value) => order.indexOf(value);
  return (value) => (type === "log" ? Math.log10(Number(value)) : Number(value));
}

/** On which side of the bar's end or the point the label stands. */
function side({type, y, textposition}: LabelledTrace, at: number): Record<string, unknown> {
  const above = type === "bar" ? Number(y[at]) >= 0 : textposition?.[at] !== "bottom center";
  const gap = type === "bar" ? 1 : POINT_GAP;
  return above ? {yanchor: "bottom", yshift: gap} : {yanchor: "top", yshift: -gap};
}

/** The texts stay, for the box that a pointer opens. */
function withoutLabels(trace: Record<string, unknown>): Record<string, unknown> {
  if (trace["text"] === undefined) return trace;
  return trace["type"] === "bar" ? {...trace, textposition: "none"} : {...trace, mode: "markers"};
}
