import type {CitedWork, ClaimRow} from "../../lesson/index.js";

/** Whether a number that we can measure decides the claim, by its kind. */
export function isMeasurable({kind}: ClaimRow): boolean {
  return kind === "arithmetic" || kind === "mechanism" || kind === "model";
}

/** What is missing of reason, quote, source and date. */
export function evidenceProblems(
  {kind, verdict, quote, because, evidence}: ClaimRow,
  references: Readonly<Record<string, CitedWork>>,
): string[] {
  const problems: string[] = [];
  if (isBlank(because)) problems.push("no `because`: nobody can see why");
  if (kind === "documentary") {
    // What the text leaves out cannot be quoted.
    if (isBlank(quote) && verdict !== "omitted") problems.push("documentary, but no quote");
    if (evidence.length === 0) problems.push("documentary, but no source");
  }
  for (const {reference, asOf} of evidence) {
    if (!(reference in references)) problems.push(`no reference "${reference}" is known`);
    if (isBlank(asOf)) problems.push(`the source "${reference}" has no date (asOf)`);
  }
  return problems;
}

/** What is missing of rule, experiment and test of a claim that a number decides. */
export function fileProblems(claim: ClaimRow, exists: (path: string) => boolean): string[] {
  if (!isMeasurable(claim)) return [];
  const {kind, decide, experiment, test} = claim;
  const problems = decide === undefined ? [`${kind}, but no \`decide\``] : [];
  const files = {
    experiment: experiment && `kernel-lib/experiments/${experiment}.ts`,
    test,
  };
  for (const [name, path] of Object.entries(files)) {
    if (path === undefined || path === "") problems.push(`${kind}, but no ${name}`);
    else if (!exists(path)) problems.push(`its ${name} ${path} does not exist`);
  }
  return problems;
}

function isBlank(text: string | null | undefined): boolean {
  return (text ?? "").trim() === "";
}
