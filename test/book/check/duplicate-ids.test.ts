import {describe, expect, it} from "vitest";
import {duplicateIds} from "../../../kernel-lib/dist/book/check/duplicate-ids.js";
import {bookOf} from "./made-book.js";

describe("duplicateIds()", () => {
  it("duplicateIds() passes ids that differ, and the same id on two pages", () => {
    const html = '<p id="a">x</p><p id="A">x</p><p id="b">x</p>';
    expect(duplicateIds(bookOf({"a.html": html, "b.html": html}))).toEqual([]);
  });

  it("duplicateIds() tells an id once, however often it is repeated", () => {
    const html = '<p id="a">x</p><svg><g id="a"></g></svg><h2 id="a">x</h2>';
    expect(duplicateIds(bookOf({"page.html": html}))).toEqual([
      {page: "page.html", problem: 'the id "a" stands here twice'},
    ]);
  });
});
