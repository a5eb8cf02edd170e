import fc from "fast-check";
import {gfMultiply, Matrix, ReedSolomon, reduceRows} from "kernel-lib/erasure";
import {describe, expect, it} from "vitest";

const square = fc
  .integer({min: 1, max: 6})
  .chain((n) =>
    fc.array(fc.oneof(fc.constantFrom(0, 1), fc.nat(255)), {minLength: n * n, maxLength: n * n}),
  )
  .map((data) => new Matrix(Math.sqrt(data.length), Math.sqrt(data.length), Uint8Array.from(data)));

describe("reduceRows", () => {
  it("reduceRows() ends in the same inverse as Matrix.invert(), or in none with it", () => {
    fc.assert(
      fc.property(square, (matrix) => {
        const {inverse, pivots} = reduceRows(matrix);
        expect(inverse?.describe()).toBe(matrix.invert()?.describe());
        expect(pivots === matrix.rows).toBe(inverse !== undefined);
      }),
    );
  });

  it("reduceRows() keeps B · matrix = A in every step [A | B]: each move is a true equation", () => {
    fc.assert(
      fc.property(square, (matrix) => {
        const n = matrix.rows;
        for (const {augmented} of reduceRows(matrix).steps) {
          const part = (from: number): Matrix =>
            Matrix.build(n, n, (row, column) => augmented.get(row, from + column));
          expect(part(n).multiply(matrix).describe()).toBe(part(0).describe());
        }
      }),
    );
  });

  it("reduceRows() can be replayed from its moves alone", () => {
    const matrix = Matrix.fromRows([
      [0, 3, 1],
      [2, 1, 7],
      [5, 1, 1],
    ]);
    const {steps} = reduceRows(matrix);
    const rows = Array.from({length: 3}, (_, row) => [...steps[0]!.augmented.row(row)]);
    for (const {kind, target, source, factor, augmented} of steps.slice(1)) {
      const from = rows[source]!;
      if (kind === "swap") [rows[target], rows[source]] = [from, rows[target]!];
      else if (kind === "scale") rows[target] = from.map((entry) => gfMultiply(factor, entry));
      else rows[target] = rows[target]!.map((entry, i) => entry ^ gfMultiply(factor, from[i]!));
      expect(Matrix.fromRows(rows).describe()).toBe(augmented.describe());
    }
    expect(steps.map(({kind}) => kind)).toContain("swap");
  });

  it("reduceRows() decodes six plus two with shards 0 and 3 lost, row by row", () => {
    const code = new ReedSolomon({dataShards: 6, parityShards: 2});
    const present = [1, 2, 4, 5, 6, 7];
    const {steps, inverse} = reduceRows(code.generator.selectRows(present));
    expect(steps[0]!.text).toBe("[A | I]");
    const data = [9, 8, 7, 6, 5, 4].map((byte) => Uint8Array.of(byte));
    const parity = code.encode(data);
    const seen = present.map((index) => [...data, ...parity][index]![0]!);
    const decoded = inverse!.multiply(Matrix.fromRows(seen.map((byte) => [byte])));
    expect(decoded.describe()).toBe("9\n8\n7\n6\n5\n4");
  });

  it("reduceRows() refuses a matrix that is not square", () => {
    expect(() => reduceRows(Matrix.fromRows([[1, 2]]))).toThrow("it is not square");
  });
});
