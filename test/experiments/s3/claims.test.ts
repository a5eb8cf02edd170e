/** Claims of chapter 3 that an experiment of another claim decides too. */
import {zoneLoss} from "kernel-lib/experiments/s3";
import {claim} from "kernel-lib/lesson";
import {describe, expect, it} from "vitest";
import {movedClaim} from "../../support/moved-claim.js";

const RS62 = {dataShards: 6, parityShards: 2};

/** How many shards of RS(6,2) the fullest of so many zones, or nodes, holds. */
function shardsInTheFullest(places: number): number {
  return zoneLoss({codes: [RS62], zones: [places], seed: 3})[0]!.shardsLostWithOneZoneDown;
}

describe("claim 3.10", () => {
  const measured = (zones: number): {shardsLostWithOneZoneDown: number} => ({
    shardsLostWithOneZoneDown: shardsInTheFullest(zones),
  });

  it("claim 3.10 fails as drawn, on two zones, and holds from four zones on", () => {
    expect(measured(2)).toEqual({shardsLostWithOneZoneDown: 4});
    expect(claim("3.10").measure(measured(2))).toBe("fails");
    expect(claim("3.10").whatIf("three zones", measured(3))).toBe("fails");
    expect(claim("3.10").whatIf("four zones", measured(4))).toBe("holds");
    expect(claim("3.10").whatIf("eight zones", measured(8))).toBe("holds");
  });

  it("moving claim 3.10's decide.value to what is measured turns the run red", () => {
    expect(claim("3.10").row.decide!.value).toBe(RS62.parityShards);
    expect(() => movedClaim("3.10", {value: 4}).measure(measured(2))).toThrow(
      'Claim 3.10 disagrees with the ledger: it says "fails", this run says "holds"',
    );
  });
});

describe("claim 3.12", () => {
  // As drawn, a zone has a single storage node; so losing a node is what losing a zone is there.
  const measured = (nodes: number): {shardsLostWithOneNodeDown: number} => ({
    shardsLostWithOneNodeDown: shardsInTheFullest(nodes),
  });

  it("claim 3.12 fails as drawn, on two nodes, and holds with one shard on each of eight", () => {
    expect(measured(2)).toEqual({shardsLostWithOneNodeDown: 4});
    expect(claim("3.12").measure(measured(2))).toBe("fails");
    expect(measured(8)).toEqual({shardsLostWithOneNodeDown: 1});
    expect(claim("3.12").whatIf("eight nodes", measured(8))).toBe("holds");
  });

  it("moving claim 3.12's decide.value to what is measured turns the run red", () => {
    expect(claim("3.12").row.decide!.value).toBe(RS62.parityShards);
    expect(() => movedClaim("3.12", {value: 4}).measure(measured(2))).toThrow(
      'Claim 3.12 disagrees with the ledger: it says "fails", this run says "holds"',
    );
  });
});
