import {readFileSync} from "node:fs";
import {join} from "node:path";
import {markdownProse, namesOfWorks} from "kernel-lib/book";
import type {CitableWork, Finding, Spelling} from "kernel-lib/book";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../../binder/setup.mjs";
import {
  misspelled,
  wordListProblems,
  wordsOf,
} from "../../../kernel-lib/dist/book/check/spelling.js";
import {textBlocks} from "../../../kernel-lib/dist/book/check/text-blocks.js";
import {loadDictionary} from "../../../kernel-lib/dist/cli/dictionary.js";
import {markdownFiles} from "../../../kernel-lib/dist/cli/project-markdown.js";
import {projectFiles} from "../../support/project-files.js";
import {bookOf} from "./made-book.js";

const isInDictionary = loadDictionary();
const SPELLING: Spelling = {
  isInDictionary,
  projectWords: ["Jupyter", "codec"],
  wordList: "docs/words.txt",
  names: ["Sebastiano Vigna"],
};
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

function findingsOf(html: string, spelling = SPELLING): Finding[] {
  const book = bookOf({"page.html": html});
  const prose = book.pages.map((page) => ({page: page.path, texts: textBlocks(page)}));
  return misspelled(prose, spelling);
}

describe("misspelled()", () => {
  it.each([
    "<p>The zone's colour isn’t grey; the neighbouring zones’ shards don't agree.</p>",
    "<p>A codec, two-zone, “quoted” (in brackets), and Codec begin sentences. Jupyter, Vigna.</p>",
    "<p>RS(6,2), S3, p99, 8 MiB, AZs, GETs, x⁸, f0 1e 78 d5 ee.</p>",
    "<p>See https://example.org/colr, someone@exmple.org, docs/wrds.txt, sizeBytes, max_lngth.</p>",
    "<pre>colr</pre><p><code>colr</code> <kbd>colr</kbd></p><script>colr</script><style>colr</style>",
    "<math><mi>colr</mi></math><svg><text>colr</text></svg>",
    '<p lang="de">Verfügbarkeit</p><p translate="no">colr</p>',
    "<p>short<em>er</em> and short<wbr>er</p>",
    "<ul><li>one</li><li>two</li></ul><table><tr><td>three</td><td>four</td></tr></table>",
  ])("misspelled() passes %s", (html) => {
    expect(findingsOf(html)).toEqual([]);
  });

  it.each([
    ["<p>The <em>wrold</em> turns.</p>", "wrold"],
    ["<p>Any color will do.</p>", "color"],
    ["<p>The center of it.</p>", "center"],
    ["<li>a jupyter notebook</li>", "jupyter"],
    ["<p>Wrold-wide.</p>", "Wrold"],
    ['<img src="a.svg" alt="Three brs">', "brs"],
    ['<button aria-label="Serach">x</button>', "Serach"],
    ["<p>It ends.<br>Nwe line</p>", "Nwe"],
  ])("misspelled() finds the mistake in %s", (html, word) => {
    expect(findingsOf(html)).toEqual([{page: "page.html", problem: `spelling: ${word}`}]);
  });

  it("misspelled() tells a word once per page, with its number", () => {
    expect(findingsOf("<p>wrold wrold</p><p>wrold</p>")).toEqual([
      {page: "page.html", problem: "spelling: wrold (3 times)"},
    ]);
  });

  it("misspelled() reads Markdown without its code", () => {
    const prose = markdownProse(
      "a.md",
      "# Ttile\n\nA `wrold`.\n\n```\nwrold\n```\n\n| codec |\n|---|\n| xyzzy |",
    );
    expect(misspelled([prose], SPELLING).map(({problem}) => problem)).toEqual([
      "spelling: Ttile",
      "spelling: xyzzy",
    ]);
  });
});

describe("wordListProblems()", () => {
  const prose = [{page: "a.html", texts: ["Codecs", "A codec of Jupyter"]}];
  const problemsOf = (...projectWords: string[]): string[] =>
    wordListProblems(prose, {...SPELLING, projectWords}).map(({problem}) => problem);

  it("wordListProblems() passes words in order that are used, also at the start of a sentence", () => {
    expect(problemsOf("Jupyter", "codec", "codecs")).toEqual([]);
  });

  it("wordListProblems() finds words that nobody uses, words out of order, and what is known", () => {
    expect(problemsOf("Jupyter", "codecs", "copyset")).toEqual(["copyset is used nowhere"]);
    expect(problemsOf("codec", "Jupyter")).toEqual(["Jupyter must stand before codec"]);
    expect(problemsOf("codec", "codec")).toEqual(["codec must stand before codec"]);
    expect(
      wordListProblems([{page: "a", texts: ["shard"]}], {...SPELLING, projectWords: ["shard"]}),
    ).toEqual([{page: "docs/words.txt", problem: "shard is in the dictionary"}]);
  });
});

describe("docs/words.txt", () => {
  const projectWords = read("docs/words.txt").trim().split("\n");

  it("no word of it is unused: each stands in prose, data or docstrings of the project", () => {
    const sources = projectFiles().filter(
      (path) =>
        /\.(md|ipynb)$|^data\/.*\.(json|csv)$/.test(path) || /^kernel-lib\/.*\.ts$/.test(path),
    );
    const used = new Set(wordsOf(sources.map((path) => read(path).replaceAll("\\n", " "))));
    const cased = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
    expect(projectWords.filter((word) => !used.has(word) && !used.has(cased(word)))).toEqual([]);
  });

  it("it is sorted, and has no word twice and none that the dictionary has", () => {
    expect(projectWords).toEqual([...new Set(projectWords)].sort());
    expect(projectWords.filter(isInDictionary)).toEqual([]);
  });

  it("the Markdown files of the project are spelled with it", () => {
    const references = JSON.parse(read("data/references.json")) as Record<string, CitableWork>;
    const names = namesOfWorks(Object.values(references));
    const prose = markdownFiles(ROOT).map((path) => markdownProse(path, read(path)));
    expect(misspelled(prose, {...SPELLING, projectWords, names})).toEqual([]);
  });

  it("every Markdown file that people write is among those that are spelled", () => {
    const written = projectFiles().filter(
      (path) => path.endsWith(".md") && !path.startsWith("test/peers/"),
    );
    expect(markdownFiles(ROOT)).toEqual(expect.arrayContaining(written));
  });
});
