import type {Page} from "playwright-core";
import {escapeHtml} from "../plot/index.js";
import type {PlotlyJson} from "../plot/index.js";
import {launchChromium} from "./chromium.js";
import {plotlySource} from "./plotly-source.js";

/** Keeps a notebook readable on GitHub and small in git. */
export const MAX_IMAGE_BYTES: number = 60 * 1024;

const WIDTH = 760;

/** Draws figures with plotly.js-dist in a headless Chromium. Close it when done. */
export interface ImageMaker {
  /** The figure as SVG text: the same bytes for the same figure and browser. */
  svg(figure: PlotlyJson): Promise<string>;
  close(): Promise<void>;
}

/** Starts the browser (about three seconds). */
export async function openImageMaker(): Promise<ImageMaker> {
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.setContent('<!doctype html><div id="figure"></div>');
  await page.addScriptTag({content: plotlySource()});
  return {svg: (figure) => drawSvg(page, figure), close: () => browser.close()};
}

/**
 * An SVG as an `<img>` that needs no other file.
 *
 * @throws RangeError if it is larger than 60 KiB: draw fewer points
 */
export function imageTag(svg: string, alt: string): string {
  const base64 = Buffer.from(svg).toString("base64");
  if (base64.length > MAX_IMAGE_BYTES) {
    throw new RangeError(
      `Cannot bake "${alt}": need at most ${MAX_IMAGE_BYTES} bytes, got ${base64.length}`,
    );
  }
  return `<img alt="${escapeHtml(alt)}" style="max-width:100%" src="data:image/svg+xml;base64,${base64}">`;
}

async function drawSvg(page: Page, figure: PlotlyJson): Promise<string> {
  const uri = await page.evaluate(drawInPage, {figure, width: WIDTH});
  return decodeURIComponent(uri.slice(uri.indexOf(",") + 1));
}

/** Runs in the page. Plotly names its clip paths by Math.random, so that is seeded first. */
async function drawInPage({figure, width}: {figure: PlotlyJson; width: number}): Promise<string> {
  let state = 1;
  Math.random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
  interface Plotly {
    newPlot(element: unknown, data: unknown, layout: unknown): Promise<unknown>;
    toImage(element: unknown, options: object): Promise<string>;
    purge(element: unknown): void;
  }
  const scope = globalThis as unknown as {
    Plotly: Plotly;
    document: {getElementById(id: string): unknown};
  };
  const element = scope.document.getElementById("figure");
  const height = figure.layout["height"] as number;
  await scope.Plotly.newPlot(element, figure.data, {...figure.layout, width, height});
  const uri = await scope.Plotly.toImage(element, {format: "svg", width, height});
  scope.Plotly.purge(element);
  return uri;
}
