import {describe, expect, it} from "vitest";
import {foreignHosts} from "../../../kernel-lib/dist/book/check/foreign-hosts.js";
import {bookOf} from "./made-book.js";

describe("foreignHosts()", () => {
  it("foreignHosts() lets readers follow links out, and pages carry their own data", () => {
    const book = bookOf({
      "index.html":
        '<a href="https://example.org/">x</a><link rel="icon" href="data:,">' +
        '<img src="data:image/svg+xml;base64,AAAA" alt="x"><p>See https://example.org/.</p>' +
        '<svg xmlns="http://www.w3.org/2000/svg"></svg><script>const a = "https://x.org";</script>',
      "style.css": "p{background:url(data:image/png;base64,AAAA)}",
    });
    expect(foreignHosts(book)).toEqual([]);
  });

  it.each([
    ['<script src="https://cdn.example.org/a.js"></script>', "https://cdn.example.org/a.js"],
    ['<link rel="stylesheet" href="//fonts.example.org/a.css">', "//fonts.example.org/a.css"],
    ['<img src="HTTP://example.org/a.png" alt="x">', "HTTP://example.org/a.png"],
    ['<img srcset="a.png, https://example.org/b.png 2x" alt="x">', "https://example.org/b.png"],
    ["<style>@import url('https://example.org/a.css');</style>", "https://example.org/a.css"],
    ['<p style="background:url(https://example.org/a.png)">x</p>', "https://example.org/a.png"],
    ['<form action="https://example.org/find"></form>', "https://example.org/find"],
    ['<svg><use xlink:href="https://example.org/a.svg#b"/></svg>', "https://example.org/a.svg#b"],
    ['<meta http-equiv="refresh" content="0; url=https://example.org/">', "https://example.org/"],
  ])("foreignHosts() finds %s", (html, address) => {
    const problem = `${address} is loaded from elsewhere; only links may lead out`;
    expect(foreignHosts(bookOf({"page.html": html}))).toEqual([{page: "page.html", problem}]);
  });

  it("foreignHosts() finds them in style sheets and drawings", () => {
    const book = bookOf({
      "a.css": '@import "https://example.org/b.css";',
      "figures/a.svg": '<svg><image href="https://example.org/a.png"/></svg>',
    });
    expect(foreignHosts(book).map(({page}) => page)).toEqual(["figures/a.svg", "a.css"]);
  });

  it("foreignHosts() refuses a link without scheme, which a file cannot follow", () => {
    const problem = "the link //example.org/ has no scheme, and leads nowhere from file://";
    const book = bookOf({"page.html": '<a href="//example.org/">x</a>'});
    expect(foreignHosts(book)).toEqual([{page: "page.html", problem}]);
  });
});
