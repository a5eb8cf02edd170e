import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../../binder/setup.mjs";
import {CitationFinder} from "../../../kernel-lib/book/site/citations.js";
import {proseContext, renderProse} from "../../../kernel-lib/book/site/prose.js";
import type {ProseContext} from "../../../kernel-lib/book/site/prose.js";
import {TermFinder} from "../../../kernel-lib/book/site/terms.js";
import type {GlossaryEntry} from "../../../kernel-lib/book/site/terms.js";

const entry = (term: string): GlossaryEntry => ({
  term,
  definition: `What ${term} means.`,
  seeAlso: [],
  chapter: 0,
});
const TERMS = ["erasure", "erasure code", "shard", "LRC", "GF(2^8)", "Reed–Solomon code"].concat(
  ...["Cauchy matrix", "witness", "serializability", "availability zone"],
);
const author = {venue: "V", url: null, note: "N."};

function context(): ProseContext {
  return proseContext({
    folder: "notebooks",
    repositoryLink: (path) => (path.startsWith("secret") ? undefined : `https://code/${path}`),
    terms: new TermFinder(TERMS.map(entry)),
    citations: new CitationFinder({
      "p-1997": {...author, title: "A Tutorial", authors: ["J. Plank"], year: 1997},
      "d-2013": {
        ...author,
        title: "The Tail at Scale",
        authors: ["J. Dean", "L. Barroso"],
        year: 2013,
      },
    }),
  });
}

const html = (source: string): string => renderProse(source, context()).html;
/** The words that were linked to the glossary. */
const termsIn = (source: string, page = context()): string[] =>
  [...renderProse(source, page).html.matchAll(/class="term"[^>]*>([^<]*)</g)].map((m) => m[1]!);

describe("headings", () => {
  it("renderProse gives each heading an id of its own and lists it for a table of contents", () => {
    const page = context();
    const {html, headings} = renderProse("# 3 · Where?\n\n## The `code`\n\n## The code", page);
    expect(html).toContain('<h1 id="3-where">3 · Where?</h1>');
    expect(headings).toEqual([
      {level: 1, id: "3-where", text: "3 · Where?"},
      {level: 2, id: "the-code", text: "The code"},
      {level: 2, id: "the-code-2", text: "The code"},
    ]);
    expect(renderProse("## The code", page).headings[0]!.id).toBe("the-code-3");
  });

  it("renderProse keeps one h1 a page", () => {
    const page = context();
    renderProse("# First", page);
    expect(renderProse("# Second", page).html).toBe('<h2 id="second">Second</h2>\n');
  });

  it("renderProse passes over ids that the page gives otherwise", () => {
    const page = context();
    page.ids.add("verdict");
    expect(renderProse("## Verdict", page).headings[0]!.id).toBe("verdict-2");
  });
});

describe("links", () => {
  it.each([
    ["03-s3.ipynb", "03-s3.html"],
    ["03-s3.ipynb#2-·-What-must-always-be-true", "03-s3.html#2-what-must-always-be-true"],
    ["#The-decision", "#the-decision"],
    ["../data/references.json", "references.html"],
    ["../data/glossary.json", "glossary.html"],
    ["../data/claims.json", "claims.html"],
    ["../README.md", "https://code/README.md"],
    ["../data/published/s3/xorbas.csv", "https://code/data/published/s3/xorbas.csv"],
    ["coursework/source/ps03.ipynb", "https://code/notebooks/coursework/source/ps03.ipynb"],
    ["https://example.org/a#B", "https://example.org/a#B"],
  ])("renderProse takes a link to %s to %s", (link, target) => {
    expect(html(`[x](${link})`)).toBe(`<p><a href="${target}">x</a></p>\n`);
  });

  it("renderProse leaves the text of a link that leads nowhere", () => {
    expect(html("a [*b* c](../secret.md) [d](03-s3.ipynb)")).toBe(
      '<p>a <em>b</em> c <a href="03-s3.html">d</a></p>\n',
    );
  });
});

describe("hints", () => {
  it("renderProse renders Markdown inside a hint after an empty line, and HTML before it as it is", () => {
    const source = "1. Why?\n<details><summary>Hint</summary>As <code>n</code>.</details>\n\n";
    expect(html(source)).toBe(
      "<ol>\n<li>Why?</li>\n</ol>\n<details><summary>Hint</summary>As <code>n</code>.</details>\n",
    );
    expect(html("<details><summary>Open</summary>\n\nA **b**.\n\n</details>")).toBe(
      "<details><summary>Open</summary>\n<p>A <strong>b</strong>.</p>\n</details>",
    );
  });
});

