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

/** Larger matrices are taken as they are: the search is O(rows³ · 255² · columns). */
const MOST_ENTRIES = 200;
/** `measured`: of four rows, trying two at once takes 10 ms more and saves one operation in 20. */
const MOST_ROWS_BY_TWO = 3;

/** One bit per one, for every byte. */
const ONES: Uint8Array = Uint8Array.from({length: 256}, (_, byte) => onesIn(byte));

/**
 * A row as coefficients of the inputs and, behind them, of all outputs: adding g times another row
 * and 1 · g at its output's place changes how it is computed and not what.
 */
interface Candidate {
  readonly output: number;
  readonly coefficients: Uint8Array;
  readonly cost: number;
}

/**
 * Finds an order of the rows, and for each row multiples of earlier ones, so that what is left has
 * few and low bits. Greedy: always the cheapest row next.
 *
 * Earlier outputs are tried one by one and two at once: where three lost shards stand in one short
 * parity equation, the third is the sum of the other two and little else, and neither alone helps.
 */
export function relateRows(rows: readonly Uint8Array[]): RelatedRow[] {
  const inputs = rows[0]?.length ?? 0;
  const outputs = rows.length * inputs > MOST_ENTRIES ? 0 : rows.length;
  let open = rows.map((row, output): Candidate => {
    const coefficients = new Uint8Array(inputs + outputs);
    coefficients.set(row);
    return {output, coefficients, cost: planeCost(coefficients)};
  });
  if (outputs < 2) return open.map((row) => relatedRow(row, inputs));
  const done: Candidate[] = [];
  const multiples: Uint8Array[][] = [];
  while (open.length > 0) {
    const next = open.reduce((a, b) => (a.cost <= b.cost ? a : b));
    done.push(next);
    multiples.push(multiplesOf(rows[next.output]!, inputs + next.output, inputs + outputs));
    open = open
      .filter((candidate) => candidate !== next)
      .map((candidate) => relate(candidate, multiples, rows.length <= MOST_ROWS_BY_TWO));
  }
  return done.map((row) => relatedRow(row, inputs));
}

function relatedRow({output, coefficients}: Candidate, inputs: number): RelatedRow {
  const earlier = Array.from(coefficients.subarray(inputs), (factor, other) => [other, factor]);
  return {
    output,
    row: coefficients.subarray(0, inputs),
    earlier: earlier.filter(([, factor]) => factor !== 0) as [number, number][],
  };
}

/** A row times 0, 1, … 255, each with its factor at the place of the output. */
function multiplesOf(row: Uint8Array, place: number, length: number): Uint8Array[] {
  return Array.from({length: 256}, (_, factor) => {
    const multiple = new Uint8Array(length);
    row.forEach((entry, column) => (multiple[column] = gfMultiply(factor, entry)));
    multiple[place] = factor;
    return multiple;
  });
}

/** The cheapest way with a multiple of the newest output and, if asked for, of one more. */
function relate(
  candidate: Candidate,
  multiples: readonly Uint8Array[][],
  byTwo: boolean,
): Candidate {
  const newest = multiples.at(-1)!;
  let best = cheapestSum(candidate, candidate.coefficients, newest);
  for (const other of byTwo ? multiples.slice(0, -1) : []) {
    for (let factor = 1; factor < 256; factor++) {
      best = cheapestSum(best, sum(candidate.coefficients, other[factor]!), newest);
    }
  }
  return best;
}

/** The cheapest of start ⊕ a multiple, or `best` if none is cheaper. */
function cheapestSum(
  best: Candidate,
  start: Uint8Array,
  multiples: readonly Uint8Array[],
): Candidate {
  let {cost} = best;
  let cheapest = -1;
  for (let factor = 0; factor < 256; factor++) {
    const other = multiples[factor]!;
    let bits = 0;
    let ones = 0;
    for (let at = 0; at < start.length; at++) {
      const coefficient = start[at]! ^ other[at]!;
      bits |= coefficient;
      ones += ONES[coefficient]!;
      // Most sums are too dear after a few columns.
      if (operations(bits, ones) >= cost) break;
    }
    if (operations(bits, ones) >= cost) continue;
    cost = operations(bits, ones);
    cheapest = factor;
  }
  if (cheapest < 0) return best;
  return {output: best.output, coefficients: sum(start, multiples[cheapest]!), cost};
}

function sum(one: Uint8Array, two: Uint8Array): Uint8Array {
  return one.map((entry, at) => entry ^ two[at]!);
}

function planeCost(coefficients: Uint8Array): number {
  const bits = coefficients.reduce((all, value) => all | value, 0);
  return operations(
    bits,
    coefficients.reduce((count, value) => count + ONES[value]!, 0),
  );
}

/** Doublings, at four operations each, and exclusive ors of Horner's rule on a row of such bits. */
function operations(bits: number, ones: number): number {
  return 4 * Math.max(0, 31 - Math.clz32(bits)) + ones;
}

function onesIn(byte: number): number {
  let count = 0;
  for (let rest = byte; rest > 0; rest &= rest - 1) count++;
  return count;
}
