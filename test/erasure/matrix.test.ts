import fc from "fast-check";
import {Matrix} from "kernel-lib/erasure";
import {describe, expect, it} from "vitest";

const square = fc
  .integer({min: 1, max: 6})
  .chain((n) => fc.uint8Array({minLength: n * n, maxLength: n * n}))
  .map((data) => new Matrix(Math.sqrt(data.length), Math.sqrt(data.length), data));

describe("Matrix", () => {
  it("Matrix.invert() gives a two-sided inverse, or undefined exactly when the rank is short", () => {
    fc.assert(
      fc.property(square, (matrix) => {
        const inverse = matrix.invert();
        expect(inverse === undefined).toBe(matrix.rank() < matrix.rows);
        if (inverse === undefined) return;
        const identity = Matrix.identity(matrix.rows).describe();
        expect(matrix.multiply(inverse).describe()).toBe(identity);
        expect(inverse.multiply(matrix).describe()).toBe(identity);
      }),
    );
  });

  it("Matrix.invert() finds a matrix with equal rows singular, and swaps rows where a pivot is 0", () => {
    expect(
      Matrix.fromRows([
        [1, 2],
        [1, 2],
      ]).invert(),
    ).toBeUndefined();
    expect(
      Matrix.fromRows([
        [0, 1],
        [1, 0],
      ])
        .invert()
        ?.describe(),
    ).toBe("0 1\n1 0");
  });

  it("Matrix.rank() counts independent rows of any shape", () => {
    expect(
      Matrix.fromRows([
        [1, 2, 3],
        [2, 4, 6],
        [0, 1, 0],
      ]).rank(),
    ).toBe(2);
    expect(Matrix.fromRows([[0, 0]]).rank()).toBe(0);
  });

  it("Matrix.transpose() turns rows into columns, and back", () => {
    const wide = Matrix.fromRows([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(wide.transpose().describe()).toBe("1 4\n2 5\n3 6");
    expect(wide.transpose().transpose().describe()).toBe(wide.describe());
  });

  it("Matrix refuses shapes that do not fit", () => {
    expect(() => new Matrix(2, 2, new Uint8Array(3))).toThrow(RangeError);
    expect(() => Matrix.fromRows([[1, 2], [3]])).toThrow(RangeError);
    expect(() => Matrix.fromRows([[256]])).toThrow(RangeError);
    expect(() => Matrix.fromRows([[1, 2]]).invert()).toThrow("Cannot invert a 1 × 2 matrix");
    expect(() => Matrix.identity(2).multiply(Matrix.identity(3))).toThrow(RangeError);
    expect(() => Matrix.identity(2).stack(Matrix.identity(3))).toThrow(RangeError);
    expect(() => Matrix.identity(2).get(2, 0)).toThrow(RangeError);
    expect(() => Matrix.identity(2).get(0.5, 0)).toThrow(RangeError);
    expect(() => Matrix.identity(2).row(2)).toThrow("Cannot read row 2: the matrix has 2");
    expect(() => Matrix.build(1, 1, () => 300)).toThrow("need bytes in [0, 255], got 300");
  });
});
