/**
 * Book: the notebooks, the ledger and the reference as a static site.
 *
 * `auditClaims` holds the ledger against what decides it; `claimsPage` prints it.
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
export {claimsByVerdict} from "./claims/claims-by-verdict.js";
export type {RunNotebook} from "./claims/notebook-verdicts.js";
export type {BookPage} from "./site/book-page.js";
export {claimsPage} from "./site/claims-page.js";
export type {ClaimsPageOptions} from "./site/claims-page.js";
export {buildBook} from "./build-book.js";
export type {BookOptions} from "./build-book.js";
export {bookWeights} from "./page-weights.js";
export {readBook} from "./check/book-files.js";
export type {BookFiles, Finding} from "./check/book-files.js";
export {checkBook} from "./check/check-book.js";
export type {BookToCheck} from "./check/check-book.js";
export type {Citable} from "./check/citations.js";
export {citesWork, namesOfWorks} from "./check/cited-works.js";
export type {CitableWork} from "./check/cited-works.js";
export type {HtmlPage, PageElement} from "./check/html-page.js";
export {markdownProse} from "./check/markdown-prose.js";
export type {Prose, Spelling} from "./check/spelling.js";
