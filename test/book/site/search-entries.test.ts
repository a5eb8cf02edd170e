import vm from "node:vm";
import {describe, expect, it} from "vitest";
import {searchScript} from "../../../kernel-lib/book/site/search-entries.js";
import type {SearchEntry} from "../../../kernel-lib/book/site/search-entries.js";

interface Found extends Omit<SearchEntry, "text"> {
  excerpt: string;
}

const entry = (path: string, title: string, text: string, heading = ""): SearchEntry => ({
  ...{path, title, heading, text},
});

/** The script as a page runs it, and what it finds. */
function find(entries: SearchEntry[], query: string): Found[] {
  const context = vm.createContext({});
  vm.runInContext(searchScript(entries), context);
  const found = vm.runInContext(`glassCloudSearch(${JSON.stringify(query)})`, context) as Found[];
  return JSON.parse(JSON.stringify(found)) as Found[];
}

const LONG = `${"word ".repeat(60)}erasure coding ${"tail ".repeat(60)}`.trim();
const ENTRIES = [
  entry("a.html#one", "Shards", "A shard lies on a disk.", "Where they lie"),
  entry("b.html", "Disks", "A disk fails once in a while; a shard is lost."),
  entry("c.html", "Codes", LONG),
];

const pathsOf = (query: string): string[] => find(ENTRIES, query).map(({path}) => path);

describe("searchScript", () => {
  it("finds places that have all words, those in titles first", () => {
    expect(pathsOf("shard")).toEqual(["a.html#one", "b.html"]);
    expect(pathsOf("shard fails")).toEqual(["b.html"]);
    expect(pathsOf("shard nonsense")).toEqual([]);
  });

  it("finds by the beginning of a word, in any case, and with a slip", () => {
    expect(pathsOf("ERAS")).toEqual(["c.html"]);
    expect(pathsOf("erazure")).toEqual(["c.html"]);
  });

  it("finds nothing where nothing is asked", () => {
    expect(pathsOf("")).toEqual([]);
    expect(pathsOf("  ")).toEqual([]);
  });

  it("gives title, heading and a text that is short whole", () => {
    expect(find(ENTRIES, "lie")[0]).toEqual({
      ...{path: "a.html#one", title: "Shards", heading: "Where they lie"},
      excerpt: "A shard lies on a disk.",
    });
  });

  it("cuts a long text around the word, and says that it does", () => {
    const {excerpt} = find(ENTRIES, "erasure")[0]!;
    expect(excerpt).toMatch(/^… word .*\berasure coding tail .* …$/);
    expect(excerpt.length).toBeLessThanOrEqual(144);
    expect(find(ENTRIES, "codes")[0]!.excerpt).toMatch(/^word word .* …$/);
  });

  it("shows twelve places at most", () => {
    const many = Array.from({length: 40}, (_, at) => entry(`${at}.html`, "Disk", "a disk"));
    expect(find(many, "disk")).toHaveLength(12);
  });

  it("carries any text: ends of scripts, quotes and lines", () => {
    const odd = 'A </script> and "quotes" and ` ${x}\n\u2028 end';
    expect(find([entry("o.html", "Odd", odd)], "quotes")[0]!.excerpt).toBe(odd);
  });

  it("is the same for the same entries", () => {
    expect(searchScript(ENTRIES)).toBe(searchScript(ENTRIES));
  });
});
