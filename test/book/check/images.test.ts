import {describe, expect, it} from "vitest";
import {unnamedImages} from "../../../kernel-lib/dist/book/check/images.js";
import {bookOf} from "./made-book.js";

describe("unnamedImages()", () => {
  it.each([
    '<img src="a.svg" alt="Three bars">',
    '<img src="a.svg" alt="" role="presentation">',
    '<img src="a.svg" aria-hidden="true">',
    "<figure><img src='a.svg' alt='x'><figcaption>Caption</figcaption></figure>",
    '<figure aria-label="Loss by zones"></figure>',
    '<h2 id="h">x</h2><figure aria-labelledby="h"></figure>',
    '<svg role="img"><title>Two zones</title></svg>',
    '<svg role="img" aria-label="Two zones"></svg>',
    "<svg></svg>",
  ])("unnamedImages() passes %s", (html) => {
    expect(unnamedImages(bookOf({"page.html": html}))).toEqual([]);
  });

  it.each([
    ['<img src="a.svg">', "the image a.svg has no alternative text"],
    ['<img src="a.svg" alt=" ">', "the image a.svg has no alternative text"],
    ['<figure><img src="a.svg" alt="x"></figure>', "a figure has no label or caption"],
    ['<figure aria-label=""></figure>', "a figure has no label or caption"],
    ['<svg role="img"></svg>', "a drawing (svg, role img) has no label or title"],
  ])("unnamedImages() finds %s", (html, problem) => {
    const book = bookOf({"page.html": html});
    expect(unnamedImages(book)).toEqual([{page: "page.html", problem}]);
  });
});
