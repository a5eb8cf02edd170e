/**
 * Lesson: what a chapter says besides running a mechanism.
 *
 * `predict` before, `show` after, `claim` for the verdict, `published` for the figures of others,
 * `expectNear` for the numbers that tests read back. Works in tslab, in any host that sets the
 * display hook, and in plain Node, where it prints text.
 *
 * Fidelity: no model of anything; the verdicts are computed from the ledger `data/claims.json`.
 */
export {claim, Claim} from "./claim.js";
export {claims} from "./ledger.js";
export type {ClaimRow, Decision, Evidence, Measurement, Verdict} from "./ledger.js";
export {expectNear} from "./expect-near.js";
export {predict, Prediction} from "./predict.js";
export type {PredictOptions} from "./predict.js";
export {published} from "./published.js";
export {show} from "./show.js";
export {versions} from "./versions.js";
