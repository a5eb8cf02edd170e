import type {Verdict} from "../../lesson/index.js";
import type {AuditedClaim} from "./audit-claims.js";

/** The order in which verdicts are listed: the clear ones first. */
const ORDER = ["holds", "fails", "depends", "outdated", "unknowable", "omitted"] as const;

/** Ids of the claims of each verdict that occurs. */
export function claimsByVerdict(rows: readonly AuditedClaim[]): Map<Verdict, string[]> {
  const ids = (verdict: Verdict): string[] =>
    rows.filter(({claim}) => claim.verdict === verdict).map(({claim}) => claim.id);
  const all = ORDER.map((verdict): [Verdict, string[]] => [verdict, ids(verdict)]);
  return new Map(all.filter(([, found]) => found.length > 0));
}
