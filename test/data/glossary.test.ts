import {readFileSync} from "node:fs";
import {Ajv} from "ajv";
import {describe, expect, it} from "vitest";

interface Entry {
  term: string;
  definition: string;
  seeAlso: string[];
  chapter: number;
}

const entries = readJson("glossary.json") as Entry[];
const terms = entries.map(({term}) => term);
const ajv = new Ajv({allErrors: true});
const isGlossary = ajv.compile(readJson("schemas/glossary.schema.json") as object);

describe("glossary.json", () => {
  it("glossary.json satisfies its schema", () => {
    expect(isGlossary(entries), ajv.errorsText(isGlossary.errors)).toBe(true);
  });

  it("glossary.json has every term once, in alphabetical order, and so the terms under seeAlso", () => {
    expect(new Set(terms.map((term) => term.toLowerCase())).size).toBe(terms.length);
    expect(terms).toEqual(sorted(terms));
    for (const {term, seeAlso} of entries) expect(seeAlso, term).toEqual(sorted(seeAlso));
  });

  it("glossary.json refers only to other terms that it has", () => {
    const dead = entries.flatMap(({term, seeAlso}) =>
      seeAlso.filter((other) => other === term || !terms.includes(other)),
    );
    expect(dead).toEqual([]);
  });

  it("glossary.json defines a term in at most 40 words", () => {
    const long = entries.filter(({definition}) => definition.split(/\s+/).length > 40);
    expect(long.map(({term}) => term)).toEqual([]);
  });
});

describe("glossary.schema.json", () => {
  const entry = {term: "shard", definition: "A piece.", seeAlso: ["stripe"], chapter: 0};

  it("glossary.schema.json accepts an entry", () => {
    expect(isGlossary([entry, {...entry, seeAlso: [], chapter: 11}])).toBe(true);
  });

  it.each([
    ["a property nobody knows", {...entry, source: "x"}],
    ["an empty term", {...entry, term: ""}],
    ["a term with a space around it", {...entry, term: "shard "}],
    ["a definition without full stop", {...entry, definition: "A piece"}],
    ["one seeAlso twice", {...entry, seeAlso: ["stripe", "stripe"]}],
    ["a chapter that is none", {...entry, chapter: 12}],
    ["an entry without chapter", {term: "x", definition: "X.", seeAlso: []}],
  ])("glossary.schema.json rejects %s", (_, other) => {
    expect(isGlossary([other])).toBe(false);
  });
});

/** By letters alone: the same on every machine, whatever its language. */
function sorted(words: readonly string[]): string[] {
  const key = (word: string): string => word.toLowerCase();
  return [...words].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../data/${path}`, import.meta.url), "utf8"));
}
