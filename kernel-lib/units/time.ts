/**
 * Hours in the year that durability arithmetic uses: 365 days, no leap day.
 *
 * `documented`: Backblaze's published durability calculation divides the year this way
 * (github.com/Backblaze/erasure-coding-durability, durability.py), and we reproduce its numbers.
 *
 * @example
 * import {HOURS_PER_YEAR} from "kernel-lib/units";
 * HOURS_PER_YEAR / 6 // => 1460
 */
export const HOURS_PER_YEAR: number = 8760;
