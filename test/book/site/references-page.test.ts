import {describe, expect, it} from "vitest";
import {
  citingFigures,
  citingPlaces,
  citingPrices,
  referencesPage,
} from "../../../kernel-lib/book/site/references-page.js";

const base = {venue: "Journal 3, 2001", url: null, note: "Read."};
const references = {
  "b-2001": {...base, title: "Be & see", authors: ["A. Baker", "B. Zed"], year: 2001},
  "a-1999": {
    ...{
      ...base,
      title: "Ay",
      authors: ["Z. Able"],
      year: 1999,
      venue: "Talk",
      url: "https://a.org/?x=1&y",
    },
    ...{
      section: "§2",
      unconfirmed: true as const,
      note: "The page is open: see b-2001, not c-2001.",
    },
  },
};

describe("citingPlaces", () => {
  it("citingPlaces names pages, then claims, each place once", () => {
    const pages = [{path: "03-s3.html", title: "Chapter 3", cited: new Set(["b-2001"])}];
    const evidence = [{reference: "b-2001"}, {reference: "b-2001"}];
    expect(citingPlaces(pages, [{id: "3.9", evidence}]).get("b-2001")).toEqual([
      {href: "03-s3.html", title: "Chapter 3"},
      {href: "claims.html#claim-3.9", title: "claim 3.9"},
    ]);
  });
});

describe("citingFigures", () => {
  it("citingFigures names what rests on a reference and has an address", () => {
    const evidence = {reference: "b-2001"};
    const resources = [
      {path: "a.csv", title: "A", evidence},
      {path: "b.csv", title: "B"},
      {path: "hidden.csv", title: "C", evidence},
    ];
    const link = (path: string) => (path.includes("hidden") ? undefined : `https://code/${path}`);
    const figures = citingFigures(resources, link);
    const place = {href: "https://code/data/a.csv", title: "figures “A”"};
    expect(figures).toEqual([{reference: "b-2001", ...place}]);
    expect(citingPlaces([], [], figures).get("b-2001")).toEqual([place]);
  });
});

describe("citingPrices", () => {
  it("citingPrices names the file of prices once for each source", () => {
    const rows = [{source: "a-1999"}, {source: "a-1999"}, {source: "b-2001"}];
    const places = citingPlaces([], [], citingPrices(rows, "data/prices.csv"));
    const place = {href: "data/prices.csv", title: "the list prices"};
    expect([...places]).toEqual([
      ["a-1999", [place]],
      ["b-2001", [place]],
    ]);
  });
});

describe("referencesPage", () => {
  const places = new Map([["b-2001", [{href: "03-s3.html", title: "Chapter 3"}]]]);
  const {html, path} = referencesPage(references, places);

  it("referencesPage has every reference in full, by author, under its anchor", () => {
    expect(path).toBe("references.html");
    expect([...html.matchAll(/<li id="([^"]*)"/g)].map((m) => m[1])).toEqual([
      "ref-a-1999",
      "ref-b-2001",
    ]);
    expect(html).toContain(
      '<p>Z. Able: <a href="https://a.org/?x=1&amp;y"><cite>Ay</cite></a>. Talk, 1999. Part used: §2.</p>',
    );
    expect(html).toContain(
      "<p>A. Baker, B. Zed: <cite>Be &amp; see</cite> (no address known). Journal 3, 2001.</p>",
    );
    expect(html.match(/<h1>/g)).toHaveLength(1);
  });

  it("referencesPage says what is unconfirmed and who cites", () => {
    expect(html).toContain(
      '<strong class="unconfirmed">Unconfirmed.</strong> The page is open: see <a href="#ref-b-2001">Baker &amp; Zed 2001</a>, not c-2001.',
    );
    expect(html).toContain('<p class="cited-by">Cited by: <a href="03-s3.html">Chapter 3</a>.</p>');
    expect(html.match(/Cited by:/g)).toHaveLength(1);
  });
});
