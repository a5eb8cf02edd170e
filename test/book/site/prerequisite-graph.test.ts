import {describe, expect, it} from "vitest";
import {prerequisiteGraph} from "../../../kernel-lib/book/site/prerequisite-graph.js";
import {bookNotebook} from "./book-notebooks.js";

/** Boxes by the page that they lead to. */
function boxes(svg: string): Map<string, {x: number; y: number}> {
  const found = svg.matchAll(/<a href="([^"]*)"><rect x="(\d+)" y="(\d+)"/g);
  return new Map([...found].map(([, href, x, y]) => [href!, {x: Number(x), y: Number(y)}]));
}

const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map((match) => match[1]!);

const after = (name: string, ...comesAfter: string[]): ReturnType<typeof bookNotebook> =>
  bookNotebook(name, {comesAfter});

describe("prerequisiteGraph", () => {
  const svg = prerequisiteGraph(
    [after("a"), after("b", "a"), after("c", "a"), after("d", "a", "c"), after("e", "gone")],
    'What "comes" first',
  );

  it("links every page, from left to right by how many come before", () => {
    const found = boxes(svg);
    const x = (name: string): number => found.get(`${name}.html`)!.x;
    expect([...found.keys()]).toEqual(["a.html", "b.html", "c.html", "d.html", "e.html"]);
    expect(x("a")).toBeLessThan(x("b"));
    expect(x("c")).toBe(x("b"));
    expect(x("d")).toBeGreaterThan(x("c"));
  });

  it("puts no box on another, and all inside the drawing", () => {
    const found = [...boxes(svg).values()];
    expect(new Set(found.map(({x, y}) => `${x} ${y}`)).size).toBe(found.length);
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!.map(Number);
    for (const {x, y} of found) {
      expect(x + 236).toBeLessThanOrEqual(width!);
      expect(y + 44).toBeLessThanOrEqual(height!);
    }
  });

  it("draws a line for each page that comes before and is there", () => {
    expect(svg.match(/<path /g)).toHaveLength(4);
  });

  it("has a label, and escapes it like titles", () => {
    expect(svg).toContain('aria-label="What &quot;comes&quot; first"');
    expect(prerequisiteGraph([bookNotebook("a", {title: "R & D"})], "x")).toContain("R &amp; D");
  });

  it.each([
    ["Short", ["Short"]],
    [
      "A title that needs a second line of the box",
      ["A title that needs a second", "line of the box"],
    ],
    [
      "A title that goes on and on until no box of two lines could ever hold it",
      ["A title that goes on and on", "until no box of two lines …"],
    ],
    ["x".repeat(40), ["x".repeat(31), "x".repeat(9)]],
    ["x".repeat(80), ["x".repeat(31), `${"x".repeat(29)} …`]],
  ])("writes %j on two lines at most", (title, lines) => {
    expect(texts(prerequisiteGraph([bookNotebook("a", {title})], "x"))).toEqual(lines);
  });
});
