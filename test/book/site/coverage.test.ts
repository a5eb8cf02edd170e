import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import type {AuditedClaim} from "../../../kernel-lib/book/claims/audit-claims.js";
import {coverage} from "../../../kernel-lib/book/site/coverage.js";
import type {ChapterCoverage} from "../../../kernel-lib/book/site/coverage.js";
import {scratchFolder} from "../../support/scratch.js";
import {bookNotebook} from "./book-notebooks.js";

const claimOf = (id: string, test?: string): AuditedClaim =>
  ({claim: {id, ...(test !== undefined && {test})}}) as AuditedClaim;

/** A project with tests of experiments. */
function projectWith(...tests: string[]): string {
  const root = scratchFolder();
  mkdirSync(join(root, "test", "experiments", "s3"), {recursive: true});
  tests.forEach((name) => writeFileSync(join(root, "test", "experiments", "s3", name), ""));
  return root;
}

const chapter = (all: readonly ChapterCoverage[], number: number): ChapterCoverage =>
  all.find((one) => one.chapter === number)!;

describe("coverage", () => {
  it("lists every chapter of the course in order, also those not built", () => {
    const all = coverage([], [], projectWith());
    expect(all.map((one) => one.chapter)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(chapter(all, 7)).toEqual({
      ...{chapter: 7, subject: "IAM", notebooks: [], claims: [], experiments: [], tests: []},
    });
  });

  it("counts the experiments that a chapter's pages import, each once and no types", () => {
    const pages = [
      bookNotebook("03-s3", {}, 'import {a, type Row, b as c} from "kernel-lib/experiments/s3";'),
      bookNotebook(
        "03-lab",
        {kind: "lab"},
        'import {\n  a,\n  d,\n} from "kernel-lib/experiments/s3";\nimport {x} from "kernel-lib/stats";',
      ),
      bookNotebook("00-start", {chapter: 0}, 'import {a} from "kernel-lib/experiments/s3";'),
    ];
    const all = coverage(pages, [], projectWith());
    expect(chapter(all, 3).experiments).toEqual(["s3/a", "s3/b", "s3/d"]);
    expect(chapter(all, 3).notebooks.map(({name}) => name)).toEqual(["03-s3", "03-lab"]);
    expect(chapter(all, 0).experiments).toEqual([]);
  });

  it("counts the tests of those experiments and of the claims, each once", () => {
    const pages = [bookNotebook("03-s3", {}, 'import {a} from "kernel-lib/experiments/s3";')];
    const claims = [
      claimOf("3.1", "test/erasure/code.test.ts"),
      claimOf("3.2", "test/experiments/s3/a.test.ts"),
      claimOf("3.10"),
      claimOf("13.1", "test/other.test.ts"),
    ];
    const found = chapter(coverage(pages, claims, projectWith("a.test.ts", "rows.txt")), 3);
    expect(found.claims.map(({claim}) => claim.id)).toEqual(["3.1", "3.2", "3.10"]);
    expect(found.tests).toEqual(["test/erasure/code.test.ts", "test/experiments/s3/a.test.ts"]);
  });

  it("counts no test of experiments that have none", () => {
    const pages = [bookNotebook("03-s3", {}, 'import {a} from "kernel-lib/experiments/none";')];
    expect(chapter(coverage(pages, [], projectWith()), 3).tests).toEqual([]);
  });
});
