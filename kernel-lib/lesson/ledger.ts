import {dataFiles} from "#data";

/** What can be said of a claim. Only the first three come out of `decide`. */
export type Verdict = "holds" | "fails" | "depends" | "outdated" | "unknowable" | "omitted";

/** How a number decides a claim: it holds when `measured op value`, within `tolerance`. */
export interface Decision {
  /** Name of the measured number, with its unit as suffix. */
  measure: string;
  /** The same in a reader's words, its unit in brackets unless it is a count. */
  label: string;
  op: "<=" | ">=" | "<" | ">" | "==";
  value: number;
  /** Absolute; only `==` uses it. */
  tolerance: number;
}

/** Where a verdict's reason can be read. */
export interface Evidence {
  /** Key in `data/references.json`. */
  reference: string;
  kind: "primary" | "aws-docs" | "aws-page" | "quoted" | "secondary" | "computed" | "recalled";
  /** Month or day on which the source was read, as in "2023-06". */
  asOf: string;
}

/** One claim of the source text, as in `data/claims.json`. */
export interface ClaimRow {
  /** Chapter and row of the facts, as in "3.9". */
  id: string;
  /** At most 25 words of the source text, or null for what it leaves out. */
  quote: string | null;
  /** What can decide it. */
  kind: "arithmetic" | "mechanism" | "model" | "documentary" | "unknowable";
  verdict: Verdict;
  because: string;
  evidence: Evidence[];
  decide?: Decision;
  /** Folder and file under `kernel-lib/experiments`. */
  experiment?: string;
  /** Path of the test that holds the verdict to its number. */
  test?: string;
}

/** Measured numbers by name: `{shardsLostWithTwoZonesDown: 8}`. */
export type Measurement = Readonly<Record<string, number>>;

/**
 * All claims of the ledger, in its order; with a chapter, those of that chapter alone.
 *
 * @param chapter its number, or "11a" and "11b" for the two halves of chapter 11
 *
 * @example
 * import {claims} from "kernel-lib/lesson";
 * claims(3).some((row) => row.id === "3.9") // => true
 */
export function claims(chapter?: number | string): ClaimRow[] {
  const rows = JSON.parse(dataFile("claims.json")) as ClaimRow[];
  return chapter === undefined ? rows : rows.filter((row) => row.id.startsWith(`${chapter}.`));
}

/**
 * Computes a verdict from a decision and a measured number.
 *
 * @throws RangeError if the measurement lacks the number, or it is not a number
 *
 * @example
 * import {decideVerdict} from "kernel-lib/lesson";
 * const decision = {measure: "lost", label: "shards lost", op: "<=", value: 2, tolerance: 0};
 * decideVerdict(decision, {lost: 8}) // => 'fails'
 */
export function decideVerdict(decision: Decision, measured: Measurement): Verdict {
  const number = measured[decision.measure];
  if (typeof number !== "number" || Number.isNaN(number)) {
    throw new RangeError(
      `Cannot decide: need a number "${decision.measure}", got ${Object.keys(measured).join(", ")}`,
    );
  }
  return compare(number, decision) ? "holds" : "fails";
}

function compare(number: number, {op, value, tolerance}: Decision): boolean {
  switch (op) {
    case "<=":
      return number <= value;
    case ">=":
      return number >= value;
    case "<":
      return number < value;
    case ">":
      return number > value;
    case "==":
      return Math.abs(number - value) <= tolerance;
  }
}

/** @throws RangeError if `data/` has no such file */
export function dataFile(name: string): string {
  const text = dataFiles[name];
  if (text === undefined) {
    const known = Object.keys(dataFiles).join(", ");
    throw new RangeError(`Cannot read data: no file "${name}"; there are ${known}`);
  }
  return text;
}
