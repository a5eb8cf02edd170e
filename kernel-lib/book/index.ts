/**
 * Book: the notebooks, the ledger and the reference as a static site.
 *
 * `auditClaims` holds the ledger against what decides it.
 */
export {auditClaims} from "./claims/audit-claims.js";
export type {
  AuditedClaim,
  ClaimProblem,
  ClaimsAudit,
  ClaimsToAudit,
  Flip,
} from "./claims/audit-claims.js";
export {claimsText, claimText} from "./claims/claims-text.js";
export type {RunNotebook} from "./claims/notebook-verdicts.js";
