import {spawnSync} from "node:child_process";
import {join} from "node:path";
import {checkBook} from "kernel-lib/book";
import type {BookToCheck} from "kernel-lib/book";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../../binder/setup.mjs";
import {bookOf, writeBook} from "./made-book.js";

const CLI = join(ROOT, "kernel-lib", "dist", "cli", "check-book.js");

function toCheck(files: Record<string, string>): BookToCheck {
  return {
    book: bookOf(files),
    citable: {claimIds: [], references: {}, sources: []},
    spelling: {
      isInDictionary: (word) => word !== "wrold",
      projectWords: [],
      wordList: "words.txt",
      names: [],
    },
    prose: [{page: "README.md", texts: ["A sentence."]}],
  };
}

describe("checkBook()", () => {
  it("checkBook() passes a clean book", () => {
    const files = {"index.html": '<a href="a.html">A page</a>', "a.html": '<h1 id="a">A</h1>'};
    expect(checkBook(toCheck(files))).toEqual([]);
  });

  it("checkBook() hands every page to every check", () => {
    const a =
      '<a href="none.html">x</a><script src="https://example.org/a.js"></script><img src="a.html">' +
      '<p id="x">wrold</p><p id="x">x</p><a href="claims.html#claim-9.9">x</a>';
    const findings = checkBook(toCheck({"index.html": "", "a.html": a, "claims.html": ""}));
    expect(findings.filter(({page}) => page === "a.html").map(({problem}) => problem)).toEqual([
      "none.html leads nowhere",
      "claims.html#claim-9.9 leads to no anchor of claims.html",
      "https://example.org/a.js is loaded from elsewhere; only links may lead out",
      "no link leads here from index.html",
      "the image a.html has no alternative text",
      'the id "x" stands here twice',
      "names claim 9.9, which claims.json lacks",
      "spelling: wrold",
    ]);
  });
});

describe("npm run check:book", () => {
  it("check:book prints one line per finding and fails", () => {
    const folder = writeBook({"index.html": '<a href="none.html">x</a>'});
    const {status, stderr} = spawnSync(process.execPath, [CLI, folder], {encoding: "utf8"});
    expect(status).toBe(1);
    expect(stderr).toMatch(/^index\.html: none\.html leads nowhere$/m);
    expect(stderr).toMatch(/^\d+ problems$/m);
  });

  it("check:book says how to make a book that is not there", () => {
    const {status, stderr} = spawnSync(process.execPath, [CLI, "none"], {encoding: "utf8"});
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Cannot check the book: no folder .*none; npm run book makes it$/m);
  });
});
