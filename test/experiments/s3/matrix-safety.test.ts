import {matrixSafety} from "kernel-lib/experiments/s3";
import {claim} from "kernel-lib/lesson";
import {table} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";
import {movedClaim} from "../../support/moved-claim.js";

const sizes = [
  [4, 3],
  [6, 2],
  [6, 3],
  [6, 5],
  [9, 6],
  [10, 4],
  [17, 3],
];
const codes = sizes.map(([dataShards, parityShards]) => ({
  dataShards: dataShards!,
  parityShards: parityShards!,
}));

describe("matrixSafety", () => {
  it("matrixSafety() gives the golden table", async () => {
    const caption =
      "Must equal facts §3.4 #1: naive 1/35, 0/28, 3/84 … 20/1001, 62/1140; ISA-L 2/462, 32/5005; the others 0";
    const rows = table(matrixSafety({codes}), {caption});
    await expect(`${rows.describe()}\n`).toMatchFileSnapshot("./matrix-safety.golden.txt");
  });

  it.each([
    ["RS(4,3)", "identity over Vandermonde", 1, 35],
    ["RS(6,2)", "identity over Vandermonde", 0, 28],
    ["RS(6,3)", "identity over Vandermonde", 3, 84],
    ["RS(10,4)", "identity over Vandermonde", 20, 1001],
    ["RS(17,3)", "identity over Vandermonde", 62, 1140],
    ["RS(6,5)", "ISA-L gf_gen_rs_matrix", 2, 462],
    ["RS(9,6)", "ISA-L gf_gen_rs_matrix", 32, 5005],
  ])(
    "%s by %s has %i singular subsets of %i, as computed elsewhere",
    (code, matrix, singular, subsets) => {
      const row = matrixSafety({codes}).find(
        (each) => each.code === code && each.matrix === matrix,
      );
      expect(row).toMatchObject({singularSubsets: singular, subsets});
    },
  );

  it("claim 3.7 holds for a sound matrix, fails for the naive one at RS(6,3), and its number counts", () => {
    const [naive, , vandermonde] = matrixSafety({codes: [{dataShards: 6, parityShards: 2}]});
    const measured = {singularSubsets: vandermonde!.singularSubsets};
    expect(claim("3.7").measure(measured)).toBe("holds");
    // Six plus two hides the fault: even the naive matrix passes.
    expect(naive!.singularSubsets).toBe(0);
    const [hidden] = matrixSafety({codes: [{dataShards: 6, parityShards: 3}]});
    expect(claim("3.7").whatIf("naive RS(6,3)", {singularSubsets: hidden!.singularSubsets})).toBe(
      "fails",
    );
    expect(() => movedClaim("3.7", {value: 1}).measure(measured)).toThrow(
      "disagrees with the ledger",
    );
  });
});
