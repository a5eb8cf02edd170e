/** The book in a real browser, with the network off: what it shows, runs, and lets a reader do. */
import {spawnSync} from "node:child_process";
import {readdirSync, readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {parseNotebook} from "kernel-lib/kernel";
import type {CodeCell, Output} from "kernel-lib/kernel";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {buildBook} from "../../kernel-lib/dist/book/index.js";
import {CHROMIUM_ADVICE, findChromium, launchChromium} from "../../kernel-lib/dist/cli/chromium.js";
import {
  fileAddress,
  openBookPage,
  outputsByRun,
  runsEnded,
  serveFolder,
  workerMessages,
} from "../support/book-page.js";
import {itNeeds} from "../support/needs.js";

const book = join(ROOT, "build", "test-book");
const chromium = findChromium();
const itInBrowser = (name: string, fn: () => Promise<void>): void =>
  itNeeds(chromium, "Chromium", CHROMIUM_ADVICE, name, fn);

let browser: Browser;
let pages: string[];

beforeAll(async () => {
  pages = (await buildBook({root: ROOT, out: book})).map(({path}) => path);
  if (chromium) browser = await launchChromium();
}, 120_000);

afterAll(async () => browser?.close());

const onFile = (path: string): string => `${fileAddress(book)}/${path}`;

/** Opens a notebook's page by double click, off the network. */
async function openOffline(path: string): Promise<Awaited<ReturnType<typeof openBookPage>>> {
  return openBookPage(browser, onFile(path), {offline: true});
}

async function runCell(page: Page, id: string): Promise<void> {
  await page.locator(`#cell-${id} .controls button`).first().click();
}

const outputsOf = (page: Page, id: string): ReturnType<Page["locator"]> =>
  page.locator(`#cell-${id} .outputs`);

describe("cells", () => {
  const notebooks = readdirSync(join(ROOT, "notebooks")).filter((name) => name.endsWith(".ipynb"));
  for (const file of notebooks) {
    itInBrowser(
      `every cell of ${file} gives in the browser what it gave in the kernel`,
      async () => {
        const {cells} = parseNotebook(readFileSync(join(ROOT, "notebooks", file), "utf8"));
        const code = cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
        const {page, complaints} = await openOffline(file.replace(".ipynb", ".html"));
        await page.locator(".cell .controls button:first-child").last().click();
        await runsEnded(page, code.length);
        const outputs = await outputsByRun(page);
        for (const [index, cell] of code.entries()) {
          expect(plainOutputs(outputs[index]!), cell.id).toEqual(plainOutputs(cell.outputs));
        }
        expect(complaints).toEqual([]);
        await page.context().close();
      },
    );
  }

  itInBrowser("TypeScript, arquero and mathjs run in a changed cell", async () => {
    const {page, complaints} = await openOffline("00-start-here.html");
    await change(
      page,
      "first-value",
      `import {table} from "arquero";
import * as math from "mathjs";
interface Row { nines: number }
const found: Row[] = [{nines: 2}];
\`\${table({n: [1, 2]}).numRows()} \${math.det([[1, 2], [3, 4]])} \${found[0]!.nines as number}\``,
    );
    await runCell(page, "first-value");
    await expect.poll(() => outputsOf(page, "first-value").innerText()).toContain("'2 -2 2'");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  itInBrowser("an error names its class, its message and the line that was typed", async () => {
    const {page} = await openOffline("00-start-here.html");
    await change(page, "first-value", "const a = 1;\n\nmissing(a);");
    await runCell(page, "first-value");
    const error = page.locator("#cell-first-value .error");
    await expect.poll(() => error.innerText()).toContain("ReferenceError: missing is not defined");
    expect(await error.innerText()).toContain("line 3: missing(a);");
    await change(page, "first-value", "const a = 1;\nconst b = );");
    await runCell(page, "first-value");
    await expect.poll(() => error.innerText()).toMatch(/SyntaxError: .*\(line 2\)/);
    await change(page, "first-value", 'import {x} from "fs";');
    await runCell(page, "first-value");
    await expect.poll(() => error.innerText()).toContain('Cannot import "fs" in the book');
    await page.context().close();
  });

  itInBrowser("an endless loop is stopped, also one that prints, and cells run again", async () => {
    const {page, complaints} = await openOffline("00-start-here.html");
    for (const loop of ["while (true) {}", "while (true) console.log('again and again');"]) {
      await change(page, "first-value", loop);
      await runCell(page, "first-value");
      await page.locator("#cell-first-value.running").waitFor();
      if (loop.includes("log")) {
        await expect.poll(() => outputsOf(page, "first-value").innerText()).toContain("again");
      }
      await runCell(page, "first-value");
      await expect.poll(() => outputsOf(page, "first-value").innerText()).toContain("Stopped.");
    }
    await page.locator("#cell-first-value .controls button").nth(1).click();
    await runCell(page, "first-value");
    await expect.poll(() => outputsOf(page, "first-value").innerText()).toContain("3");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  itInBrowser("a guess is written into its cell, unfolds the answer and is drawn", async () => {
    const {page, complaints, requests} = await openOffline("03-s3.html");
    const fold = page.locator("#cell-gasp details.answer");
    expect(await fold.getAttribute("open")).toBeNull();
    await guess(page, "9");
    expect(await fold.getAttribute("open")).toBe("");
    expect(await outputsOf(page, "guess").innerText()).toContain("Your guess: 9 nines.");
    expect(await page.locator("#cell-gasp .plot").innerText()).toMatch(/your\s*guess/);
    // All that was needed before Plotly, as a static server sends it.
    const before = requests.slice(
      0,
      requests.findIndex((url) => url.endsWith("plotly.js")),
    );
    const files = new Set(before.filter((url) => url.startsWith("file:")));
    const bytes = [...files].map((url) => gzipSync(readFileSync(new URL(url))).length);
    expect(bytes.reduce((sum, length) => sum + length, 0)).toBeLessThan(300_000);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  itInBrowser("a slider moved by keys sets the number in its cell and runs it", async () => {
    const {page, complaints} = await openOffline("03-s3.html");
    await page.locator("#cell-gasp details.answer > summary").click();
    const slider = page.locator("#cell-gasp input[type=range]");
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await expect
      .poll(() => page.locator("#cell-gasp textarea").inputValue())
      .toContain("const zoneFailuresPerYear = 0.01;");
    expect(await page.locator("#cell-gasp .sliders output").innerText()).toBe("0.01");
    await expect
      .poll(() => outputsOf(page, "gasp").innerText())
      .toContain("In this model two zones keep 1.7 of 10.6 nines; four keep 5.7");
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe("pages", () => {
  it("check:book finds no dead link, orphan, unnamed picture, wrong citation or misspelt word", () => {
    const command = join(ROOT, "kernel-lib", "dist", "cli", "check-book.js");
    const {status, stdout, stderr} = spawnSync(process.execPath, [command, book], {
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(stdout).toContain(`${pages.length} pages: no problem found.`);
    expect(status).toBe(0);
  });

  itInBrowser(
    "every page opens by double click and from a static server without complaint",
    async () => {
      const {server, address} = await serveFolder(book);
      try {
        for (const home of [fileAddress(book), address]) {
          const {page, complaints} = await openBookPage(browser, `${home}/index.html`);
          for (const path of pages) {
            await page.goto(`${home}/${path}`);
            expect(await page.locator("h1").count(), path).toBe(1);
          }
          await page.goto(`${home}/03-lab-tail.html`);
          await runCell(page, "gasp");
          await runsEnded(page, 3);
          expect((await workerMessages(page)).filter(({ok}) => ok === false)).toEqual([]);
          expect(complaints).toEqual([]);
          await page.context().close();
        }
      } finally {
        server.close();
      }
    },
  );

  itInBrowser("axe finds nothing on any page, and none is wider than a phone", async () => {
    const found: string[] = [];
    const {page} = await openOffline("index.html");
    for (const path of pages) {
      await page.setViewportSize({width: 1280, height: 900});
      await page.emulateMedia({colorScheme: "light"});
      await page.goto(onFile(path));
      if (path === "03-s3.html") await guess(page, "9");
      await page.evaluate(() => {
        for (const element of document.querySelectorAll("details")) element.open = true;
      });
      await page.addScriptTag({path: AXE});
      // The pages of the library are of one form, and large: light for one of them.
      if (!/^api-./.test(path) || path === "api-bytes.html") {
        found.push(...(await axeFindings(page)).map((finding) => `${path} light: ${finding}`));
      }
      await page.emulateMedia({colorScheme: "dark"});
      await page.setViewportSize({width: 375, height: 700});
      await twoFrames(page);
      found.push(...(await axeFindings(page)).map((finding) => `${path} dark: ${finding}`));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 375) found.push(`${path} is ${width} wide`);
    }
    expect(found).toEqual([]);
    await page.context().close();
  });

  itInBrowser("without a mouse: search, follow, guess, run, slide, open a hint", async () => {
    const {page, complaints} = await openOffline("index.html");
    await tabTo(page, "#query");
    await page.keyboard.type("copysets");
    await page.locator(".found li").first().waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.waitForURL(/03-lab-durability|glossary|api/);

    await page.goto(onFile("03-s3.html"));
    await tabTo(page, "form.guess input");
    await page.keyboard.type("9");
    await page.keyboard.press("Enter");
    await page.locator("#cell-gasp .plot[data-drawn]").waitFor();
    await tabTo(page, "#cell-gasp input[type=range]");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => outputsOf(page, "gasp").innerText()).toContain("two zones keep 3.7");
    await tabTo(page, "#cell-stripe textarea");
    await page.keyboard.press("Shift+Enter");
    await expect.poll(() => page.locator("#status").innerText()).toMatch(/Cell 5 has run/);
    await tabTo(page, "#cell-stripe ~ section summary");
    const hint = page.locator("details:focus-within").first();
    await page.keyboard.press("Enter");
    expect(await hint.getAttribute("open")).toBe("");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  itInBrowser(
    "a term shows its definition on focus and on hover, and Escape takes it away",
    async () => {
      const {page} = await openOffline("03-s3.html");
      const term = page.locator("a.term").first();
      await term.focus();
      const tooltip = page.locator("#tooltip");
      expect(await tooltip.isVisible()).toBe(true);
      expect(await tooltip.innerText()).toBe(await term.getAttribute("data-definition"));
      await page.keyboard.press("Escape");
      expect(await tooltip.isVisible()).toBe(false);
      await page.locator("a.term").nth(1).hover();
      expect(await tooltip.isVisible()).toBe(true);
      await page.context().close();
    },
  );

  itInBrowser("dark and light: by the system, by the button, and kept", async () => {
    const {page} = await openBookPage(browser, onFile("index.html"), {colorScheme: "dark"});
    const ground = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await page.locator("#theme").click();
    expect(await ground()).toBe("rgb(255, 255, 255)");
    expect(dark).not.toBe("rgb(255, 255, 255)");
    await page.locator("#theme").click();
    expect(await ground()).toBe(dark);
    await page.emulateMedia({media: "print"});
    expect(await ground(), "on paper").toBe("rgb(255, 255, 255)");
    await page.emulateMedia({media: "screen"});
    await page.locator("#theme").click();
    await page.reload();
    expect(await ground()).toBe("rgb(255, 255, 255)");
    await page.context().close();
  });

  itInBrowser("without scripts a page has its text and its recorded outputs", async () => {
    const {page} = await openBookPage(browser, onFile("03-s3.html"), {javaScriptEnabled: false});
    expect(await page.locator("#cell-versions .outputs").innerText()).toContain("kernel-lib");
    expect(await page.locator("figure img").count()).toBeGreaterThan(2);
    expect(await page.locator("noscript").innerText()).toContain("recorded output");
    await page.context().close();
  });
});

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Guesses in the first form, and waits for the answer's figure. */
async function guess(page: Page, text: string): Promise<void> {
  await page.locator("form.guess input").first().fill(text);
  await page.locator("form.guess button").first().click();
  await page.locator("#cell-gasp .plot[data-drawn]").waitFor();
}

/** Until the page has answered to a new size. */
async function twoFrames(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

async function change(page: Page, id: string, source: string): Promise<void> {
  await page.locator(`#cell-${id} textarea`).fill(source);
}

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 400; presses++) {
    await page.keyboard.press("Tab");
    const isThere = await page.evaluate(
      (wanted) => document.activeElement?.matches(wanted) ?? false,
      selector,
    );
    if (isThere) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
}

interface AxeResult {
  violations: {id: string; nodes: {target: string[]}[]}[];
}

async function axeFindings(page: Page): Promise<string[]> {
  const {violations} = await page.evaluate(() =>
    (globalThis as unknown as {axe: {run(): Promise<AxeResult>}}).axe.run(),
  );
  return violations.map(
    ({id, nodes}) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map((n) => n.target)
        .join(" ")}`,
  );
}

const PLOTLY = "application/vnd.plotly.v1+json";

/** Logarithms and powers differ in the last bit from one version of the engine to the next. */
function roundedNumbers(value: unknown): unknown {
  if (value === undefined) return undefined;
  return JSON.parse(JSON.stringify(value), (_, each: unknown) =>
    typeof each === "number" ? Number(each.toPrecision(12)) : each,
  ) as unknown;
}

/** With its image in, the image carries the label; without, the figure. */
const IMAGE = /<!-- static image -->|<img alt="[^"]*" style="[^"]*" src="[^"]*">/g;
const LABEL = /<figure role="group" aria-label="[^"]*">/g;

/** What two runs must agree on: everything but the static image, which only a bake draws. */
function plainOutputs(outputs: readonly Output[]): unknown[] {
  return outputs.map((output) => {
    if (!("data" in output)) return output;
    const html = output.data["text/html"];
    const data =
      typeof html === "string"
        ? {...output.data, "text/html": html.replace(IMAGE, "").replace(LABEL, "<figure>")}
        : output.data;
    const {[PLOTLY]: figure, ...words} = data as Record<string, unknown>;
    return {type: output.output_type, ...words, figure: roundedNumbers(figure)};
  });
}
