import {comparison, sourceOf} from "../../lesson/index.js";
import type {CitedWork, Decision} from "../../lesson/index.js";
import {alignColumns, formatNumber} from "../../plot/index.js";
import type {AuditedClaim} from "./audit-claims.js";
import {claimsByVerdict} from "./claims-by-verdict.js";

/** The audit as a table for a terminal: of each claim its verdict, and below it what decides. */
export function claimsText(rows: readonly AuditedClaim[]): string {
  const lines = rows.flatMap((row) => {
    const {id, verdict, kind} = row.claim;
    const [first = "", ...more] = deciding(row);
    return [[id, verdict, kind, first], ...more.map((text) => ["", "", "", text])];
  });
  const heading = ["claim", "verdict", "kind", "number, sources (as of), experiment, test"];
  return `${alignColumns([heading, ...lines])}\n\n${countsText(rows)}`;
}

/** One claim in full. */
export function claimText(
  {claim, measured, notebooks, flips}: AuditedClaim,
  references: Readonly<Record<string, CitedWork>>,
): string {
  const {id, quote, verdict, kind, because, evidence, decide, experiment, test} = claim;
  const parts: [string, string | undefined][] = [
    ["because", because],
    ["number", decide && measured !== undefined ? sentence(decide, measured) : undefined],
    ...flips.map((flip): [string, string] => [
      "flips",
      `${flip.verdict}, if ${flip.circumstances}: ${formatNumber(flip.measured)} (${flip.notebook})`,
    ]),
    ...evidence.map((item): [string, string] => {
      const {title, url, reading} = sourceOf(item, references);
      return ["source", `${title}: ${reading}${url === null ? "" : `\n${url}`}`];
    }),
    ["experiment", experiment && `kernel-lib/experiments/${experiment}.ts`],
    ["test", test],
    ["notebooks", notebooks.join(", ")],
  ];
  const lines = parts.flatMap(([name, text = ""]) =>
    text === "" ? [] : text.split("\n").map((line, at) => [at === 0 ? name : "", line]),
  );
  const quoted = quote === null ? "(not in the text)" : `“${quote}”`;
  return `Claim ${id} (${kind}): ${verdict}\n${quoted}\n\n${alignColumns(lines)}`;
}

function countsText(rows: readonly AuditedClaim[]): string {
  const counts = [...claimsByVerdict(rows)].map(([verdict, ids]) => `${verdict} ${ids.length}`);
  return `${rows.length} claims: ${counts.join(", ")}.`;
}

function deciding({claim, measured}: AuditedClaim): string[] {
  const {decide, evidence, experiment, test} = claim;
  const number = decide === undefined ? "" : numberText(decide, measured);
  const sources = evidence.map(({reference, asOf}) => `${reference} (${asOf})`).join(", ");
  const files = [experiment, test].filter(Boolean).join(", ");
  return [number, sources, files].filter((text) => text !== "");
}

function numberText({measure, op, value, tolerance}: Decision, measured?: number): string {
  const found = measured === undefined ? "not measured" : formatNumber(measured);
  const band = op === "==" && tolerance > 0 ? ` ± ${formatNumber(tolerance)}` : "";
  return `${measure}: ${found}; holds if ${op} ${formatNumber(value)}${band}`;
}

function sentence(decide: Decision, measured: number): string {
  return comparison(decide, {[decide.measure]: measured});
}
