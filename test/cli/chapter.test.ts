import {spawnSync} from "node:child_process";
import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {beforeAll, describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {findChromium, launchChromium} from "../../kernel-lib/dist/cli/chromium.js";
import {itNeeds} from "../support/needs.js";

const CLI = join(ROOT, "kernel-lib", "dist", "cli", "chapter.js");
const PAGE = join(ROOT, "build", "03-s3.html");

describe("npm run chapter", () => {
  let output = "";
  beforeAll(() => {
    // One digit, as a reader says it; the files have two.
    const run = spawnSync(process.execPath, [CLI, "3"], {encoding: "utf8"});
    expect(run.stderr).toBe("");
    expect(run.status).toBe(0);
    output = run.stdout;
  });

  it("chapter 03 prints the zone claim as failing with its number, and where it flips", () => {
    expect(output).toContain(
      "Claim 3.9: fails. Shards lost with two zones down: 8; the claim holds if it is at most 2.",
    );
    expect(output).toContain(
      "Claim 3.9, if the same eight shards lie on eight zones: holds. " +
        "Shards lost with two zones down: 2; the claim holds if it is at most 2.",
    );
  });

  it("chapter 03 answers the separate question, surviving one zone, per layout", () => {
    expect(output).toMatch(/RS\(6,2\) +2 +4\+4 +no +-2/);
    expect(output).toMatch(/RS\(6,2\) +3 +3\+3\+2 +no +-1/);
    expect(output).toMatch(/RS\(6,2\) +4 +2\+2\+2\+2 +yes +0/);
    expect(output).toMatch(/RS\(5,4\) +3 +3\+3\+3 +yes +1/);
  });

  const markup = (): string => readFileSync(PAGE, "utf8").replace(/<script>[\s\S]*?<\/script>/, "");

  it("the page holds everything it needs", () => {
    expect(markup()).not.toMatch(/src="https?:|<link/);
  });

  it("a link of the page leads to a file: the page of another notebook, or that notebook", () => {
    const links = [...markup().matchAll(/<a href="([^"#]+)/g)].map((match) => match[1]!);
    expect(links).toContain("03-lab-tail.html");
    const relative = links.filter((link) => !/^https?:/.test(link));
    expect(relative.filter((link) => !existsSync(join(ROOT, "build", link)))).toEqual([]);
  });

  itNeeds(
    findChromium(),
    "Chromium",
    "apt install chromium",
    "the page draws its figures offline, from file://",
    async () => {
      const browser = await launchChromium();
      try {
        const page = await (await browser.newContext({offline: true})).newPage();
        const errors: string[] = [];
        page.on("pageerror", (error) => errors.push(error.message));
        await page.goto(pathToFileURL(PAGE).href);
        const figures = page.locator(".plotly-figure");
        expect(await figures.count()).toBe(4);
        await page.locator("summary", {hasText: "Show the answer"}).first().click();
        for (const figure of await figures.all()) {
          await figure.scrollIntoViewIfNeeded();
          await figure.locator(".main-svg").first().waitFor();
        }
        expect(errors).toEqual([]);
      } finally {
        await browser.close();
      }
    },
  );

  it("a chapter that is not there is refused in one line that names those that are", () => {
    const {status, stderr} = spawnSync(process.execPath, [CLI, "77"], {encoding: "utf8"});
    expect(status).toBe(1);
    expect(stderr).toBe("Say which chapter: npm run chapter -- 00 | 03\n");
  });
});
