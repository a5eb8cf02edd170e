/**
 * Multiplying shards by a matrix as a straight-line program: a list of steps, each of which is an
 * exclusive or of earlier values, at most one of them doubled. No tables, no branches, so one list
 * serves registers of any width: 32 bits in plain JS, 128 in WebAssembly.
 *
 * A product of a byte with a constant is a sum over the constant's bits b of 2^b times the byte, and
 * all columns can share the doublings: gather for every bit the columns that have it (a *plane*),
 * and go down the planes by Horner's rule, value ← 2 · value ⊕ plane. Seven doublings an output at
 * most, whatever the number of columns.
 *
 * Two savings on top. An output may use outputs before it: with the right factor, rows that belong
 * together (P and Q, or two lost shards) differ by small coefficients. And pairs that stand in
 * several planes are added once (Paar, "Optimized arithmetic for Reed-Solomon encoders", 1997).
 *
 * Source: H. P. Anvin, "The mathematics of RAID-6", 2004–2011, §3 (Horner, doubling by masks), taken
 * from one generator to any matrix. Fidelity: public technique, own program.
 */
import {relateRows} from "./relate-rows.js";
import type {RelatedRow} from "./relate-rows.js";

/** value = 2 · values[doubled] ⊕ the values in `terms`. */
export interface Step {
  /** Number of the value to double, or -1 for none. */
  readonly doubled: number;
  /** Numbers of the values to add. None and nothing doubled: zero. */
  readonly terms: readonly number[];
}

/** Values 0 … inputs − 1 are the inputs, value inputs + i is the result of step i. */
export interface StraightLine {
  readonly inputs: number;
  readonly steps: readonly Step[];
  /** For each row of the matrix, the number of the value that is its output: always a step. */
  readonly outputs: readonly number[];
}

/** Beyond this many terms the search for pairs would cost more than it saves. */
const MOST_TERMS_TO_PAIR = 600;

/**
 * The program for rows · inputs over GF(2^8).
 *
 * @param rows coefficient bytes, one array per output, all as long as there are inputs
 */
export function straightLine(rows: readonly Uint8Array[], inputs: number): StraightLine {
  const related = relateRows(rows);
  const planes = related.map((row) => planesOf(row, inputs));
  const pairs = sharePairs(planes.flat(), inputs + rows.length);
  return new Assembler({inputs, related, planes, pairs, rows: rows.length}).assemble();
}

/** For each bit, highest first, the symbols whose coefficient has it. */
function planesOf({row, earlier}: RelatedRow, inputs: number): number[][] {
  const coefficients: [number, number][] = [
    ...Array.from(row, (value, column): [number, number] => [column, value]),
    ...earlier.map(([output, factor]): [number, number] => [inputs + output, factor]),
  ];
  return [7, 6, 5, 4, 3, 2, 1, 0].map((bit) =>
    coefficients.filter(([, value]) => (value >> bit) & 1).map(([symbol]) => symbol),
  );
}

/**
 * While some two symbols stand together in two or more planes, replaces the most frequent such pair
 * by a new symbol, in place.
 *
 * @returns the pairs; pair i is symbol `symbols + i`
 */
function sharePairs(planes: number[][], symbols: number): [number, number][] {
  const pairs: [number, number][] = [];
  if (planes.reduce((sum, plane) => sum + plane.length, 0) > MOST_TERMS_TO_PAIR) return pairs;
  for (;;) {
    const best = mostFrequentPair(planes);
    if (best === undefined) return pairs;
    const symbol = symbols + pairs.length;
    pairs.push(best);
    for (const plane of planes) {
      if (!plane.includes(best[0]) || !plane.includes(best[1])) continue;
      plane.splice(plane.indexOf(best[0]), 1);
      plane.splice(plane.indexOf(best[1]), 1);
      plane.push(symbol);
    }
  }
}

function mostFrequentPair(planes: readonly number[][]): [number, number] | undefined {
  const counts = new Map<number, number>();
  let best = 0;
  let most = 1;
  for (const plane of planes) {
    for (let i = 0; i < plane.length; i++) {
      for (let j = 0; j < i; j++) {
        const low = Math.min(plane[i]!, plane[j]!);
        const key = low * 65536 + Math.max(plane[i]!, plane[j]!);
        const count = (counts.get(key) ?? 0) + 1;
        counts.set(key, count);
        if (count > most) [best, most] = [key, count];
      }
    }
  }
  return most > 1 ? [Math.floor(best / 65536), best % 65536] : undefined;
}

interface Parts {
  inputs: number;
  rows: number;
  related: readonly RelatedRow[];
  /** Per related row: eight lists of symbols, highest bit first. */
  planes: readonly number[][][];
  pairs: readonly [number, number][];
}

/** Turns symbols (inputs, outputs, pairs) into steps, each when it is first needed. */
class Assembler {
  private readonly steps: Step[] = [];
  private readonly known = new Map<string, number>();
  private readonly valueOfOutput: number[] = [];
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  assemble(): StraightLine {
    const {inputs, related, planes} = this.parts;
    related.forEach(({output}, index) => {
      let value = -1;
      for (const plane of planes[index]!) {
        if (value >= 0 || plane.length > 0) value = this.step(value, plane);
      }
      // A row of zeros is a step without terms.
      this.valueOfOutput[output] = value >= 0 ? value : this.step(-1, []);
    });
    return {inputs, steps: this.steps, outputs: this.valueOfOutput};
  }

  private step(doubled: number, symbols: readonly number[]): number {
    const terms = symbols.map((symbol) => this.valueOf(symbol)).sort((a, b) => a - b);
    const key = `${doubled}:${terms.join()}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.steps.push({doubled, terms});
    const value = this.parts.inputs + this.steps.length - 1;
    this.known.set(key, value);
    return value;
  }

  private valueOf(symbol: number): number {
    const {inputs, rows, pairs} = this.parts;
    if (symbol < inputs) return symbol;
    if (symbol < inputs + rows) return this.valueOfOutput[symbol - inputs]!;
    return this.step(-1, pairs[symbol - inputs - rows]!);
  }
}

/** Operations on one register that the program takes: four a doubling, one an exclusive or. */
export function operationCount({steps}: StraightLine): number {
  return steps.reduce(
    (sum, {doubled, terms}) =>
      sum + (doubled >= 0 ? 4 + terms.length : Math.max(0, terms.length - 1)),
    0,
  );
}
