import {comparison, decideVerdict} from "../../lesson/index.js";
import type {ClaimRow, Decision, Verdict} from "../../lesson/index.js";
import {isMeasurable} from "./ledger-problems.js";
import type {ShownVerdict} from "./notebook-verdicts.js";

/** Where the verdicts that notebooks show of a claim are not what its row says, or are missing. */
export function verdictProblems(claim: ClaimRow, shown: readonly ShownVerdict[]): string[] {
  const {decide, verdict} = claim;
  if (!isMeasurable(claim)) return shown.flatMap((one) => disagreement(one, one.verdict, verdict));
  // Without a rule nothing can be compared; that it lacks one is said elsewhere.
  if (decide === undefined) return [];
  const comparable = shown.filter((one) => one.decide?.measure === decide.measure);
  return [...staleRules(decide, shown), ...missingVerdicts(claim, decide, comparable)];
}

/** Notebooks that were run when the ledger had another rule: they print the old one. */
function staleRules(decide: Decision, shown: readonly ShownVerdict[]): string[] {
  const notebooks = shown
    .filter((one) => !isSameRule(one.decide, decide))
    .map((one) => one.notebook);
  return [...new Set(notebooks)].map(
    (notebook) => `${notebook} decided it by a rule that is not the ledger's: bake it again`,
  );
}

function isSameRule(one: Decision | undefined, other: Decision): boolean {
  const keys = ["measure", "label", "op", "value", "tolerance"] as const;
  return one !== undefined && keys.every((key) => one[key] === other[key]);
}

function missingVerdicts(
  {kind, verdict}: ClaimRow,
  decide: Decision,
  shown: readonly ShownVerdict[],
): string[] {
  const now = (one: ShownVerdict): Verdict =>
    decideVerdict(decide, {[decide.measure]: one.measured!});
  const measured = shown.filter((one) => one.circumstances === undefined);
  const supposed = shown.filter((one) => one.circumstances !== undefined).map(now);
  // A number holds or fails; only several circumstances together can say "depends".
  if (verdict === "depends") {
    const both = supposed.includes("holds") && supposed.includes("fails");
    return both ? [] : ["depends, but no `whatIf` shows it both hold and fail"];
  }
  const problems = measured.flatMap((one) =>
    disagreement(one, now(one), verdict, comparison(decide, {[decide.measure]: one.measured!})),
  );
  if (measured.length === 0) problems.push("no notebook measures it");
  if (kind === "model" && !supposed.some((other) => other !== verdict)) {
    problems.push("model, but no `whatIf` shows where its verdict flips");
  }
  return problems;
}

function disagreement(
  {notebook}: ShownVerdict,
  found: Verdict,
  recorded: Verdict,
  number = "",
): string[] {
  if (found === recorded) return [];
  return [`the ledger says "${recorded}", ${notebook} says "${found}". ${number}`.trim()];
}
