/**
 * The ledger of claims held against what decides it: experiments, tests, sources, and the verdicts
 * in run notebooks.
 */
import {decideVerdict} from "../../lesson/index.js";
import type {CitedWork, ClaimRow, Verdict} from "../../lesson/index.js";
import {evidenceProblems, fileProblems} from "./ledger-problems.js";
import {shownVerdicts} from "./notebook-verdicts.js";
import type {RunNotebook, ShownVerdict} from "./notebook-verdicts.js";
import {verdictProblems} from "./verdict-problems.js";

export interface ClaimsToAudit {
  claims: readonly ClaimRow[];
  /** `data/references.json`. */
  references: Readonly<Record<string, CitedWork>>;
  /** In the order in which a reader meets them. */
  notebooks: readonly RunNotebook[];
  /** Whether the project has a file; the path is below its root, with "/". */
  exists: (path: string) => boolean;
}

/** Circumstances under which a claim has another verdict than the recorded one. */
export interface Flip {
  /** Name of the notebook that shows it. */
  notebook: string;
  /** In words, as in "the same eight shards lie on eight zones". */
  circumstances: string;
  measured: number;
  verdict: Verdict;
}

export interface AuditedClaim {
  claim: ClaimRow;
  /** The number that decides, from the first notebook that measures it. */
  measured?: number;
  /** Names of the notebooks that measure it, or show it if no number decides. */
  notebooks: string[];
  flips: Flip[];
}

export interface ClaimProblem {
  /** Claim, as in "3.9". */
  id: string;
  /** A sentence without the claim's id and without a full stop. */
  problem: string;
}

export interface ClaimsAudit {
  /** One row per claim, in the order of the ledger. */
  rows: AuditedClaim[];
  /** Empty if every claim is decided by what it names. */
  problems: ClaimProblem[];
}

/**
 * Finds for each claim what measured it and where its verdict flips, and everything that keeps the
 * ledger from being checked: missing experiments, tests, sources and reasons, and verdicts of a run
 * that are not the recorded ones.
 */
export function auditClaims({claims, references, notebooks, exists}: ClaimsToAudit): ClaimsAudit {
  const shown = shownVerdicts(notebooks);
  const problems = claims.flatMap((claim) => {
    const ofClaim = shown.filter(({id}) => id === claim.id);
    return [
      ...evidenceProblems(claim, references),
      ...fileProblems(claim, exists),
      ...verdictProblems(claim, ofClaim),
    ].map((problem) => ({id: claim.id, problem}));
  });
  return {
    rows: claims.map((claim) => auditedClaim(claim, shown)),
    problems: [...problems, ...strangers(claims, shown)],
  };
}

function auditedClaim(claim: ClaimRow, shown: readonly ShownVerdict[]): AuditedClaim {
  const {measure} = claim.decide ?? {};
  const ofClaim = shown.filter(({id, decide}) => id === claim.id && decide?.measure === measure);
  const verdicts = ofClaim.filter(({circumstances}) => circumstances === undefined);
  const measured = verdicts.find((verdict) => verdict.measured !== undefined)?.measured;
  // A claim that depends has no verdict but those under circumstances.
  const showing = verdicts.length > 0 ? verdicts : ofClaim;
  return {
    claim,
    ...(measured === undefined ? {} : {measured}),
    notebooks: [...new Set(showing.map(({notebook}) => notebook))],
    flips: ofClaim.flatMap((verdict) => flip(claim, verdict)),
  };
}

function flip({decide, verdict}: ClaimRow, shown: ShownVerdict): Flip[] {
  const {notebook, circumstances, measured} = shown;
  if (decide === undefined || circumstances === undefined || measured === undefined) return [];
  const then = decideVerdict(decide, {[decide.measure]: measured});
  return then === verdict ? [] : [{notebook, circumstances, measured, verdict: then}];
}

function strangers(claims: readonly ClaimRow[], shown: readonly ShownVerdict[]): ClaimProblem[] {
  const known = new Set(claims.map(({id}) => id));
  return shown
    .filter(({id}) => !known.has(id))
    .map(({id, notebook}) => ({id, problem: `${notebook} shows a verdict, the ledger lacks it`}));
}
