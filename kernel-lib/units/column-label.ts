/** Suffix of a column name → its unit. Longest suffix first, so that `PerSecond` wins over `Second`. */
const UNIT_OF_SUFFIX: readonly (readonly [string, string])[] = [
  ["MegabytesPerSecond", "MB/s"],
  ["BytesPerSecond", "B/s"],
  ["PerSecond", "per second"],
  ["PerYear", "per year"],
  ["Percent", "%"],
  ["Minutes", "min"],
  ["Seconds", "s"],
  ["Hours", "h"],
  ["Days", "days"],
  ["Years", "years"],
  ["KiB", "KiB"],
  ["Bytes", "B"],
  ["Usd", "USD"],
  ["Us", "µs"],
  ["Ns", "ns"],
  ["Ms", "ms"],
];

/** A qualifier after the unit: a percentile, an extreme or an average. */
const QUALIFIER = /(P\d+|Max|Min|Mean|Median)$/;

/**
 * Turns a column name into an axis label with its unit.
 *
 * A name without a unit suffix is a plain count or ratio: its words are returned, and the figure
 * must then name the unit itself.
 *
 * @param column camelCase name, unit then qualifier last, as in `latencyMsP99`
 * @returns the label, as in "latency (ms), p99"
 * @throws RangeError if the name is empty
 *
 * @example
 * import {columnLabel} from "kernel-lib/units";
 * columnLabel("latencyMsP99") // => 'latency (ms), p99'
 * columnLabel("shardsLost") // => 'shards lost'
 */
export function columnLabel(column: string): string {
  if (column.length === 0) throw new RangeError("Cannot label a column: its name is empty");
  const qualifier = QUALIFIER.exec(column)?.[0];
  const bare = qualifier === undefined ? column : column.slice(0, -qualifier.length);
  const found = UNIT_OF_SUFFIX.find(([suffix]) => bare.endsWith(suffix) && bare !== suffix);
  const words = splitWords(found === undefined ? bare : bare.slice(0, -found[0].length));
  const unit = found === undefined ? "" : ` (${found[1]})`;
  return words + unit + (qualifier === undefined ? "" : `, ${qualifier.toLowerCase()}`);
}

function splitWords(camelCase: string): string {
  return camelCase.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
}
