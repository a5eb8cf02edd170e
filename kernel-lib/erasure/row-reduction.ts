import {gfInverse, gfMultiply} from "./galois.js";
import {Matrix} from "./matrix.js";

/** One move of Gauss-Jordan elimination, and what the matrix looks like after it. */
export interface RowReductionStep {
  /**
   * "start": nothing yet. "swap": rows `target` and `source` change places. "scale": row `target` is
   * multiplied by `factor`. "add": row `target` gets `factor` times row `source`.
   */
  readonly kind: "start" | "swap" | "scale" | "add";
  /** The row that changes; 0 at the start. */
  readonly target: number;
  /** The row it is changed with; the target itself where there is no other. */
  readonly source: number;
  /** Byte; 1 for a start and a swap. */
  readonly factor: number;
  /** The column that is being cleared; 0 at the start. */
  readonly column: number;
  /** The move in words, as "row 2 += 7 · row 0". */
  readonly text: string;
  /** [A | B] after this move, n × 2n: A becomes the identity while B becomes the inverse. */
  readonly augmented: Matrix;
}

/** A whole elimination. */
export interface RowReduction {
  readonly steps: readonly RowReductionStep[];
  /** The inverse, or `undefined` if a column had no pivot: the rows do not determine the data. */
  readonly inverse: Matrix | undefined;
  /** Number of pivots found before it ended; n if there is an inverse. */
  readonly pivots: number;
}

/**
 * Inverts a matrix by Gauss-Jordan elimination and keeps every move, to be shown: decoding is this,
 * on the generator rows of the shards that are left.
 *
 * Moves that would change nothing (a factor of 1 to scale by, of 0 to add) are left out. O(n³), and
 * O(n⁴) bytes for all the matrices: meant for a dozen rows.
 *
 * @param matrix n × n, for example `code.generator.selectRows(present)`
 * @throws RangeError if the matrix is not square
 *
 * @example
 * import {Matrix, reduceRows} from "kernel-lib/erasure";
 * const {steps} = reduceRows(Matrix.fromRows([[1, 0], [3, 1]]));
 * steps.map(({text}) => text) // => [ '[A | I]', 'row 1 += 3 · row 0' ]
 * steps[1]!.augmented.describe() // => '1 0 1 0\n0 1 3 1'
 */
export function reduceRows(matrix: Matrix): RowReduction {
  if (matrix.rows !== matrix.columns) {
    throw new RangeError(
      `Cannot invert a ${matrix.rows} × ${matrix.columns} matrix: it is not square`,
    );
  }
  const n = matrix.rows;
  let now = Matrix.build(n, 2 * n, (row, column) =>
    column < n ? matrix.get(row, column) : Number(column - n === row),
  );
  const steps: RowReductionStep[] = [
    {
      ...{kind: "start", target: 0, source: 0, factor: 1, column: 0},
      ...{text: "[A | I]", augmented: now},
    },
  ];
  const move = (step: Omit<RowReductionStep, "text" | "augmented">): void => {
    now = applyMove(now, step);
    steps.push({...step, text: inWords(step), augmented: now});
  };
  for (let column = 0; column < n; column++) {
    let pivot = column;
    while (pivot < n && now.get(pivot, column) === 0) pivot++;
    if (pivot === n) return {steps, inverse: undefined, pivots: column};
    if (pivot !== column) {
      move({kind: "swap", target: column, source: pivot, factor: 1, column});
    }
    const scale = gfInverse(now.get(column, column));
    if (scale !== 1) move({kind: "scale", target: column, source: column, factor: scale, column});
    for (let row = 0; row < n; row++) {
      const factor = now.get(row, column);
      if (row !== column && factor !== 0) {
        move({kind: "add", target: row, source: column, factor, column});
      }
    }
  }
  const inverse = Matrix.build(n, n, (row, column) => now.get(row, n + column));
  return {steps, inverse, pivots: n};
}

type Move = Omit<RowReductionStep, "text" | "augmented">;

function applyMove(matrix: Matrix, {kind, target, source, factor}: Move): Matrix {
  return Matrix.build(matrix.rows, matrix.columns, (row, column) => {
    const own = matrix.get(row, column);
    if (kind === "swap" && row === source) return matrix.get(target, column);
    if (row !== target) return own;
    if (kind === "swap") return matrix.get(source, column);
    if (kind === "scale") return gfMultiply(factor, own);
    return own ^ gfMultiply(factor, matrix.get(source, column));
  });
}

function inWords({kind, target, source, factor}: Move): string {
  if (kind === "swap") return `row ${target} ↔ row ${source}`;
  if (kind === "scale") return `row ${target} ×= ${factor}`;
  return `row ${target} += ${factor} · row ${source}`;
}
