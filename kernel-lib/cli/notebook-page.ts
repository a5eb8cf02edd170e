import MarkdownIt from "markdown-it";
import type {CodeCell, Notebook, Output} from "../kernel/index.js";
import {escapeHtml} from "../plot/index.js";
import {plotlySource} from "./plotly-source.js";

/** Our notebooks use HTML for folded hints; they are ours, so it is let through. */
const markdown = new MarkdownIt({html: true});

const STYLE = `
body{max-width:54rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.6 system-ui,sans-serif;color:#1a1a1a;background:#fff}
pre{background:#f5f5f5;padding:.7rem 1rem;overflow:auto;font-size:.9rem;line-height:1.45}
.output{margin:.5rem 0 1.5rem}
table{border-collapse:collapse;font-size:.92rem}caption{text-align:left;font-weight:600;padding:.3rem 0}
td,th{border:1px solid #ccc;padding:.25rem .6rem;text-align:left}`;

/**
 * A run notebook as one HTML page that needs no other file and no network: plotly.js-dist is in it.
 * Outputs that are folded in the notebook are folded in the page.
 *
 * @param title of the page
 * @param linkFromPage turns a link of the notebook into one that leads to the same from the page
 */
export function notebookPage(
  title: string,
  notebook: Notebook,
  linkFromPage: (link: string) => string,
): string {
  const body = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? codeCell(cell) : prose(cell.source, linkFromPage),
  );
  return (
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)}</title>` +
    `<meta name="viewport" content="width=device-width"><style>${STYLE}</style>` +
    `<script>${plotlySource().replaceAll("</script", "<\\/script")}</script>` +
    `<main>${body.join("\n")}</main><script>${DRAW}</script></html>\n`
  );
}

function prose(source: string, linkFromPage: (link: string) => string): string {
  return markdown
    .render(source)
    .replace(
      /(<a href=")([^"]*)"/g,
      (_, open: string, link: string) => `${open}${linkFromPage(link)}"`,
    );
}

/** Draws a figure when it is first visible: Plotly cannot measure a folded element. */
const DRAW = `
for (const element of document.querySelectorAll(".plotly-figure")) {
  const {data, layout, config} = JSON.parse(element.querySelector("script").textContent);
  new IntersectionObserver(([entry], observer) => {
    if (!entry.isIntersecting) return;
    observer.disconnect();
    Plotly.newPlot(element, data, layout, config);
  }).observe(element);
}`;

function codeCell(cell: CodeCell): string {
  const source = `<pre><code>${escapeHtml(cell.source)}</code></pre>`;
  const outputs = cell.outputs.map(outputHtml).join("");
  const jupyter = cell.metadata["jupyter"] as {outputs_hidden?: boolean} | undefined;
  const shown =
    jupyter?.outputs_hidden && outputs !== ""
      ? `<details><summary>Show the answer</summary>${outputs}</details>`
      : outputs;
  return `${source}<div class="output">${shown}</div>`;
}

function outputHtml(output: Output): string {
  if (output.output_type === "stream") return `<pre>${escapeHtml(output.text)}</pre>`;
  if (output.output_type === "error") return `<pre>${escapeHtml(output.evalue)}</pre>`;
  const {data} = output;
  const html = data["text/html"];
  const plotly = data["application/vnd.plotly.v1+json"];
  if (plotly !== undefined) {
    const json = JSON.stringify(plotly).replaceAll("<", "\\u003c");
    return (
      `<div class="plotly-figure" style="min-height:400px"><script type="application/json">${json}</script></div>` +
      String(html)
    );
  }
  return typeof html === "string" ? html : `<pre>${escapeHtml(String(data["text/plain"]))}</pre>`;
}
