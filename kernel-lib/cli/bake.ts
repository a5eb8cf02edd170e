/**
 * `npm run bake [-- NAME…]`: runs notebooks, draws each figure as a static image into its HTML
 * fallback, and writes the notebooks back. Run it after every change of a notebook or the library.
 *
 * The same sources and the same browser give the same bytes.
 */
import {mkdirSync, writeFileSync} from "node:fs";
import {join, relative} from "node:path";
import {formatNotebook, runNotebook} from "../kernel/index.js";
import type {DisplayOutput, Notebook} from "../kernel/index.js";
import {STATIC_IMAGE_SLOT} from "../plot/index.js";
import type {PlotlyJson} from "../plot/index.js";
import {notebookFiles, notebookName, ROOT} from "./notebook-files.js";
import {withJupyterMetadata} from "./notebook-metadata.js";
import {imageTag, openImageMaker} from "./static-image.js";
import type {ImageMaker} from "./static-image.js";

/** The figure in the README: which cell of which notebook, and the file that holds it. */
const README_FIGURE = {
  notebook: "03-lab-durability",
  cell: "nines",
  file: "docs/eleven-nines.svg",
};

const files =
  process.argv.length > 2 ? process.argv.slice(2).flatMap(notebookFiles) : notebookFiles();
if (files.length === 0) {
  console.error(`No notebook begins with ${process.argv.slice(2).join(" or ")}`);
  process.exit(1);
}
const maker = await openImageMaker();
try {
  for (const file of files) await bake(file, maker);
} finally {
  await maker.close();
}

async function bake(file: string, images: ImageMaker): Promise<void> {
  const run = await runNotebook(file);
  if (run.failure !== undefined) {
    console.error(`${relative(ROOT, file)}: not baked, since it fails.\n${run.failure}`);
    process.exitCode = 1;
    return;
  }
  const count = await drawInto(run.notebook, notebookName(file), images);
  writeFileSync(file, formatNotebook(withJupyterMetadata(run.notebook)));
  console.log(`${relative(ROOT, file)}: ${run.cells.length} cells run, ${count} figures drawn`);
}

async function drawInto(notebook: Notebook, name: string, images: ImageMaker): Promise<number> {
  let count = 0;
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "code") continue;
    for (const output of cell.outputs) {
      const figure = plotlyOf(output as DisplayOutput);
      if (figure === undefined) continue;
      const {data} = output as DisplayOutput;
      const svg = await images.svg(figure);
      data["text/html"] = fillSlot(data["text/html"] as string, svg);
      if (name === README_FIGURE.notebook && cell.id === README_FIGURE.cell) {
        writeReadmeFigure(svg);
      }
      count++;
    }
  }
  return count;
}

function plotlyOf(output: DisplayOutput): PlotlyJson | undefined {
  return output.data?.["application/vnd.plotly.v1+json"] as PlotlyJson | undefined;
}

function fillSlot(html: string, svg: string): string {
  const alt = /aria-label="([^"]*)"/.exec(html)?.[1] ?? "";
  // The image carries the text from now on; a screen reader should not hear it twice.
  return html
    .replace(/ role="group" aria-label="[^"]*"/, "")
    .replace(STATIC_IMAGE_SLOT, () => imageTag(svg, unescapeHtml(alt)));
}

/** The alt text stands escaped in the attribute already; `imageTag` escapes it again. */
function unescapeHtml(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&gt;", ">")
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");
}

function writeReadmeFigure(svg: string): void {
  mkdirSync(join(ROOT, "docs"), {recursive: true});
  writeFileSync(join(ROOT, README_FIGURE.file), svg);
}
