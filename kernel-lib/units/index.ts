/**
 * Units: the one place where a column name becomes a label with its unit.
 *
 * A name carries its unit as a suffix, then a qualifier: `latencyMsP99`, `sizeBytes`, `annualLoss`.
 * Labels are derived from such names, so that the unit on an axis is the one in the code.
 *
 * Fidelity: convention of this project; nothing here models a cloud.
 */
export {HOURS_PER_YEAR} from "./time.js";
export {columnLabel} from "./column-label.js";
