import fc from "fast-check";
import {cauchyParity, countSingularSubsets, Matrix, vandermondeParity} from "kernel-lib/erasure";
import {combinations} from "kernel-lib/stats";
import {describe, expect, it} from "vitest";

/** The definition: every k rows of the whole generator, inverted. The slow twin. */
function slowCount(parity: Matrix): {singular: number; subsets: number} {
  const generator = Matrix.identity(parity.columns).stack(parity);
  const rows = Array.from({length: generator.rows}, (_, row) => row);
  const subsets = combinations(rows, parity.columns);
  const singular = subsets.filter((chosen) => generator.selectRows(chosen).invert() === undefined);
  return {singular: singular.length, subsets: subsets.length};
}

describe("countSingularSubsets", () => {
  it("countSingularSubsets() agrees with inverting every k rows, for any matrix", () => {
    const entry = fc.constantFrom(0, 1, 1, 2, 3, 7);
    const matrices = fc
      .tuple(fc.integer({min: 0, max: 4}), fc.integer({min: 1, max: 5}))
      .chain(([rows, columns]) =>
        fc
          .array(entry, {minLength: rows * columns, maxLength: rows * columns})
          .map((entries) => new Matrix(rows, columns, Uint8Array.from(entries))),
      );
    fc.assert(
      fc.property(matrices, (parity) => {
        expect(countSingularSubsets(parity)).toEqual(slowCount(parity));
      }),
    );
  });

  it.each([
    [6, 3],
    [10, 4],
    [9, 6],
    [17, 3],
  ])("countSingularSubsets() finds none for Vandermonde and Cauchy, %i + %i", (k, m) => {
    const size = {dataShards: k, parityShards: m};
    expect(countSingularSubsets(vandermondeParity(size)).singular).toBe(0);
    expect(countSingularSubsets(cauchyParity(size)).singular).toBe(0);
  });
});
