import {gfMultiply} from "./galois.js";

/** A row of a matrix, written with the help of outputs computed before it. */
export interface RelatedRow {
  /** Which row of the matrix this is. */
  readonly output: number;
  /** What is left for the inputs. */
  readonly row: Uint8Array;
  /** [earlier output, factor]: to be added to it. */
  readonly earlier: readonly (readonly [number, number])[];
}

/** Larger matrices are taken as they are: the search is O(rows² · 255 · columns). */
const MOST_ENTRIES = 200;

/**
 * Finds an order of the rows, and for each row multiples of earlier ones, so that what is left has
 * few and low bits. Greedy: always the cheapest row next, one earlier output after the other.
 */
export function relateRows(rows: readonly Uint8Array[]): RelatedRow[] {
  const all = rows.map((row, output): RelatedRow => ({output, row, earlier: []}));
  if (rows.length < 2 || rows.length * rows[0]!.length > MOST_ENTRIES) return all;
  const done: RelatedRow[] = [];
  let open = all;
  while (open.length > 0) {
    const best = open.reduce((a, b) => (planeCost(a) <= planeCost(b) ? a : b));
    done.push(best);
    open = open
      .filter(({output}) => output !== best.output)
      .map((candidate) => relateTo(candidate, best.output, rows[best.output]!));
  }
  return done;
}

/** The cheapest of candidate ⊕ factor · other, factor 0 included. */
function relateTo(candidate: RelatedRow, output: number, other: Uint8Array): RelatedRow {
  let best = candidate;
  for (let factor = 1; factor < 256; factor++) {
    const row = candidate.row.map((entry, column) => entry ^ gfMultiply(factor, other[column]!));
    const related = {...candidate, row, earlier: [...candidate.earlier, [output, factor] as const]};
    if (planeCost(related) < planeCost(best)) best = related;
  }
  return best;
}

/** Doublings, at four operations each, and exclusive ors of Horner's rule on this row. */
export function planeCost({row, earlier}: RelatedRow): number {
  const coefficients = [...row, ...earlier.map(([, factor]) => factor)];
  const bits = coefficients.reduce((all, value) => all | value, 0);
  const ones = coefficients.reduce((sum, value) => sum + onesIn(value), 0);
  return 4 * Math.max(0, 31 - Math.clz32(bits)) + ones;
}

function onesIn(byte: number): number {
  let count = 0;
  for (let rest = byte; rest > 0; rest &= rest - 1) count++;
  return count;
}
