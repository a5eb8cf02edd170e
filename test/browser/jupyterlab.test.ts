/** Chapter 3 in JupyterLab, started as a reader starts it, seen in a real browser. */
import {mkdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {parseNotebook} from "kernel-lib/kernel";
import type {Page} from "playwright-core";
import type {CodeCell} from "kernel-lib/kernel";
import {expect, onTestFinished} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {CHROMIUM_ADVICE, findChromium, launchChromium} from "../../kernel-lib/dist/cli/chromium.js";
import {startLabAnew} from "../support/jupyter.js";
import {
  drawnFigures,
  errorOutputs,
  openNotebook,
  runAllCells,
  unfoldAll,
} from "../support/lab-page.js";
import {itNeeds} from "../support/needs.js";
import {processesNaming} from "../support/processes.js";

const notebook = parseNotebook(readFileSync(join(ROOT, "notebooks", "03-s3.ipynb"), "utf8"));
const code = notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
const isFolded = (cell: CodeCell): boolean =>
  (cell.metadata["jupyter"] as {outputs_hidden?: boolean} | undefined)?.outputs_hidden === true;
const hasFigure = (cell: CodeCell): boolean =>
  cell.outputs.some(
    (output) => "data" in output && "application/vnd.plotly.v1+json" in output.data,
  );
const positionOf = (cell: CodeCell): number => notebook.cells.indexOf(cell);

itNeeds(
  findChromium(),
  "Chromium",
  CHROMIUM_ADVICE,
  "chapter 3 opens untrusted with its figures drawn, runs to its end, and asks no other host",
  async () => {
    const {lab, port, home} = await startLabAnew();
    const browser = await launchChromium();
    onTestFinished(() => browser.close());
    let printed = "";
    try {
      const opened = await openNotebook(browser, lab.url.replace("00-start-here", "03-s3"));
      // Opening is no change: Jupyter's own metadata are committed.
      expect(await opened.page.locator(".jp-mod-dirty").count()).toBe(0);
      const visible = code.filter((cell) => hasFigure(cell) && !isFolded(cell)).map(positionOf);
      const all = code.filter(hasFigure).map(positionOf);
      expect(all.length - visible.length).toBe(1);

      // Before anything ran: what is not folded is drawn, what is folded is not.
      const before = await drawnFigures(opened);
      expect(before.map((figure) => figure.cell)).toEqual(visible);
      expect(await unfoldAll(opened)).toBe(code.filter(isFolded).length);
      const unfolded = await drawnFigures(opened);
      expect(unfolded.map((figure) => figure.cell)).toEqual(all);

      await runAllCells(opened, code.length);
      const after = await drawnFigures(opened);
      expect(after.map((figure) => figure.cell)).toEqual(all);
      for (const figure of [...unfolded, ...after]) {
        expect(figure.axisTitles.join(" "), `cell ${figure.cell}`).toMatch(/nines|shards/);
        expect(figure.axisTitles, `cell ${figure.cell}`).toHaveLength(2);
        expect(figure.ink, `cell ${figure.cell}`).toBeGreaterThan(0.01);
      }
      expect(await errorOutputs(opened)).toEqual([]);
      expect(
        opened.kernelMessages.filter((message) => /"status": ?"(error|abort)/.test(message)),
      ).toEqual([]);
      expect([...opened.hosts]).toEqual([`127.0.0.1:${port}`]);
      await keepScreenshot(opened.page);
    } finally {
      await browser.close();
      printed = (await lab.stop("SIGINT")).output;
    }
    // Ctrl-C ended the server, and no kernel outlived it.
    expect(printed).toContain("Glass Cloud has stopped.");
    // Kernels carry the path of their connection file, hence of our runtime folder.
    expect(processesNaming(home)).toEqual([]);
  },
);

/** For a person to look at: build/screenshots/03-s3.png shows the gasp. */
async function keepScreenshot(page: Page): Promise<void> {
  mkdirSync(join(ROOT, "build", "screenshots"), {recursive: true});
  const gasp = page.locator(`[data-windowed-list-index="${positionOf(code.find(isFolded)!)}"]`);
  await page
    .locator(".jp-WindowedPanel-outer")
    .first()
    .evaluate((e) => (e.scrollTop = 700));
  await gasp.locator(".main-svg").first().waitFor();
  await gasp.scrollIntoViewIfNeeded();
  await page.screenshot({path: join(ROOT, "build", "screenshots", "03-s3.png")});
}
