import {pathToFileURL} from "node:url";
import {courseRules, feedbackPage, finalMark, writeText} from "kernel-lib/course/record";
import type {SubmissionResult} from "kernel-lib/course/record";
import {describe, expect, it} from "vitest";
import {findChromium, launchChromium} from "../../../kernel-lib/dist/cli/chromium.js";
import {itNeeds} from "../../support/needs.js";
import {scratchFolder} from "../../support/scratch.js";
import {CLASS, COURSE, LOG, prose, resultOf, SCRIPT, TARO, ZOE} from "./small-class.js";

const RULES = courseRules(COURSE);

function pageOf(result: SubmissionResult): string {
  return feedbackPage(result, finalMark(result, LOG, RULES));
}

const ofStudent = (student: string): string =>
  pageOf(CLASS.find((result) => result.student === student)!);

/** The hostile text everywhere a student's text, or one made of it, can stand. */
function hostile(): SubmissionResult {
  const text = JSON.stringify(resultOf("eve"), (key, value: unknown) =>
    typeof value === "string" && key !== "problemSet" ? SCRIPT : value,
  );
  const result = JSON.parse(text) as SubmissionResult;
  return {...result, flags: [{kind: "cell-changed", detail: SCRIPT}]};
}

describe("feedbackPage", () => {
  it("feedbackPage of a late student is the golden one", async () => {
    await expect(ofStudent(ZOE)).toMatchFileSnapshot("./feedback.golden.txt");
  });

  it("feedbackPage gives the reason and the hint of what fails, and of nothing else", () => {
    const page = ofStudent(ZOE);
    expect(page.match(/class="hint"/g)).toHaveLength(1);
    expect(page).toContain("<p>shards 1 and 4 of trial 3 came back as zeros</p>");
    expect(ofStudent("ada")).not.toContain('class="hint"');
  });

  it("feedbackPage shows penalties, overrides, people's comments and notes", () => {
    expect(ofStudent(ZOE)).toContain("−0.54");
    expect(ofStudent(ZOE)).toContain("B. Babbage gave 3.33: Names the cause, not the size of it.");
    expect(ofStudent(TARO)).toContain("Illness: oral examination. (Ch. Chair)");
    expect(ofStudent("ada")).toContain("<li>Second marking agreed.</li>");
  });

  it("feedbackPage says that a mark is not final while a person still marks", () => {
    expect(ofStudent("stranger")).toContain("Not final: a person still marks q8.");
    expect(ofStudent("ada")).not.toContain("Not final");
  });

  it("feedbackPage tells a student the own flags, and never another student's id", () => {
    expect(ofStudent("-eve")).toContain("The locked cell q3-test was changed");
    expect(ofStudent("-eve")).not.toContain("The notebook says ada.");
  });

  it("feedbackPage has only tags of its own, whatever a student wrote", () => {
    const page = pageOf(hostile());
    const tags = new Set(
      [...page.matchAll(/<\/?([a-zA-Z!][a-zA-Z0-9]*)/g)].map((match) => match[1]),
    );
    const own =
      "! html head meta title style body header main footer section h1 h2 h3 p ul li strong";
    const table = "table caption thead tbody tfoot tr th td pre";
    const allowed = [...`${own} ${table}`.split(" "), "!doctype"];
    expect(allowed).toEqual(expect.arrayContaining([...tags]));
    expect(page.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\son\w+\s*=/);
    expect(page).not.toContain("\u202e");
    expect(page).toContain("onerror=&#39;alert(2)&#39;&gt;⟨U+202E⟩&amp;amp;");
    expect(page).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;");
  });

  it("feedbackPage may load and run nothing: its policy names one style, by its hash", () => {
    expect(ofStudent(ZOE)).toMatch(
      /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[\w+/=]{44}'; base-uri 'none'; form-action 'none'">/,
    );
  });

  it("feedbackPage cuts an answer that nobody would read to its end, and says so", () => {
    const result = resultOf("ada", {questions: [prose("x".repeat(25_000))]});
    expect(pageOf(result)).toContain("5000 more characters are not shown.");
  });

  it("feedbackPage names every table, and puts each heading one level below the one above", () => {
    const page = ofStudent(ZOE);
    expect(page.match(/<caption>/g)).toHaveLength(page.match(/<table>/g)!.length);
    const levels = [...page.matchAll(/<h(\d)/g)].map((match) => Number(match[1]));
    expect(levels[0]).toBe(1);
    levels
      .slice(1)
      .forEach((level, index) => expect(level - levels[index]!).toBeLessThanOrEqual(1));
  });

  itNeeds(
    findChromium(),
    "Chromium",
    "apt install chromium",
    "feedbackPage runs nothing in a browser, is drawn in its own style, and fits a narrow screen",
    async () => {
      const path = `${scratchFolder()}/page.html`;
      writeText(path, pageOf(hostile()));
      const browser = await launchChromium();
      try {
        const page = await browser.newPage({viewport: {width: 360, height: 700}});
        const heard: string[] = [];
        page.on("dialog", (dialog) => {
          heard.push(`dialog ${dialog.message()}`);
          void dialog.dismiss();
        });
        page.on("console", (message) => heard.push(message.text()));
        page.on("request", (request) => heard.push(request.url()));
        await page.goto(pathToFileURL(path).href);
        expect(heard.filter((what) => !what.startsWith("file:"))).toEqual([]);
        expect(heard).toHaveLength(1);
        expect(await page.locator("script, img, iframe, form").count()).toBe(0);
        const style = "getComputedStyle(document.querySelector('pre')).whiteSpace";
        expect(await page.evaluate(style)).toBe("pre-wrap");
        const width = "document.documentElement.scrollWidth";
        expect(await page.evaluate(width)).toBeLessThanOrEqual(360);
      } finally {
        await browser.close();
      }
    },
  );
});
