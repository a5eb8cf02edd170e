/**
 * Units: the one place where a column name becomes a label with its unit.
 *
 * A name carries its unit as a suffix, then a qualifier: `latencyMsP99`, `sizeBytes`, `annualLoss`.
 * A figure may not have an axis without a unit, so the label is derived, not typed.
 *
 * Fidelity: convention of this project; nothing here models a cloud.
 */
export {HOURS_PER_YEAR} from "./time.js";
export {columnLabel} from "./column-label.js";
