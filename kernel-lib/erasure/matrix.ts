import {gfInverse, gfMultiply} from "./galois.js";

/**
 * A matrix of bytes over GF(2^8). Immutable: every operation returns a new one.
 *
 * @example
 * import {Matrix} from "kernel-lib/erasure";
 * const m = Matrix.fromRows([[1, 2], [3, 4]]);
 * m.multiply(m.invert()!).describe() // => '1 0\n0 1'
 */
export class Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Row-major, `rows × columns` bytes. A view: do not write to it. */
  readonly data: Uint8Array;

  /** @throws RangeError if `data` does not hold rows × columns bytes */
  constructor(rows: number, columns: number, data: Uint8Array) {
    if (data.length !== rows * columns) {
      throw new RangeError(
        `Cannot make a ${rows} × ${columns} matrix: need ${rows * columns} bytes, got ${data.length}`,
      );
    }
    this.rows = rows;
    this.columns = columns;
    this.data = data;
  }

  /** @throws RangeError if the rows differ in length or an entry is no byte */
  static fromRows(rows: readonly (readonly number[])[]): Matrix {
    const columns = rows[0]?.length ?? 0;
    for (const row of rows) {
      if (row.length !== columns) {
        throw new RangeError(
          `Cannot make a matrix: need ${columns} entries in every row, got ${row.length}`,
        );
      }
      row.forEach(byteOnly);
    }
    return new Matrix(rows.length, columns, Uint8Array.from(rows.flat()));
  }

  /**
   * The matrix of that size whose entry (row, column) is `entry(row, column)`.
   *
   * @throws RangeError if an entry is no byte
   */
  static build(
    rows: number,
    columns: number,
    entry: (row: number, column: number) => number,
  ): Matrix {
    const data = Uint8Array.from({length: rows * columns}, (_, index) =>
      byteOnly(entry(Math.floor(index / columns), index % columns)),
    );
    return new Matrix(rows, columns, data);
  }

  static identity(size: number): Matrix {
    return Matrix.build(size, size, (row, column) => (row === column ? 1 : 0));
  }

  /** @throws RangeError if the position is outside the matrix */
  get(row: number, column: number): number {
    const inside = isIndex(row, this.rows) && isIndex(column, this.columns);
    if (!inside) {
      throw new RangeError(
        `Cannot read entry (${row}, ${column}): the matrix is ${this.rows} × ${this.columns}`,
      );
    }
    return this.data[row * this.columns + column]!;
  }

  /**
   * One row, as a view: do not write to it.
   *
   * @throws RangeError if there is no such row
   */
  row(row: number): Uint8Array {
    if (!isIndex(row, this.rows)) {
      throw new RangeError(`Cannot read row ${row}: the matrix has ${this.rows}`);
    }
    return this.data.subarray(row * this.columns, (row + 1) * this.columns);
  }

  /** The given rows, in the given order. */
  selectRows(rows: readonly number[]): Matrix {
    return Matrix.build(rows.length, this.columns, (row, column) => this.get(rows[row]!, column));
  }

  /** This matrix with the rows of `below` under its own. */
  stack(below: Matrix): Matrix {
    if (below.columns !== this.columns) {
      throw new RangeError(`Cannot stack: need ${this.columns} columns, got ${below.columns}`);
    }
    const data = new Uint8Array(this.data.length + below.data.length);
    data.set(this.data);
    data.set(below.data, this.data.length);
    return new Matrix(this.rows + below.rows, this.columns, data);
  }

  /** Rows become columns. */
  transpose(): Matrix {
    return Matrix.build(this.columns, this.rows, (row, column) => this.get(column, row));
  }

  /** this × right. O(rows · columns · right.columns). */
  multiply(right: Matrix): Matrix {
    if (right.rows !== this.columns) {
      throw new RangeError(`Cannot multiply: need ${this.columns} rows, got ${right.rows}`);
    }
    return Matrix.build(this.rows, right.columns, (row, column) => {
      let sum = 0;
      for (let i = 0; i < this.columns; i++) {
        sum ^= gfMultiply(this.get(row, i), right.get(i, column));
      }
      return sum;
    });
  }

  /**
   * The inverse by Gauss-Jordan elimination, or `undefined` if the matrix is singular: for an
   * erasure code that is an answer ("these shards do not suffice"), not an accident. O(n³).
   *
   * @throws RangeError if the matrix is not square
   */
  invert(): Matrix | undefined {
    if (this.rows !== this.columns) {
      throw new RangeError(
        `Cannot invert a ${this.rows} × ${this.columns} matrix: it is not square`,
      );
    }
    const n = this.rows;
    // [A | I] becomes [I | A⁻¹].
    const augmented = this.copyRows().map((row, index) => {
      const wide = new Uint8Array(2 * n);
      wide.set(row);
      wide[n + index] = 1;
      return wide;
    });
    if (eliminate(augmented, n) < n) return undefined;
    return Matrix.build(n, n, (row, column) => augmented[row]![n + column]!);
  }

  /** The number of linearly independent rows. O(rows² · columns). */
  rank(): number {
    return eliminate(this.copyRows(), this.columns);
  }

  private copyRows(): Uint8Array[] {
    return Array.from({length: this.rows}, (_, row) => Uint8Array.from(this.row(row)));
  }

  /** The entries as decimal text, one line a row. */
  describe(): string {
    return Array.from({length: this.rows}, (_, row) => Array.from(this.row(row)).join(" ")).join(
      "\n",
    );
  }
}

function isIndex(index: number, length: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < length;
}

/** An array of bytes would silently keep the lowest eight bits. */
function byteOnly(entry: number): number {
  if (!isIndex(entry, 256)) {
    throw new RangeError(`Cannot make a matrix: need bytes in [0, 255], got ${entry}`);
  }
  return entry;
}

/**
 * Gauss-Jordan elimination in place over the first `columns` columns.
 *
 * @returns the rank; the pivot rows stand first
 */
function eliminate(rows: Uint8Array[], columns: number): number {
  let rank = 0;
  for (let column = 0; column < columns && rank < rows.length; column++) {
    const pivot = rows.findIndex((row, index) => index >= rank && row[column] !== 0);
    if (pivot < 0) continue;
    [rows[rank], rows[pivot]] = [rows[pivot]!, rows[rank]!];
    const pivotRow = rows[rank]!;
    const factor = gfInverse(pivotRow[column]!);
    pivotRow.forEach((entry, index) => (pivotRow[index] = gfMultiply(entry, factor)));
    rows.forEach((row, index) => {
      if (index !== rank) addScaledRow(row, pivotRow, row[column]!);
    });
    rank++;
  }
  return rank;
}

function addScaledRow(target: Uint8Array, source: Uint8Array, factor: number): void {
  source.forEach((entry, index) => (target[index]! ^= gfMultiply(entry, factor)));
}
