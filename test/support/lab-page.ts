/** JupyterLab in a real browser, seen as a reader sees it. */
import type {Browser, Page} from "playwright-core";

/** One figure on the page. */
export interface DrawnFigure {
  /** Position of its cell in the notebook. */
  cell: number;
  /** Texts of the axis titles in the DOM. */
  axisTitles: string[];
  /** Share of its pixels that are not background. */
  ink: number;
}

export interface LabPage {
  page: Page;
  /** Hosts that anything was requested from, the WebSocket included. */
  hosts: Set<string>;
  /** Messages that the kernel sent, as text. */
  kernelMessages: string[];
}

/** Opens an address of JupyterLab and waits for the notebook to be there. */
export async function openNotebook(browser: Browser, url: string): Promise<LabPage> {
  const page = await browser.newPage({viewport: {width: 1280, height: 1000}});
  const hosts = new Set<string>();
  const kernelMessages: string[] = [];
  page.on("request", (request) => {
    const {protocol, host} = new URL(request.url());
    if (/^https?:$/.test(protocol)) hosts.add(host);
  });
  page.on("websocket", (socket) => {
    hosts.add(new URL(socket.url()).host);
    socket.on("framereceived", ({payload}) => kernelMessages.push(payload.toString()));
  });
  await page.goto(url);
  await page.locator(".jp-Notebook .jp-Cell").first().waitFor({timeout: 60_000});
  await page.getByText("| Idle").first().waitFor({timeout: 60_000});
  return {page, hosts, kernelMessages};
}

/** Scrolls through the notebook and collects every figure that is drawn and not folded. */
export async function drawnFigures({page}: LabPage): Promise<DrawnFigure[]> {
  const found = new Map<number, DrawnFigure>();
  for await (const _ of screens(page)) {
    // A figure is drawn some time after its cell came into view.
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLElement>(".jp-RenderedPlotly")]
        .filter((element) => element.offsetParent !== null)
        .every((element) => element.querySelector(".main-svg") !== null),
    );
    for (const plot of await page.locator(".jp-Cell .js-plotly-plot").all()) {
      if (!(await plot.isVisible())) continue;
      const cell = Number(
        await plot.evaluate((e) =>
          e.closest("[data-windowed-list-index]")!.getAttribute("data-windowed-list-index"),
        ),
      );
      if (found.has(cell)) continue;
      const axisTitles = await plot.locator(".xtitle, .ytitle").allTextContents();
      found.set(cell, {cell, axisTitles, ink: await inkOf(page, await plot.screenshot())});
    }
  }
  return [...found.values()].sort((a, b) => a.cell - b.cell);
}

/** Clicks every "…" under a cell whose output is folded. */
export async function unfoldAll({page}: LabPage): Promise<number> {
  let count = 0;
  for await (const _ of screens(page)) {
    const placeholders = page.locator(".jp-Cell-outputWrapper .jp-OutputPlaceholder:visible");
    while ((await placeholders.count()) > 0) {
      await placeholders.first().click();
      count++;
    }
  }
  return count;
}

/** Texts of all outputs that are errors or stderr. */
export async function errorOutputs({page}: LabPage): Promise<string[]> {
  const texts: string[] = [];
  const mimes = ["application/vnd.jupyter.error", "application/vnd.jupyter.stderr"];
  for await (const _ of screens(page)) {
    const selector = mimes.map((mime) => `[data-mime-type="${mime}"]`).join(", ");
    texts.push(...(await page.locator(selector).allTextContents()));
  }
  return texts;
}

/** Runs all cells by the menu and waits for as many replies as there are code cells. */
export async function runAllCells(
  {page, kernelMessages}: LabPage,
  codeCells: number,
): Promise<void> {
  kernelMessages.length = 0;
  await page.getByRole("menuitem", {name: "Run", exact: true}).click();
  // A notebook may speak of the menu, too.
  await page.locator(".lm-Menu").getByText("Run All Cells", {exact: true}).click();
  const replies = (): number => kernelMessages.filter((m) => m.includes('"execute_reply"')).length;
  for (let waited = 0; replies() < codeCells; waited++) {
    if (waited > 600) throw new Error(`${replies()} of ${codeCells} cells were answered in 60 s`);
    await page.waitForTimeout(100);
  }
}

/** The notebook, one screen after the other from the top. */
async function* screens(page: Page): AsyncGenerator<void> {
  const panel = page.locator(".jp-WindowedPanel-outer").first();
  for (let top = 0; top < 100_000; top += 850) {
    const atEnd = await panel.evaluate((e, y) => {
      e.scrollTop = y;
      return e.scrollTop + e.clientHeight >= e.scrollHeight - 5;
    }, top);
    await page.waitForTimeout(100);
    yield;
    if (atEnd) return;
  }
}

/** Share of pixels that differ from the first one. */
async function inkOf(page: Page, png: Buffer): Promise<number> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], {type: "image/png"}));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d")!;
    context.drawImage(bitmap, 0, 0);
    const {data} = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const pixels = new Uint32Array(data.buffer);
    return pixels.filter((pixel) => pixel !== pixels[0]).length / pixels.length;
  }, png.toString("base64"));
}
