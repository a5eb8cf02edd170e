/** The library reference: that nothing is left out, and what an entry holds. */
import {readdirSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import ts from "typescript";
import {beforeAll, describe, expect, it} from "vitest";
import {ROOT} from "../../../binder/setup.mjs";
import {apiAreas, firstSentence} from "../../../kernel-lib/book/site/api-areas.js";
import {readApi} from "../../../kernel-lib/book/site/api-model.js";
import {apiPages} from "../../../kernel-lib/book/site/api-pages.js";
import type {ApiPage} from "../../../kernel-lib/book/site/api-pages.js";
import {CitationFinder} from "../../../kernel-lib/book/site/citations.js";

const library = join(ROOT, "kernel-lib");
const areas = apiAreas(library).map(({name}) => name);
const declared = exportedNames();
let pages: Map<string, ApiPage>;

beforeAll(async () => {
  const venue = {venue: "V", url: null, note: "N."};
  const citations = new CitationFinder({
    "plank-ding-2003": {...venue, title: "A Note", authors: ["J. Plank", "Y. Ding"], year: 2003},
  });
  const made = await apiPages({
    ...{library, citations, repositoryLink: (path: string) => `https://code/${path}`},
  });
  pages = new Map(made.map((page) => [page.path, page]));
});

/** What TypeScript finds in the built declarations of each import path: values and types. */
function exportedNames(): Map<string, string[]> {
  const files = areas.map((area) => join(library, "dist", area, "index.d.ts"));
  const options = {skipLibCheck: true, noEmit: true, module: ts.ModuleKind.NodeNext};
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  return new Map(
    areas.map((area, index) => {
      const module = checker.getSymbolAtLocation(program.getSourceFile(files[index]!)!)!;
      return [area, checker.getExportsOfModule(module).map(({name}) => name)];
    }),
  );
}

function pageOf(area: string): ApiPage {
  return pages.get(`api-${area.replaceAll("/", "-")}.html`)!;
}

function idsOf({html}: ApiPage): string[] {
  return [...html.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]!);
}

/** The entry of one export, from its heading to the next of the same rank. */
function entryOf(area: string, name: string): string {
  const {html} = pageOf(area);
  const from = html.indexOf(`<h3 id="${name}">`);
  const end = html.slice(from + 1).search(/<h[23] /);
  return html.slice(from, end < 0 ? undefined : from + 1 + end);
}

