/**
 * Lesson: what a chapter says besides running a mechanism.
 *
 * `predict` before, `show` after, `claim` for the verdict, `published` for the figures of others,
 * `price` for list prices, `sweep` and `findCounterexample` to turn a knob or break an invariant,
 * `check`, `hint` and `drill` for the reader, `expectNear` for the numbers that tests read back.
 * Works in tslab, in any host that sets the display hook, and in plain Node, where it prints text.
 *
 * Fidelity: no model of anything; the verdicts are computed from the ledger `data/claims.json`.
 */
export {check} from "./check.js";
export type {CheckOptions, CheckResult} from "./check.js";
export {claim, Claim, comparison} from "./claim.js";
export {claims, decideVerdict} from "./ledger.js";
export type {ClaimRow, Decision, Evidence, Measurement, Verdict} from "./ledger.js";
export {sourceOf} from "./evidence.js";
export type {CitedWork, Source} from "./evidence.js";
export {DISPLAY_HOOK, emit} from "./display.js";
export {drill, Drill} from "./drill.js";
export type {DrillItem, DrillMaker} from "./drill.js";
export {expectNear} from "./expect-near.js";
export {choices, findCounterexample, integers, subsets} from "./find-counterexample.js";
export type {Counterexample, Inputs, SearchOptions} from "./find-counterexample.js";
export {hint, hintsHtml} from "./hint.js";
export {price} from "./price.js";
export type {Price} from "./price.js";
export {predict, Prediction} from "./predict.js";
export type {Guess, PredictOptions} from "./predict.js";
export {measured, published} from "./published.js";
export {show} from "./show.js";
export {sweep} from "./sweep.js";
export type {SweepGrid, SweepOptions} from "./sweep.js";
export {versions} from "./versions.js";
