/** Experiments of chapter 3 (object storage): pure functions of options and seed, to flat rows. */
export {fatalZoneDrill, spareDrill} from "./drills.js";
export type {DrillQuestion} from "./drills.js";
export {decodeByElimination} from "./decode-by-elimination.js";
export type {DecodeByEliminationOptions, DecodeByEliminationRow} from "./decode-by-elimination.js";
export {fatalFaults} from "./fatal-faults.js";
export type {FatalFaultOptions, FatalFaultRow} from "./fatal-faults.js";
export {matrixSafety} from "./matrix-safety.js";
export type {MatrixSafetyOptions, MatrixSafetyRow} from "./matrix-safety.js";
export {parityByHand} from "./parity-by-hand.js";
export type {ParityByHandOptions, ParityByHandRow} from "./parity-by-hand.js";
export {zoneLoss} from "./zone-loss.js";
export type {ZoneLossOptions, ZoneLossRow} from "./zone-loss.js";
export type {Code} from "./stripe.js";
