import {decodeByElimination} from "kernel-lib/experiments/s3";
import {claim} from "kernel-lib/lesson";
import {table} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";
import {movedClaim} from "../../support/moved-claim.js";

const codes = [
  {dataShards: 6, parityShards: 2},
  {dataShards: 5, parityShards: 4},
];

describe("decodeByElimination", () => {
  it("decodeByElimination() gives the golden table", async () => {
    const caption =
      "Must have 0 bytes that differ in 1, 8, 28 patterns of RS(6,2) and 1, 9, 36, 84, 126 of RS(5,4)";
    const rows = table(decodeByElimination({codes, seed: 3}), {caption});
    await expect(`${rows.describe()}\n`).toMatchFileSnapshot("./decode-by-elimination.golden.txt");
  });

  it("claim 3.13 holds: elimination restores every byte of every pattern; its number counts", () => {
    const rows = decodeByElimination({codes, seed: 3});
    const measured = {decodedBytesThatDiffer: Math.max(...rows.map((row) => row.bytesThatDiffer))};
    expect(claim("3.13").measure(measured)).toBe("holds");
    expect(claim("3.13").whatIf("one byte wrong", {decodedBytesThatDiffer: 1})).toBe("fails");
    expect(() => movedClaim("3.13", {value: 1}).measure(measured)).toThrow(
      "disagrees with the ledger",
    );
  });
});
