import {escapeHtml, formatNumber} from "../plot/index.js";
import {emit} from "./display.js";

/**
 * Holds a number of the chapter to its golden value. The test suite reads these lines back.
 *
 * @param label what it is, with its unit, as in "p99 (ms)"
 * @param tolerance absolute, >= 0
 * @throws RangeError if the number is farther from `expected` than `tolerance`
 *
 * @example
 * import {expectNear} from "kernel-lib/lesson";
 * expectNear("nines, two zones", 2.699, 2.7, 0.01);
 */
export function expectNear(
  label: string,
  actual: number,
  expected: number,
  tolerance: number,
): void {
  const band = `${formatNumber(expected)} ± ${formatNumber(tolerance)}`;
  // Written so that NaN fails.
  if (!(Math.abs(actual - expected) <= tolerance)) {
    throw new RangeError(`${label}: expected ${band}, got ${formatNumber(actual)}`);
  }
  const line = `✓ ${label}: ${formatNumber(actual)} (expected ${band})`;
  emit({
    "application/vnd.glass-cloud.golden+json": {label, actual, expected, tolerance},
    "text/html": `<div>${escapeHtml(line)}</div>`,
    "text/plain": line,
  });
}
