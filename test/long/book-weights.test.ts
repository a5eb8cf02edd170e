/**
 * The book's weight and quickness, measured and written down: bytes before the first play and before
 * Plotly, first content, first play, first figure; by double click, from a static server, and on a
 * processor slowed to a quarter. Only weights are held to a limit: times belong to the machine.
 */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import type {Browser} from "playwright-core";
import {expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {buildBook} from "../../kernel-lib/dist/book/index.js";
import {launchChromium} from "../../kernel-lib/dist/cli/chromium.js";
import {writeSection} from "../peers/results-file.mjs";
import {fileAddress, openBookPage, serveFolder} from "../support/book-page.js";

const ROUNDS = 5;
const MOST_BYTES = 300_000;

interface Visit {
  contentMs: number;
  playMs: number;
  figureMs: number;
  /** Files that were asked for before Plotly, below the book's folder. */
  files: string[];
}

it("the first play of chapter 3 weighs at most 300 KB before Plotly", async () => {
  const book = join(ROOT, "build", "test-book-weights");
  await buildBook({root: ROOT, out: book});
  const {server, address} = await serveFolder(book);
  const browser = await launchChromium();
  try {
    const ways = [
      {way: "double click", home: fileAddress(book), slowdown: 1},
      {way: "static server", home: address, slowdown: 1},
      {way: "double click, processor at a quarter", home: fileAddress(book), slowdown: 4},
    ];
    const rows: string[] = [];
    let weight = "";
    for (const {way, home, slowdown} of ways) {
      const visits: Visit[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        visits.push(await visit(browser, home, slowdown));
      }
      const median = (of: (visit: Visit) => number): string =>
        (visits.map(of).sort((a, b) => a - b)[(ROUNDS - 1) / 2]! / 1000).toFixed(2);
      const {contentMs, playMs, figureMs} = {
        contentMs: median((each) => each.contentMs),
        playMs: median((each) => each.playMs),
        figureMs: median((each) => each.figureMs),
      };
      rows.push(`| ${way} | ${contentMs} | ${playMs} | ${figureMs} |`);
      const bytes = visits[0]!.files.map((file) => readFileSync(join(book, file)));
      const sent = bytes.reduce((sum, each) => sum + gzipSync(each).length, 0);
      const raw = bytes.reduce((sum, each) => sum + each.length, 0);
      weight =
        `${visits[0]!.files.length} files before Plotly: ${(sent / 1000).toFixed(0)} KB as a ` +
        `server sends them (gzip), ${(raw / 1000).toFixed(0)} KB on disk.`;
      expect(sent).toBeLessThan(MOST_BYTES);
    }
    writeSection(join(ROOT, "test", "peers", "RESULTS.md"), "book", sectionOf(rows, weight));
  } finally {
    server.close();
    await browser.close();
  }
});

/** Opens chapter 3, guesses at once, and waits for the answer's figure. */
async function visit(browser: Browser, home: string, slowdown: number): Promise<Visit> {
  const {page, requests, complaints} = await openBookPage(browser, `${home}/index.html`);
  if (slowdown > 1) {
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", {rate: slowdown});
  }
  requests.length = 0;
  await page.goto(`${home}/03-s3.html`);
  const contentMs = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const [paint] = list.getEntriesByName("first-contentful-paint");
          if (paint) resolve(paint.startTime);
        }).observe({type: "paint", buffered: true});
      }),
  );
  await page.locator("form.guess input").first().fill("9");
  const times = await page.evaluate(async () => {
    const start = performance.now();
    const until = (selector: string, text = ""): Promise<number> =>
      new Promise((resolve) => {
        const look = (): void => {
          const element = document.querySelector(selector);
          if (element?.textContent?.includes(text)) resolve(performance.now() - start);
          else requestAnimationFrame(look);
        };
        look();
      });
    document.querySelector<HTMLElement>("form.guess button")!.click();
    const playMs = await until("#cell-guess .outputs", "Your guess: 9");
    // A figure is drawn when it is in view.
    document.querySelector("#cell-gasp .outputs")!.scrollIntoView();
    return {playMs, figureMs: await until("#cell-gasp .plot[data-drawn]")};
  });
  expect(complaints).toEqual([]);
  await page.context().close();
  const before = requests.slice(
    0,
    requests.findIndex((url) => url.endsWith("/plotly.js")),
  );
  const own = before.filter((url) => url.startsWith(home));
  const files = [...new Set(own.map((url) => url.slice(home.length + 1)))];
  return {contentMs, ...times, files: files.map((file) => file.replace(/[?#].*/, ""))};
}

function sectionOf(rows: readonly string[], weight: string): string {
  return `## The book

Chapter 3 in headless Chromium, a guess as the first play; seconds, medians of ${ROUNDS} visits, play and
figure counted from the click. \`npm run test:long\` writes this. ${weight}

| opened by | first content | first play | first figure |
| --- | --- | --- | --- |
${rows.join("\n")}`;
}
