/**
 * Flawed elimination: the decoding of two lost shards, move by move, with one wrong entry.
 *
 * An exercise in reading: every row follows from the one before by the move it names, but for one.
 * The wrong entry lies in the right half, so that the left half ends as the identity all the same
 * and the end of the trace does not give it away. Which move is wrong is not returned; whoever
 * marks the exercise repeats each move.
 *
 * Fidelity: public; moves as in `reduceRows`, one of them spoilt on purpose.
 */
import {gfInverse, gfMultiply, Matrix, reduceRows} from "../../erasure/index.js";
import type {RowReductionStep} from "../../erasure/index.js";
import {Random} from "../../random/index.js";

export interface FlawedEliminationOptions {
  /** Decides the parity rows, which data shards are lost, and where the flaw is. */
  seed: number;
}

/** [A | I] after one move. */
export interface FlawedEliminationRow {
  /** 0 is the beginning. */
  step: number;
  /** As in "row 2 += 7 · row 0"; rows are counted from 0. */
  move: string;
  /** Entries in decimal, as in "1 0 7 | 0 1 0". */
  row0: string;
  row1: string;
  row2: string;
}

/** RS(3,2): the smallest code whose elimination has something to show. */
const DATA_SHARDS = 3;

/**
 * Decodes RS(3,2) from one data shard and two parity shards, with one wrong move.
 *
 * @returns one row per move, the beginning first
 *
 * @example
 * import {flawedElimination} from "kernel-lib/experiments/s3";
 * const [start, first] = flawedElimination({seed: 3});
 * start!.move // => '[A | I]'
 * first!.step // => 1
 */
export function flawedElimination({seed}: FlawedEliminationOptions): FlawedEliminationRow[] {
  const random = new Random(seed);
  const {steps} = reduceRows(rowsThatAreLeft(random));
  const spoilt = random.choice(steps.filter(({kind}) => kind === "scale" || kind === "add"));
  let rows = entriesOf(steps[0]!.augmented);
  return steps.map((step, index) => {
    if (index > 0) {
      const before = rows;
      rows = follow(before, step);
      if (step === spoilt) rows[step.target] = spoil(before, rows[step.target]!, step, random);
    }
    const [row0, row1, row2] = rows.map(inText) as [string, string, string];
    return {step: index, move: step.text, row0, row1, row2};
  });
}

/** The generator rows of one data shard and both parity shards, of a code drawn at random. */
function rowsThatAreLeft(random: Random): Matrix {
  const points = random.shuffle(Array.from({length: 32}, (_, point) => point));
  const kept = random.integer({min: 0, max: DATA_SHARDS - 1});
  const data = Array.from({length: DATA_SHARDS}, (_, column) => Number(column === kept));
  // Cauchy rows on distinct points, so that whatever is left determines the data.
  const parity = [0, 1].map((row) =>
    data.map((_, column) => gfInverse(points[DATA_SHARDS + row]! ^ points[column]!)),
  );
  return Matrix.fromRows([data, ...parity]);
}

function follow(
  rows: readonly (readonly number[])[],
  {kind, target, source, factor}: RowReductionStep,
): number[][] {
  return rows.map((own, row) => {
    if (kind === "swap" && row === source) return [...rows[target]!];
    if (row !== target) return [...own];
    if (kind === "swap") return [...rows[source]!];
    if (kind === "scale") return own.map((entry) => gfMultiply(factor, entry));
    return own.map((entry, at) => entry ^ gfMultiply(factor, rows[source]![at]!));
  });
}

/** One entry of the right half gets another value: where it can, the one that plain adding gives. */
function spoil(
  before: readonly (readonly number[])[],
  right: readonly number[],
  {kind, target, source, factor}: RowReductionStep,
  random: Random,
): number[] {
  const half = [0, 1, 2].map((column) => DATA_SHARDS + column);
  const at = random.choice(half.filter((column) => right[column] !== 0));
  const product = gfMultiply(factor, before[source]![at]!);
  const plain = kind === "add" ? (before[target]![at]! + product) & 0xff : right[at]!;
  const wrong = plain === right[at] ? right[at]! ^ (1 << random.integer({min: 1, max: 7})) : plain;
  return right.map((entry, column) => (column === at ? wrong : entry));
}

function entriesOf(matrix: Matrix): number[][] {
  return Array.from({length: matrix.rows}, (_, row) => [...matrix.row(row)]);
}

function inText(row: readonly number[]): string {
  return `${row.slice(0, DATA_SHARDS).join(" ")} | ${row.slice(DATA_SHARDS).join(" ")}`;
}
