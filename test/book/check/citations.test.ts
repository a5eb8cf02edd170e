import {citesWork} from "kernel-lib/book";
import type {Finding} from "kernel-lib/book";
import {describe, expect, it} from "vitest";
import {citationProblems} from "../../../kernel-lib/dist/book/check/citations.js";
import {bookOf} from "./made-book.js";

const WORK = {
  title: "A Tutorial on Reed-Solomon Coding",
  authors: ["James S. Plank"],
  year: 1997,
  url: "https://example.org/plank",
};

function problemsOf(html: string, change: object = {}, sources: string[] = []): Finding[] {
  const pages = {
    "page.html": html,
    "references.html":
      '<ul><li id="ref-plank-1997"><a href="https://example.org/plank">x</a></li></ul>',
  };
  const references = {"plank-1997": {...WORK, ...change}};
  return citationProblems(bookOf(pages), {claimIds: ["3.9", "11a.1"], references, sources});
}

const CITED = '<a href="references.html#ref-plank-1997">x</a>';

describe("citationProblems()", () => {
  it.each([
    ["a link to the entry", CITED],
    ["a link to the work", '<a href="https://example.org/plank">x</a>'],
    ["authors and year", "<p>As Plank (1997) writes.</p>"],
    ["the title", "<p>See “A tutorial on Reed-Solomon coding”.</p>"],
  ])("citationProblems() takes %s for a citation", (_, html) => {
    expect(problemsOf(html)).toEqual([]);
  });

  it("citationProblems() takes an id in data or in a notebook for a citation", () => {
    expect(problemsOf("", {}, ['{"reference": "plank-1997"}'])).toEqual([]);
    expect(problemsOf("", {}, ["s3,0.023,plank-1997\n"])).toEqual([]);
  });

  it("citationProblems() reports a work that nothing cites, but not one for further reading", () => {
    const problem = "nothing cites plank-1997";
    // Author and year in different paragraphs are no citation, nor is the list itself.
    expect(problemsOf("<p>Plank</p><p>1997</p>")).toEqual([{page: "references.html", problem}]);
    expect(problemsOf("", {background: true})).toEqual([]);
  });

  it("citationProblems() finds links to works and claims that there are not", () => {
    const claims = '<a href="claims.html#claim-3.9">x</a><a href="claims.html#claim-11a.1">x</a>';
    expect(problemsOf(CITED + claims)).toEqual([]);
    const wrong =
      '<a href="references.html#ref-plank-2003">x</a><a href="claims.html#claim-3.99">x</a>';
    expect(problemsOf(CITED + wrong)).toEqual([
      {page: "page.html", problem: "cites plank-2003, which references.json lacks"},
      {page: "page.html", problem: "names claim 3.99, which claims.json lacks"},
    ]);
  });
});

describe("citesWork()", () => {
  it("citesWork() wants every author of two, and the first of three", () => {
    const two = {...WORK, title: "Note", authors: ["James S. Plank", "Ying Ding"], year: 2003};
    const three = {...two, authors: [...two.authors, "A Third"]};
    expect(citesWork("Plank & Ding 2003", "x", two)).toBe(true);
    expect(citesWork("Plank 2003", "x", two)).toBe(false);
    expect(citesWork("Plank et al. 2003", "x", three)).toBe(true);
    expect(citesWork("Planks of 2003", "x", three)).toBe(false);
  });
});
