import {parityByHand} from "kernel-lib/experiments/s3";
import type {ParityByHandOptions} from "kernel-lib/experiments/s3";
import {claim} from "kernel-lib/lesson";
import {table} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";
import {movedClaim} from "../../support/moved-claim.js";

const RS62 = {dataShards: 6, parityShards: 2};
/** The polynomial of AES: another field of 256 elements. */
const AES = 0x11b;

function parityBytesThatDiffer(change: Partial<ParityByHandOptions> = {}): number {
  const rows = parityByHand({codes: [RS62], seed: 3, ...change});
  return rows.reduce((sum, row) => sum + row.bytesThatDiffer, 0);
}

describe("parityByHand", () => {
  it("parityByHand() gives the golden table", async () => {
    const rows = parityByHand({codes: [RS62, {dataShards: 5, parityShards: 5}], seed: 3});
    const caption =
      "Must have the parity rows of facts §3.5 for (6,2) and (5,5), exactly, and no byte that differs";
    await expect(table(rows, {caption}).describe() + "\n").toMatchFileSnapshot(
      "./parity-by-hand.golden.txt",
    );
  });

  it("parityByHand() agrees with the encoder for any object, also of 0 and 1 byte", () => {
    for (const objectBytes of [0, 1, 6, 7, 1000]) {
      expect(parityBytesThatDiffer({objectBytes, seed: objectBytes})).toBe(0);
    }
  });

  it("parityByHand() refuses codes, lengths and polynomials that cannot be", () => {
    expect(() => parityBytesThatDiffer({codes: [{dataShards: 0, parityShards: 1}]})).toThrow(
      RangeError,
    );
    expect(() => parityBytesThatDiffer({objectBytes: -1})).toThrow(RangeError);
    expect(() => parityBytesThatDiffer({objectBytes: 1.5})).toThrow(RangeError);
    expect(() => parityBytesThatDiffer({polynomial: 0x1d})).toThrow(RangeError);
    expect(() => parityBytesThatDiffer({polynomial: 0x200})).toThrow(RangeError);
    expect(() => parityBytesThatDiffer({seed: -1})).toThrow(RangeError);
  });
});

describe("claim 3.8", () => {
  it("claim 3.8 holds, and fails in another field of the same size", () => {
    expect(claim("3.8").measure({parityBytesThatDiffer: parityBytesThatDiffer()})).toBe("holds");
    const elsewhere = parityBytesThatDiffer({polynomial: AES});
    expect(elsewhere).toBeGreaterThan(0);
    expect(claim("3.8").whatIf("AES's field", {parityBytesThatDiffer: elsewhere})).toBe("fails");
  });

  it("moving claim 3.8's decide.value off its number turns the run red", () => {
    const measured = {parityBytesThatDiffer: parityBytesThatDiffer()};
    expect(() => movedClaim("3.8", {value: 1}).measure(measured)).toThrow(
      'Claim 3.8 disagrees with the ledger: it says "holds", this run says "fails"',
    );
  });
});