describe("apiPages", () => {
  it("apiPages has a page for every folder with an index but the tools and the book, and an index", () => {
    const built = (readdirSync(join(library, "dist"), {recursive: true}) as string[])
      .map((path) => path.replaceAll("\\", "/"))
      .filter((path) => path.endsWith("/index.d.ts") && !/^(data|cli|book)\//.test(path))
      .map((path) => path.replace("/index.d.ts", ""));
    expect(areas).toEqual(built.sort());
    expect(areas).toContain("services/s3");
    expect([...pages.keys()]).toEqual([
      "api.html",
      ...areas.map((area) => `api-${area.replaceAll("/", "-")}.html`),
    ]);
    const {html} = pages.get("api.html")!;
    for (const area of areas) expect(html).toContain(`<code>kernel-lib/${area}</code>`);
  });

  it.each(areas)("apiPages has an entry for every public export of %s", async (area) => {
    const module = (await import(
      /* @vite-ignore */ pathToFileURL(join(library, "dist", area, "index.js")).href
    )) as object;
    const names = [...new Set([...Object.keys(module), ...declared.get(area)!])];
    expect(names.length).toBeGreaterThan(0);
    const headings = [...pageOf(area).html.matchAll(/<h3 id="(\w+)"><code>\1<\/code>/g)];
    expect(headings.map((match) => match[1]).sort()).toEqual(names.sort());
  });

  it.each(areas)(
    "the page of %s has one h1, skips no heading, repeats no id, links to none it lacks",
    (area) => {
      const page = pageOf(area);
      const levels = [...page.html.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]));
      expect(levels.filter((level) => level === 1)).toEqual([1]);
      levels
        .slice(1)
        .forEach((level, index) => expect(level).toBeLessThanOrEqual(levels[index]! + 1));
      const ids = idsOf(page);
      expect(new Set(ids).size).toBe(ids.length);
      const links = [...page.html.matchAll(/href="(api[^"#]*)?#([^"]*)"/g)];
      const dead = links.filter(([, path, id]) => {
        const target = path === undefined ? page : pages.get(path);
        return target === undefined || !idsOf(target).includes(id!);
      });
      expect(dead.map(([link]) => link)).toEqual([]);
    },
  );

  it("an entry holds declaration, docstring with its parts, and a link to its source", () => {
    const entry = entryOf("erasure", "cauchyParity");
    expect(entry).toContain("function cauchyParity(options: CodeSize): Matrix;");
    expect(entry).toContain("Parity rows of the Cauchy code");
    expect(entry).toMatch(/<dt>Parameters<\/dt>[\s\S]*<dt><code>options<\/code><\/dt>/);
    expect(entry).toContain("<dt>Returns</dt>\n<dd><p>m × k matrix</p></dd>");
    expect(entry).toContain("<p><code>RangeError</code> if");
    expect(entry).toMatch(/<pre class="example"><code class="language-ts">import \{cauchyParity\}/);
    expect(entry).toMatch(/href="https:\/\/code\/kernel-lib\/erasure\/generators\.ts#L\d+"/);
    expect(entry).toContain('Types that it names: <a href="#Matrix">');
  });

  it("an entry describes each property of a parameter that is taken apart", () => {
    const entry = entryOf("stats", "studentT");
    expect(entry).toContain("options: { degreesOfFreedom: number; confidence: number }");
    expect(entry).toContain("<dt><code>confidence</code></dt>\n<dd><p>in (0, 1)</p>");
  });

  it("an entry of a class shows its own members and their docstrings, and none that is private", () => {
    const entry = entryOf("erasure", "ReedSolomon");
    expect(entry).toContain("class ReedSolomon {\n  readonly dataShards: number;");
    expect(entry).toContain('<h4 id="ReedSolomon.constructor"><code>new ReedSolomon</code></h4>');
    expect(entry).toContain("new ReedSolomon(options: ReedSolomonOptions);");
    expect(entry).toContain('<h4 id="ReedSolomon.encode">');
    expect(entry).toContain("<dt><code>totalShards</code></dt>");
    expect(entry).not.toContain("stripeOf");
    expect(entryOf("sim", "Timeout")).not.toContain("unsubscribe");
  });

  it("an entry of a union shows each case with its methods and members", () => {
    expect(entryOf("partition", "SplitAdvice")).toContain("type SplitAdvice =\n  | { split: true;");
    expect(entryOf("plot", "RowSource")).toContain("objects(");
  });

  it("what another path exports too is shown once and linked", () => {
    const entry = entryOf("course/record", "SubmissionResult");
    expect(entry).toContain('<a href="api-course-grading.html#SubmissionResult">');
  });

  it("a page begins with source and fidelity of its area, and cites", () => {
    const {html, cited} = pageOf("erasure");
    expect(html.slice(0, html.indexOf("<h2"))).toMatch(/Source: [\s\S]*Fidelity: public/);
    expect([...cited]).toContain("plank-ding-2003");
    expect(pageOf("experiments/s3").html).toContain('<h2 id="about-the-files">');
  });

  it("a page gives the search each export with what it is", () => {
    const entry = pageOf("erasure").entries.find(({title}) => title === "gfAdd");
    expect(entry).toMatchObject({path: "api-erasure.html#gfAdd", heading: "kernel-lib/erasure"});
    // Its own words, not those of the area.
    expect(entry!.text).toBe("a + b, which is also a − b: exclusive or.");
  });

  it("a docstring's signs are text, not HTML", () => {
    for (const {html} of pages.values()) expect(html).not.toMatch(/<(?=[A-Z\d ])/);
  });
});

describe("readApi", () => {
  it("readApi fails where TypeDoc finds no entry point", async () => {
    const index = join(library, "erasure", "nothing.ts");
    const reading = readApi(library, [{name: "nothing", index, path: "api-nothing.html"}]);
    await expect(reading).rejects.toThrow("Cannot read");
  });
});

describe("firstSentence", () => {
  it.each([
    ["Units: one place for\nall. More.", "One place for all."],
    ["Lab 2.5 is fine. Next", "Lab 2.5 is fine."],
    ["no end", "No end"],
    ["A long subject that goes on and on: kept.", "A long subject that goes on and on: kept."],
  ])("firstSentence(%j) is %j", (docstring, sentence) => {
    expect(firstSentence(docstring)).toBe(sentence);
  });
});
