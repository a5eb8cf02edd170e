import {readFileSync} from "node:fs";
import {join} from "node:path";
import {lineChart} from "kernel-lib/plot";
import {describe, expect, it, onTestFinished} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {findChromium} from "../../kernel-lib/dist/cli/chromium.js";
import {imageTag, openImageMaker} from "../../kernel-lib/dist/cli/static-image.js";
import {itNeeds} from "../support/needs.js";

const rows = [1, 2, 3, 4].map((zones) => ({zones, nines: zones ** 1.5, code: "RS(6,2)"}));
const figure = lineChart(rows, {
  x: "zones",
  y: "nines",
  series: "code",
  xLabel: "zones (count)",
  yLabel: "nines (per year)",
  title: "More zones keep more nines",
  alt: "A line from 1 to 8 nines.",
  caption: "Made up for a test.",
});

describe("static images", () => {
  itNeeds(
    findChromium(),
    "Chromium",
    "apt install chromium",
    "the same figure gives the same bytes, in one browser and in the next, whatever was drawn before",
    async () => {
      const first = await openImageMaker();
      onTestFinished(() => first.close());
      const svgs = [await first.svg(figure.plotly)];
      await first.svg(
        lineChart(rows.slice(1), {
          x: "zones",
          y: "nines",
          xLabel: "z (count)",
          yLabel: "n (count)",
          title: "t",
          alt: "1",
          caption: "c",
        }).plotly,
      );
      svgs.push(await first.svg(figure.plotly));
      const second = await openImageMaker();
      onTestFinished(() => second.close());
      svgs.push(await second.svg(figure.plotly));
      expect(svgs[1]).toBe(svgs[0]);
      expect(svgs[2]).toBe(svgs[0]);
      expect(svgs[0]).toContain("More zones keep more nines");
    },
  );

  it("the figure in the README is the one baked into its lab", () => {
    const svg = readFileSync(join(ROOT, "docs", "eleven-nines.svg"));
    const notebook = readFileSync(join(ROOT, "notebooks", "03-lab-durability.ipynb"), "utf8");
    expect(notebook).toContain(svg.toString("base64"));
  });

  it("imageTag() needs no other file, carries the alt text, and refuses more than 60 KiB", () => {
    const tag = imageTag("<svg></svg>", 'alt "1"');
    expect(tag).toContain('alt="alt &quot;1&quot;"');
    expect(tag).toContain("data:image/svg+xml;base64,");
    expect(() => imageTag("x".repeat(61_440), "big")).toThrow(
      'Cannot bake "big": need at most 61440 bytes, got 81920',
    );
  });
});
