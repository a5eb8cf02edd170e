import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {englishWords} from "../support/english-words.js";

const BOOK = join(ROOT, "kernel-lib", "book");

/** Strings that look like words of the interface and are none, by file. */
const NO_WORDS: Record<string, readonly string[]> = {
  // Code that a reader types.
  "page/cell.ts": ["const … ="],
  "site/api-entry.ts": ["new …"],
  "site/api-pages.ts": ["kernel-lib/…"],
  "worker/cell-runner.ts": ["let …;"],
  // Names of authors, as references have them.
  "site/citations.ts": ["Amazon Web Services", "Glass Cloud", "… et al."],
  // Names of classes.
  "page/outputs.ts": ["text …"],
};

/** One writes TypeScript, one knows the classes of JavaScript by name: all that they write is code. */
const ONLY_CODE = ["site/api-signature.ts", "worker/node-util.ts"];

const filesOf = (folder: string): string[] =>
  readdirSync(join(BOOK, folder))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name}`);

const wordsOf = (file: string): string[] =>
  englishWords(readFileSync(join(BOOK, file), "utf8"))
    .filter(({text}) => !NO_WORDS[file]?.includes(text.split("\n")[0]!.trim()))
    .map(({line, text}) => `${file}:${line} ${text}`);

describe("strings", () => {
  it("no words of the interface stand in what makes the pages", () => {
    const files = [...filesOf("site"), ...filesOf("page"), ...filesOf("worker"), "build-book.ts"];
    const made = files.filter((file) => !ONLY_CODE.includes(file));
    expect(made.length).toBeGreaterThan(40);
    expect(made.flatMap(wordsOf)).toEqual([]);
  });

  const source = readFileSync(join(BOOK, "site", "glossary-page.ts"), "utf8");
  it.each([
    ["beside a tag", "<h1>${WORDS.title}</h1>", "<h1>Terms</h1>"],
    ["in one part of a sum", "</h1>", "</h1> of the book"],
    ["behind a value", "${links.join", "and ${links.join"],
    ["in a hole", "(${named})", '(${"<b>soon</b>" + named})'],
    ["in an attribute", '<dl class="glossary">', '<dl class="glossary" aria-label="terms">'],
    ["in a constant", "const WORDS = SITE_STRINGS.glossary", 'const WORDS = {start: "Sources"}'],
    ["in a phrase", "const WORDS = SITE_STRINGS.glossary", 'const WORDS = {start: "see also"}'],
    ["in a function", "WORDS.chapter(chapter)", "`chapter ${chapter}`"],
  ])("a forgotten word is found %s", (_, kept, planted) => {
    expect(englishWords(source)).toEqual([]);
    const forgetful = source.replace(kept, planted);
    expect(forgetful).not.toBe(source);
    expect(englishWords(forgetful)).toHaveLength(1);
  });

  it.each([
    "const id = `claim-${claim}`;",
    'const tag = `<a class="see-also" href="claims.html#${id}">${text}</a>`;',
    'const path = "glossary.html";',
    "throw new RangeError(`Cannot make slider ${name}: need a number`);",
    'import {escapeHtml} from "Some Module";',
    'type Kind = "Some Kind";',
    'const hit = event.key === "Enter";',
  ])("what no reader reads is no word: %s", (code) => {
    expect(englishWords(code)).toEqual([]);
  });
});
