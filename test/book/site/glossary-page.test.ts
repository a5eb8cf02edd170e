import {readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../../binder/setup.mjs";
import {glossaryPage} from "../../../kernel-lib/book/site/glossary-page.js";
import type {GlossaryEntry} from "../../../kernel-lib/book/site/terms.js";

const entries = JSON.parse(
  readFileSync(join(ROOT, "data/glossary.json"), "utf8"),
) as GlossaryEntry[];

describe("glossaryPage", () => {
  const {html} = glossaryPage(entries, new Map([[3, "03-s3.html"]]));

  it("glossaryPage has every term under an anchor of its own", () => {
    const ids = [...html.matchAll(/<dt id="([^"]*)"/g)].map((m) => m[1]);
    expect(ids).toHaveLength(entries.length);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain("term-availability-zone");
  });

  it("glossaryPage links only to anchors that it has", () => {
    const targets = [...html.matchAll(/href="#([^"]*)"/g)].map((m) => m[1]);
    expect(targets.length).toBeGreaterThan(20);
    expect(targets.filter((id) => !html.includes(`<dt id="${id}">`))).toEqual([]);
  });

  it("glossaryPage names the chapter that needs a term first, linked where it has a page", () => {
    expect(html).toContain('(<a href="03-s3.html">first needed in chapter 3</a>)');
    expect(html).toContain("(needed from the start)");
  });
});
