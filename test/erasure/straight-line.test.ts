import {cauchyParity, pqParity, vandermondeParity} from "kernel-lib/erasure";
import {describe, expect, it} from "vitest";
import {operationCount, straightLine} from "../../kernel-lib/dist/erasure/straight-line.js";

function operations(makeParity: typeof pqParity, dataShards: number, parityShards: number): number {
  const matrix = makeParity({dataShards, parityShards});
  const rows = Array.from({length: parityShards}, (_, row) => matrix.row(row));
  return operationCount(straightLine(rows, dataShards));
}

describe("straightLine", () => {
  it("straightLine() is Horner's rule for P+Q: k − 1 sums, k − 1 doublings with a sum each", () => {
    for (const k of [2, 4, 6, 8]) expect(operations(pqParity, k, 2)).toBe((k - 1) * (1 + 5));
  });

  it("straightLine() needs fewer operations than a sum and a doubling per set bit", () => {
    // By hand for (6,2): coefficients up to 7 take two doublings, and both rows share them.
    expect(operations(vandermondeParity, 6, 2)).toBeLessThanOrEqual(19);
    expect(operations(cauchyParity, 6, 2)).toBeLessThanOrEqual(86);
    expect(operations(vandermondeParity, 10, 4)).toBeLessThanOrEqual(148);
  });
});