describe("tables and code", () => {
  it("renderProse lets a table scroll, names it and gives its header cells a scope", () => {
    const table = html("## Zones\n\n| | a |\n|---|---|\n| b | c |");
    const name = "Table 1, in “Zones”";
    expect(table).toContain(
      `<div class="wide" tabindex="0" role="region" aria-label="${name}">\n<table>\n` +
        `<caption class="visually-hidden">${name}</caption>`,
    );
    expect(table).toContain('<td></td>\n<th scope="col">a</th>');
    expect(table).toContain('<th scope="row">b</th>\n<td>c</td>');
    expect(table).toContain("</table>\n</div>\n");
  });

  it("renderProse makes no row headings where the first column has a heading", () => {
    expect(html("| a |\n|---|\n| b |")).toContain("<td>b</td>");
  });

  it("renderProse lets code scroll, names its language and escapes it", () => {
    expect(html('```ts\n1 < "2"\n```')).toBe(
      '<div class="wide" tabindex="0" role="region" aria-label="Code 1">\n' +
        '<pre><code class="language-ts">1 &lt; &quot;2&quot;\n</code></pre>\n</div>\n',
    );
  });
});

describe("terms", () => {
  it("renderProse explains the first mention of a term on a page, and only that", () => {
    const page = context();
    expect(renderProse("A shard, a shard.", page).html).toBe(
      '<p>A <a class="term" href="glossary.html#term-shard" ' +
        'data-definition="What shard means.">shard</a>, a shard.</p>\n',
    );
    expect(termsIn("A shard.", page)).toEqual([]);
  });

  it.each([
    ["the longest term", "An erasure code after an erasure", ["erasure code", "erasure"]],
    ["plurals", "Shards, witnesses, Cauchy matrices", ["Shards", "witnesses", "Cauchy matrices"]],
    ["terms in other spellings", "GF(2⁸): Reed-Solomon codes", ["GF(2⁸)", "Reed-Solomon codes"]],
    ["terms over the end of a line", "an availability\nzone", ["availability\nzone"]],
    ["terms in italics and in tables", "*shard*\n\n| a |\n|---|\n| LRCs |", ["shard", "LRCs"]],
    ["abbreviations as they are written only", "lrc, Lrc, LRC(6,2,2)", ["LRC"]],
    ["whole words only", "shardlike, multi-shard, resharding, shard-wise", []],
    ["nothing in headings, code and links", "# shard\n\n`shard` [a shard](x.ipynb)", []],
    ["nothing in header cells", "| shard |\n|---|\n| x |", []],
    ["nothing in HTML and summaries", "<details><summary>shard</summary>shard</details>", []],
    ["nothing in a summary within a line", "a <summary>shard</summary> b <b>shard</b>", ["shard"]],
  ])("renderProse finds %s", (_, source, found) => {
    expect(termsIn(source)).toEqual(found);
  });
});

describe("citations in prose", () => {
  it("renderProse links citations and titles in italics, and says which it found", () => {
    const page = context();
    const {html} = renderProse("Plank 1997; Dean and Barroso (*The Tail at Scale*, 2013).", page);
    expect(html).toBe(
      '<p><a class="citation" href="references.html#ref-p-1997">Plank 1997</a>; Dean and Barroso ' +
        '(<em><a class="citation" href="references.html#ref-d-2013">The Tail at Scale</a></em>, 2013).</p>\n',
    );
    expect([...page.cited]).toEqual(["p-1997", "d-2013"]);
  });
});

describe("text", () => {
  it("renderProse gives the plain text for the search", () => {
    const source =
      "# A *b*\n\nSome `code` and [link](x.ipynb).\n\n<details><summary>Hint</summary>No.</details>";
    expect(renderProse(source, context()).text).toBe("A b\nSome code and link.\nHint No.");
  });
});

describe("the notebooks", () => {
  const folder = join(ROOT, "notebooks");
  const notebooks = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));

  it.each(notebooks)("%s has one h1, no heading skipped, and no id twice", (name) => {
    const {cells} = JSON.parse(readFileSync(join(folder, name), "utf8")) as {
      cells: {cell_type: string; source: string | string[]}[];
    };
    const page = context();
    const prose = cells
      .filter((cell) => cell.cell_type === "markdown")
      .map(({source}) => renderProse([source].flat().join(""), page));
    const levels = prose.flatMap(({headings}) => headings.map(({level}) => level));
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    expect(levels[0]).toBe(1);
    levels
      .slice(1)
      .forEach((level, index) => expect(level).toBeLessThanOrEqual(levels[index]! + 1));
    const ids = prose.flatMap(({html}) => [...html.matchAll(/ id="([^"]*)"/g)].map((m) => m[1]));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
