import {csvParse} from "d3-dsv";
import {dataFile} from "./ledger.js";
import {KIND_IN_WORDS} from "./evidence.js";
import type {Evidence} from "./ledger.js";

/** One list price, with what a reader needs to doubt it. */
export interface Price {
  /** As in "s3-standard-storage". */
  item: string;
  /** US dollars for one `unit`, without tax, > 0. */
  unitUsd: number;
  /** What is paid for, as in "GB-month" or "1000 requests". A GB is 10^9 bytes. */
  unit: string;
  /** Region of the provider, as in "us-east-1". */
  region: string;
  /** Day or month of the copy that was read, as in "2024-07-01". Prices change. */
  asOf: string;
  /** How it was read; "recalled" means that nobody confirmed it. */
  evidence: Evidence["kind"];
  /** The evidence in words, as on a verdict's card: "at second hand". */
  reading: string;
  /** Key in `data/references.json`. */
  source: string;
}

/**
 * A list price of `data/prices.csv`. Say its date and its evidence wherever you print it, and grade
 * nothing on it.
 *
 * @param item as in "s3-standard-storage"
 * @throws RangeError if there is no such item; the message lists those that there are
 *
 * @example
 * import {price} from "kernel-lib/lesson";
 * const {unitUsd, unit, asOf, reading} = price("s3-standard-storage");
 * `${unitUsd} USD per ${unit}, ${asOf}, ${reading}`
 * // => '0.023 USD per GB-month, 2024-07-01, at second hand'
 */
export function price(item: string): Price {
  // Not by arquero: a page that only asks for a price need not load it.
  const prices = csvParse(
    dataFile("prices.csv"),
    (row) => ({...row, unitUsd: Number(row["unitUsd"])}) as Omit<Price, "reading">,
  );
  const found = prices.find((candidate) => candidate.item === item);
  if (found === undefined) {
    const known = prices.map((candidate) => candidate.item).join(", ");
    throw new RangeError(`Cannot find price "${item}" in data/prices.csv; there are ${known}`);
  }
  return {...found, reading: KIND_IN_WORDS[found.evidence]};
}
