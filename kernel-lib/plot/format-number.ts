/**
 * A value as text for a label, a table or a sentence: whole numbers up to a million whole, others
 * with four significant digits, so that no platform's last digit shows.
 *
 * @example
 * import {formatNumber} from "kernel-lib/plot";
 * formatNumber(2.69897) // => '2.699'
 * formatNumber(2.627e-11) // => '2.627e-11'
 */
export function formatNumber(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "number") return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "n/a";
  const magnitude = Math.abs(value);
  return magnitude >= 1e-3 && magnitude < 1e6
    ? String(Number(value.toPrecision(4)))
    : value.toExponential(3).replace(/\.?0+e/, "e");
}
