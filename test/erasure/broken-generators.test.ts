import {
  countSingularSubsets,
  isaLParity,
  Matrix,
  naiveVandermondeParity,
  plank1997Parity,
} from "kernel-lib/erasure";
import {describe, expect, it} from "vitest";

type MakeParity = typeof isaLParity;

function singular(makeParity: MakeParity, dataShards: number, parityShards: number): string {
  const count = countSingularSubsets(makeParity({dataShards, parityShards}));
  return `${count.singular}/${count.subsets}`;
}

/** Codes with a singular subset, as [k, m], in order of k + m and then m. */
function failing(makeParity: MakeParity, total: number): number[][] {
  const found: number[][] = [];
  for (let n = 2; n <= total; n++) {
    for (let m = 1; m < n; m++) {
      if (!singular(makeParity, n - m, m).startsWith("0/")) found.push([n - m, m]);
    }
  }
  return found;
}

describe("broken generators", () => {
  // facts/storage.md §3.4, experiment 1, computed apart from this library (2026-11).
  it("naiveVandermondeParity() fails for 4 + 3, 6 + 3, 10 + 4 and 17 + 3, and hides it for 6 + 2", () => {
    expect(singular(naiveVandermondeParity, 6, 2)).toBe("0/28");
    expect(singular(naiveVandermondeParity, 4, 3)).toBe("1/35");
    expect(singular(naiveVandermondeParity, 6, 3)).toBe("3/84");
    expect(singular(naiveVandermondeParity, 10, 4)).toBe("20/1001");
    expect(singular(naiveVandermondeParity, 17, 3)).toBe("62/1140");
    expect(failing(naiveVandermondeParity, 7)[0]).toEqual([4, 3]);
  });

  it("isaLParity() fails for 6 + 5 and 9 + 6, and for no size that ISA-L's header calls safe", () => {
    expect(singular(isaLParity, 6, 5)).toBe("2/462");
    expect(singular(isaLParity, 9, 6)).toBe("32/5005");
    // erasure_code.h on gf_gen_rs_matrix: safe for k <= 3; k = 4, n <= 25; k = 5, n <= 10;
    // k <= 21, m = 4; m <= 3. The smaller of these, exhaustively.
    const safe = [
      ...[2, 3].flatMap((k) => [4, 5, 6, 7, 8, 9].map((m) => [k, m])),
      ...[5, 6, 7, 8, 9].map((m) => [4, m]),
      ...[4, 5].map((m) => [5, m]),
      ...[6, 9, 12].map((k) => [k, 4]),
      ...[6, 12, 20].flatMap((k) => [2, 3].map((m) => [k, m])),
    ];
    for (const [k, m] of safe) expect(singular(isaLParity, k!, m!), `${k} + ${m}`).toMatch(/^0\//);
    expect(failing(isaLParity, 11)[0]).toEqual([6, 5]);
  });

  it("plank1997Parity() is sound for three parity shards and not for four", () => {
    expect(failing(plank1997Parity, 7)).toEqual([[3, 4]]);
    expect(singular(plank1997Parity, 17, 3)).toBe("0/1140");
    expect(singular(plank1997Parity, 10, 4)).toBe("12/1001");
  });

  it("broken generators give the published rows and refuse sizes outside their range", () => {
    const size = {dataShards: 3, parityShards: 3};
    const rows = (matrix: Matrix): string => matrix.describe();
    expect(rows(plank1997Parity(size))).toBe("1 1 1\n1 2 3\n1 4 5");
    expect(rows(naiveVandermondeParity(size))).toBe("1 1 1\n1 2 4\n1 3 5");
    expect(rows(isaLParity(size))).toBe("1 1 1\n1 2 4\n1 4 16");
    for (const make of [plank1997Parity, naiveVandermondeParity, isaLParity]) {
      expect(() => make({dataShards: 200, parityShards: 57})).toThrow(RangeError);
      expect(make({dataShards: 1, parityShards: 255}).rows).toBe(255);
    }
  });
});
