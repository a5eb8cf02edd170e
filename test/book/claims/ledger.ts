import {existsSync, readFileSync} from "node:fs";
import {basename, join} from "node:path";
import {auditClaims} from "kernel-lib/book";
import type {ClaimsAudit, ClaimsToAudit} from "kernel-lib/book";
import {parseNotebook} from "kernel-lib/kernel";
import type {CodeCell} from "kernel-lib/kernel";
import type {CitedWork, ClaimRow} from "kernel-lib/lesson";
import {ROOT} from "../../../binder/setup.mjs";
import {projectFiles} from "../../support/project-files.js";
import {codeCell} from "../../support/notebook.js";

/** The project's own ledger with its committed notebooks. */
export function realLedger(): ClaimsToAudit {
  const paths = projectFiles().filter((path) => /^notebooks\/[^/]+\.ipynb$/.test(path));
  return {
    claims: JSON.parse(readText("data/claims.json")) as ClaimRow[],
    references: JSON.parse(readText("data/references.json")) as Record<string, CitedWork>,
    notebooks: paths.sort().map((path) => ({
      ...parseNotebook(readText(path)),
      name: basename(path, ".ipynb"),
    })),
    exists: (path) => existsSync(join(ROOT, path)),
  };
}

/** A claim that two shards decide, with a source, an experiment and a test. */
export const CLAIM: ClaimRow = {
  id: "1.1",
  quote: "Two shards may fail",
  kind: "mechanism",
  verdict: "fails",
  because: "Four are lost.",
  evidence: [{reference: "f4-2014", kind: "quoted", asOf: "2026-11"}],
  decide: {measure: "shardsLost", label: "shards lost", op: "<=", value: 2, tolerance: 0},
  experiment: "s3/zone-loss",
  test: "test/zone-loss.test.ts",
};

/** What only a source decides. */
export const DOCUMENTARY: ClaimRow = {
  ...{id: "1.2", quote: "Since 2020", kind: "documentary", verdict: "depends"},
  because: "On what is read.",
  evidence: [{reference: "f4-2014", kind: "aws-docs", asOf: "2023-06"}],
};

/** The audit of one row and of what a notebook "01-one" showed of it. */
export function auditOf(row: ClaimRow, ...shown: object[]): ClaimsAudit {
  return auditClaims({
    claims: [row],
    references: {"f4-2014": {title: "f4", year: 2014, url: "https://example.org/f4"}},
    notebooks: [{name: "01-one", cells: shown.map(cellThatShows)}],
    exists: (path) =>
      ["kernel-lib/experiments/s3/zone-loss.ts", "test/zone-loss.test.ts"].includes(path),
  });
}

/** What `claim(...).measure({shardsLost})` shows of the row. */
export function shownOf(row: ClaimRow, shardsLost: number, verdict: string): object {
  return {id: row.id, verdict, measured: shardsLost, decide: row.decide};
}

function cellThatShows(verdict: object): CodeCell {
  const data = {"application/vnd.glass-cloud.verdict+json": verdict, "text/plain": "Claim"};
  const stream = {output_type: "stream", name: "stdout", text: "A line\n"} as const;
  const shown = {output_type: "display_data", data, metadata: {}} as const;
  return {...codeCell("claim", "claim"), outputs: [stream, shown]};
}

function readText(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}
