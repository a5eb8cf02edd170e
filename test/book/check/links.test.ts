import {describe, expect, it} from "vitest";
import {deadLinks} from "../../../kernel-lib/dist/book/check/links.js";
import {bookOf} from "./made-book.js";

const CLEAN = {
  "index.html":
    '<h1 id="top-of">T</h1><a href="03-s3.html#Zwei%20Zonen">x</a><a href="#top-of">x</a>' +
    '<a href="#">x</a><a href="?search=x#top-of">x</a><a href="https://example.org/x#y">x</a>' +
    '<a href="mailto:a@example.org">x</a><img src="figures/a.svg#layer" alt="x">' +
    '<a href="notebooks/03-s3.ipynb" download>x</a><script src="lib/book.js"></script>',
  "03-s3.html": '<h2 id="Zwei Zonen">x</h2><a name="old"></a><a href="./index.html">x</a>',
  "figures/a.svg": '<svg xmlns="http://www.w3.org/2000/svg"><g id="layer"></g></svg>',
  "notebooks/03-s3.ipynb": "{}",
  "lib/book.js": "",
  "style.css": 'a{background:url("figures/a.svg")} /* url(old.png) */',
};

describe("deadLinks()", () => {
  it("deadLinks() passes links that lead to files and anchors, and those to other hosts", () => {
    expect(deadLinks(bookOf(CLEAN))).toEqual([]);
  });

  it.each([
    ['<a href="06-ebs.html">x</a>', "06-ebs.html leads nowhere"],
    ['<a href="../README.md">x</a>', "../README.md leads out of the book"],
    ['<a href="/index.html">x</a>', "/index.html begins at the root; need a relative address"],
    ['<a href="notebooks/">x</a>', "notebooks/ leads nowhere"],
    ['<a href="#nowhere">x</a>', "#nowhere leads to no anchor of page.html"],
    ['<a href="03-s3.html#zwei">x</a>', "03-s3.html#zwei leads to no anchor of 03-s3.html"],
    ['<a href="%E0%A4%A.html">x</a>', "%E0%A4%A.html leads nowhere"],
    ['<img src="figures/b.svg" alt="x">', "figures/b.svg leads nowhere"],
    ['<img srcset="figures/a.svg 1x, figures/c.svg 2x">', "figures/c.svg leads nowhere"],
    [
      '<img src="figures/a.svg#none" alt="x">',
      "figures/a.svg#none leads to no anchor of figures/a.svg",
    ],
    ['<script src="lib/none.js"></script>', "lib/none.js leads nowhere"],
    ["<style>p{background:url(none.png)}</style>", "none.png leads nowhere"],
    ['<p style="background:url(none.png)">x</p>', "none.png leads nowhere"],
    ['<template><a href="none.html">x</a></template>', "none.html leads nowhere"],
  ])("deadLinks() finds %s", (html, problem) => {
    expect(deadLinks(bookOf({...CLEAN, "page.html": html}))).toEqual([
      {page: "page.html", problem},
    ]);
  });

  it("deadLinks() reads style sheets from their own folder", () => {
    const book = bookOf({
      ...CLEAN,
      "lib/a.css": '@import "b.css"; p{background:url(../style.css)}',
    });
    expect(deadLinks(book)).toEqual([{page: "lib/a.css", problem: "b.css leads nowhere"}]);
  });
});
