/** From here on a whole number is easier to read by its power of ten. */
const WHOLE_BELOW = 1e9;

/**
 * A value as text for a label, a table or a sentence: whole numbers whole, from 10,000 on in groups
 * of three; others, and those of a thousand million or more, with four significant digits, so that
 * no platform's last digit shows.
 *
 * @example
 * import {formatNumber} from "kernel-lib/plot";
 * formatNumber(2.69897) // => '2.699'
 * formatNumber(2.627e-11) // => '2.627e-11'
 * formatNumber(10000000) // => '10,000,000'
 */
export function formatNumber(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "number") return String(value);
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "n/a";
  const magnitude = Math.abs(value);
  if (Number.isInteger(value) && magnitude < WHOLE_BELOW) return grouped(value);
  return magnitude >= 1e-3 && magnitude < 1e6
    ? grouped(Number(value.toPrecision(4)))
    : value.toExponential(3).replace(/\.?0*e\+?/, "e");
}

/** Groups of three in the whole part, from five digits on: four are read at a glance. */
function grouped(value: number): string {
  const [whole, fraction] = String(value).split(".") as [string, string?];
  const digits = Math.abs(value) < 1e4 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}
