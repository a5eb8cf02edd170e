import {describe, expect, it} from "vitest";
import {orphans} from "../../../kernel-lib/dist/book/check/orphans.js";
import {bookOf} from "./made-book.js";

const FILES = {
  "index.html": '<a href="a.html#x">x</a><a href="https://example.org/c.html">x</a>',
  "a.html": '<a href="index.html">x</a><a href="b.html?x=1">x</a>',
  "b.html": "<p>x</p>",
};

describe("orphans()", () => {
  it("orphans() passes a book of which every page is reached, over however many links", () => {
    expect(orphans(bookOf(FILES))).toEqual([]);
  });

  it("orphans() finds pages that only each other, or nobody, leads to", () => {
    const islands = {"c.html": '<a href="d.html">x</a>', "d.html": '<a href="c.html">x</a>'};
    const problem = "no link leads here from index.html";
    expect(orphans(bookOf({...FILES, ...islands}))).toEqual([
      {page: "c.html", problem},
      {page: "d.html", problem},
    ]);
  });

  it("orphans() does not count what a browser loads as a way for a reader", () => {
    const framed = {...FILES, "a.html": '<iframe src="b.html"></iframe>'};
    expect(orphans(bookOf(framed)).map(({page}) => page)).toEqual(["b.html"]);
  });

  it("orphans() wants a front page", () => {
    expect(orphans(bookOf({"a.html": ""}))).toEqual([
      {page: "index.html", problem: "the front page is missing"},
    ]);
  });
});
