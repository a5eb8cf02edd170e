import {barChart, Figure, lineChart, scatterChart, STATIC_IMAGE_SLOT} from "kernel-lib/plot";
import type {ChartOptions} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";

const rows = [
  {zones: 2, nines: 2.699, code: "RS(6,2)"},
  {zones: 4, nines: 6.773, code: "RS(6,2)"},
  {zones: 4, nines: 8.69, code: "RS(5,4)"},
];
const options: ChartOptions = {
  x: "zones",
  y: "nines",
  series: "code",
  yLabel: "nines (per stripe and year)",
  title: "Four zones keep more",
  alt: "Two lines; RS(6,2) rises from 2.7 to 6.8 nines.",
  caption: "Exact & <simple>.",
};

describe("Figure", () => {
  it("a figure offers Plotly JSON, HTML and text, and shows itself under Deno's convention", () => {
    const figure = lineChart(rows, options);
    const bundle = figure.mimeBundle();
    expect(Object.keys(bundle)).toEqual([
      "application/vnd.plotly.v1+json",
      "text/html",
      "text/plain",
    ]);
    const shown = (figure as unknown as Record<symbol, () => unknown>)[
      Symbol.for("Jupyter.display")
    ]!();
    expect(shown).toEqual(bundle);
    expect(JSON.parse(JSON.stringify(figure.plotly))).toEqual(figure.plotly);
  });

  it("the HTML carries alt text, caption, data table and a place for the static image", () => {
    const html = lineChart(rows, options).mimeBundle()["text/html"] as string;
    expect(html).toContain(`aria-label="${options.alt}"`);
    expect(html).toContain("Exact &amp; &lt;simple&gt;.");
    expect(html).toContain('<td style="text-align:right">6.773</td>');
    expect(html.split(STATIC_IMAGE_SLOT)).toHaveLength(2);
  });

  it("the data table stops at 40 rows and says how many are missing", () => {
    const many = Array.from({length: 43}, (_, zones) => ({zones, nines: 1, code: "c"}));
    const html = lineChart(many, options).mimeBundle()["text/html"] as string;
    expect(html).toContain("The first 40 rows; 3 more are not shown");
    expect(html.match(/<tr>/g)).toHaveLength(41);
  });

  it("the text is title, sparkline with its range, and caption", () => {
    expect(lineChart(rows, options).describe()).toBe(
      "Four zones keep more\n▃▆█  2.699 … 8.69\nExact & <simple>.",
    );
  });

  it.each([
    ["title", ""],
    ["alt", ""],
    ["alt", "no number here"],
    ["caption", " "],
    ["yLabel", ""],
  ])("a figure with %s %j is refused", (name, value) => {
    expect(() => barChart(rows, {...options, [name]: value})).toThrow(RangeError);
  });

  it("scatterChart() draws points without lines, named by a column if one is given", () => {
    const named = scatterChart(rows, {...options, label: "code"});
    expect(named.plotly.data[0]).toMatchObject({
      mode: "markers+text",
      text: ["RS(6,2)", "RS(6,2)"],
    });
    expect(scatterChart(rows, options).plotly.data[0]).toMatchObject({mode: "markers"});
    expect(() => scatterChart(rows, {...options, label: "name"})).toThrow('no column "name"');
  });

  it("a missing column is named together with those that exist, and no rows are no figure", () => {
    expect(() => barChart(rows, {...options, y: "ninez"})).toThrow(
      'Cannot plot: no column "ninez"; the rows have zones, nines, code',
    );
    expect(() => barChart([], options)).toThrow("Cannot plot: there are no rows");
  });

  it("series differ in colour, dash and marker, all from the colour-blind palette", () => {
    const [first, second] = lineChart(rows, options).plotly.data as {
      line: {color: string; dash: string};
      marker: {symbol: string};
    }[];
    expect(first!.line).toMatchObject({color: "#0072B2", dash: "solid"});
    expect(second!.line).toMatchObject({color: "#D55E00", dash: "dash"});
    expect(first!.marker.symbol).not.toBe(second!.marker.symbol);
  });

  it("an arquero table is as good as plain rows", async () => {
    const {from} = await import("arquero");
    expect(lineChart(from(rows), options).plotly).toEqual(lineChart(rows, options).plotly);
  });

  it("the labels of a logarithmic axis are powers of ten alone, or all written in full", () => {
    const ticks = (...nines: number[]): unknown => {
      const source = nines.map((value, zones) => ({zones, nines: value}));
      const {title, alt, caption} = options;
      const y = {y: "nines", yLabel: "nines (per year)", logY: true};
      return lineChart(source, {x: "zones", ...y, title, alt, caption}).plotly.layout["yaxis"];
    };
    const powers = {type: "log", exponentformat: "power", tickformat: ""};
    expect(ticks(1, 1000)).toMatchObject({...powers, dtick: 1});
    expect(ticks(1e-12, 1000)).toMatchObject({...powers, dtick: 2});
    expect(ticks(12, 364)).toMatchObject({type: "log", dtick: "D2", tickformat: "~g"});
    expect(ticks(30, 74)).toMatchObject({type: "log", dtick: "D1", tickformat: "~g"});
    expect(ticks(0, -1)).toMatchObject({type: "log", dtick: "D1"});
  });

  it("barChart() gives all its labels one size, however narrow the bars", () => {
    for (const bars of barChart(rows, options).plotly.data) {
      expect(bars).toMatchObject({constraintext: "none", textangle: 0, textfont: {size: 12}});
    }
  });

  it("barChart() refuses a logarithmic axis, on which a bar has no foot", () => {
    expect(() => barChart(rows, {...options, logY: true})).toThrow("they need a zero");
    expect(() => barChart(rows, {...options, logX: true})).toThrow(RangeError);
  });

  it("Figure built by hand is held to the same rules", () => {
    const parts = {
      title: "t",
      alt: "1",
      caption: "c",
      data: [],
      rows,
      columns: ["zones"],
      spark: "zones",
    };
    expect(() => new Figure({...parts, layout: {}})).toThrow("xaxis has no title");
  });
});
