/** Experiments of chapter 3 (object storage): pure functions of options and seed, to flat rows. */
export {fatalFaults} from "./fatal-faults.js";
export type {FatalFaultOptions, FatalFaultRow} from "./fatal-faults.js";
export {zoneLoss} from "./zone-loss.js";
export type {ZoneLossOptions, ZoneLossRow} from "./zone-loss.js";
export type {Code} from "./stripe.js";
export {degradedReads} from "./degraded-reads.js";
export type {DegradedReadOptions, DegradedReadRow} from "./degraded-reads.js";
export {readAfterWrite} from "./read-after-write.js";
export type {ReadAfterWriteOptions, ReadAfterWriteRow} from "./read-after-write.js";
export {hotPrefix} from "./hot-prefix.js";
export type {HotPrefixOptions, HotPrefixRow} from "./hot-prefix.js";
export {repairTraffic} from "./repair-traffic.js";
export type {RepairCode, RepairTrafficOptions, RepairTrafficRow} from "./repair-traffic.js";
