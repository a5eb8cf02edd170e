import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../../binder/setup.mjs";
import {CitationFinder, spokenForm} from "../../../kernel-lib/book/site/citations.js";
import type {Reference, References} from "../../../kernel-lib/book/site/citations.js";
import {proseContext, renderProse} from "../../../kernel-lib/book/site/prose.js";

function reference(authors: string[], year: number, more: Partial<Reference> = {}): Reference {
  return {title: `T ${year}`, authors, year, venue: "V", url: null, note: "N.", ...more};
}

const three = ["Daniel Ford", "François Labelle", "Florentina Popovici"];
const finder = new CitationFinder({
  plank: reference(["James S. Plank"], 1997, {cite: ["the tutorial"]}),
  ding: reference(["James S. Plank", "Ying Ding"], 2003),
  ford: reference(three, 2010, {title: "Availability: a Study"}),
  geffen: reference(["Jacob Van Geffen"], 2021),
  "aws-1": reference(["Amazon Web Services"], 2023),
  "aws-2": reference(["Amazon Web Services"], 2023, {cite: ["the manual"]}),
});

describe("CitationFinder", () => {
  it.each([
    ["See Plank 1997.", "Plank 1997", "plank"],
    ["Plank (1997) says", "Plank (1997)", "plank"],
    ["Plank & Ding 2003", "Plank & Ding 2003", "ding"],
    ["by Plank and Ding (2003)", "Plank and Ding (2003)", "ding"],
    ["Ford et al. 2010", "Ford et al. 2010", "ford"],
    ["Ford et\nal. (2010)", "Ford et\nal. (2010)", "ford"],
    ["Ford et al. (2010, as quoted by others)", "Ford et al.", "ford"],
    ["Ford et al., OSDI 2010;", "Ford et al., OSDI 2010", "ford"],
    ["Van Geffen 2021", "Van Geffen 2021", "geffen"],
    ['J. Plank, "t 1997", says', "t 1997", "plank"],
    ["in “Availability: A\nStudy.”", "Availability: A\nStudy", "ford"],
    ["as the tutorial has it", "the tutorial", "plank"],
    ["says the manual", "the manual", "aws-2"],
  ])("in %j it finds %j", (text, found, id) => {
    const [citation, ...others] = finder.find(text);
    expect(text.slice(citation!.start, citation!.end)).toBe(found);
    expect(citation!.id).toBe(id);
    expect(others).toEqual([]);
  });

  it.each([
    "Plank 1998",
    "Ding 2003",
    "Ford 2010",
    "Blank-Plank1997",
    "Plank 19975",
    "Amazon Web Services 2023",
  ])("it finds nothing in %j", (text) => {
    expect(finder.find(text)).toEqual([]);
  });

  it("it reports forms that stand for two references, which are never linked", () => {
    expect(finder.ambiguous).toEqual(["Amazon Web Services 2023"]);
  });

  it("it knows titles of more than one word, whole and up to the colon, unless two share one", () => {
    expect(finder.byTitle("availability: a study")).toBe("ford");
    expect(finder.byTitle("Availability")).toBeUndefined();
    expect(finder.byTitle("T 1997")).toBe("plank");
    expect(finder.byTitle("T 2023")).toBeUndefined();
  });
});

describe("the references", () => {
  const references = JSON.parse(
    readFileSync(join(ROOT, "data/references.json"), "utf8"),
  ) as References;
  const prose = notebookProse();

  it("only organisations with several documents a year have an ambiguous form", () => {
    expect(new CitationFinder(references).ambiguous).toEqual([
      "Glass Cloud 2026",
      "Amazon Web Services 2023",
    ]);
  });

  it("the notebooks cite by names that are found", () => {
    const page = proseContext({
      ...{folder: "notebooks", repositoryLink: () => undefined},
      citations: new CitationFinder(references),
    });
    renderProse(prose, page);
    const expected = ["plank-1997", "plank-ding-2003", "was-ec-2012", "f4-2014", "ford-2010"];
    expect([...page.cited]).toEqual(
      expect.arrayContaining([...expected, "tail-at-scale-2013", "xorbas-2013"]),
    );
  });

  it("a name with a year behind it that looks like a citation is one", () => {
    const spoken = Object.values(references).map(spokenForm);
    const named =
      prose.match(/\p{Lu}\p{Ll}+ (?:et al\. |(?:&|and) \p{Lu}\p{Ll}+ )?\(?\d{4}\b/gu) ?? [];
    const years = named.map((words) => words.replace("and", "&").replace("(", ""));
    const months =
      /^(January|February|March|April|May|June|July|August|September|October|November|December) /;
    expect(years.filter((words) => !months.test(words) && !spoken.includes(words))).toEqual([]);
    expect(years.filter((words) => spoken.includes(words)).length).toBeGreaterThan(3);
  });

  it("every phrase under cite is used in a notebook", () => {
    const unused = Object.values(references)
      .flatMap(({cite}) => cite ?? [])
      .filter((phrase) => !prose.includes(phrase));
    expect(unused).toEqual([]);
  });
});

function notebookProse(): string {
  const folder = join(ROOT, "notebooks");
  const names = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
  const cells = names.flatMap((name) => {
    const notebook = JSON.parse(readFileSync(join(folder, name), "utf8")) as {
      cells: {cell_type: string; source: string | string[]}[];
    };
    return notebook.cells.filter((cell) => cell.cell_type === "markdown");
  });
  return cells.map(({source}) => [source].flat().join("")).join("\n\n");
}
