import {readFileSync} from "node:fs";
import {zoneLoss} from "kernel-lib/experiments/s3";
import type {ZoneLossRow} from "kernel-lib/experiments/s3";
import {claim, claims, published} from "kernel-lib/lesson";
import {table} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";

const RS62 = {dataShards: 6, parityShards: 2};
const RS54 = {dataShards: 5, parityShards: 4};
const rows = zoneLoss({codes: [RS62, RS54], zones: [1, 2, 3, 4, 8], seed: 3});
const row = (code: string, zones: number): ZoneLossRow =>
  rows.find((candidate) => candidate.code === code && candidate.zones === zones)!;

describe("zoneLoss", () => {
  it("zoneLoss() gives the golden table", async () => {
    const golden = table(rows, {
      caption:
        "Must meet facts §3.2(a) to two digits: unreadable 5.6e-8 all up; 1, 1, 6.0e-3 for RS(6,2) " +
        "on 2, 3, 4 zones and 1.5e-5 for RS(5,4) on 3, one zone down; and 10.6 nines by disks (§3.2f).",
    });
    await expect(golden.describe() + "\n").toMatchFileSnapshot("./zone-loss.golden.txt");
  });

  it("zoneLoss() meets every row of the published table", () => {
    for (const theirs of published("s3/az-arithmetic").objects() as Record<string, unknown>[]) {
      const code = {
        dataShards: Number(theirs["dataShards"]),
        parityShards: Number(theirs["parityShards"]),
      };
      const [ours] = zoneLoss({codes: [code], zones: [Number(theirs["zones"])], seed: 3});
      const name = `${ours!.code} on ${ours!.zones} zones`;
      expect(ours!.shardsPerZone, name).toBe(theirs["shardsPerZone"]);
      expect(ours!.survivesOneZone, name).toBe(theirs["survivesOneZone"]);
      expect(ours!.spareAfterOneZone, name).toBe(theirs["spareAfterOneZone"]);
      expect(ours!.overhead, name).toBeCloseTo(Number(theirs["overhead"]), 2);
      for (const column of ["unreadableAllUp", "unreadableOneZoneDown"] as const) {
        // Published with two significant digits, so half a unit of the second is their rounding.
        expect(
          Math.abs(ours![column] / Number(theirs[column]) - 1),
          `${name}: ${column}`,
        ).toBeLessThan(0.05);
      }
    }
  });

  it("zoneLoss() decodes what its counts say: alive exactly while no more than m shards are gone", () => {
    const codes = [RS62, RS54, {dataShards: 3, parityShards: 3}, {dataShards: 4, parityShards: 1}];
    for (const result of zoneLoss({codes, zones: [1, 2, 3, 4, 5, 6, 7, 8, 9], seed: 9})) {
      const m = Number(/,(\d+)\)/.exec(result.code)![1]);
      expect(result.survivesOneZone).toBe(result.shardsLostWithOneZoneDown <= m);
      expect(result.survivesTwoZones).toBe(result.shardsLostWithTwoZonesDown <= m);
      expect(result.spareAfterOneZone).toBe(m - result.shardsLostWithOneZoneDown);
    }
  });

  it("claim 3.9 fails as drawn and holds for the same eight shards on eight zones", () => {
    const measured = (zones: number): {shardsLostWithTwoZonesDown: number} => ({
      shardsLostWithTwoZonesDown: row("RS(6,2)", zones).shardsLostWithTwoZonesDown,
    });
    expect(measured(2).shardsLostWithTwoZonesDown).toBe(8);
    expect(claim("3.9").measure(measured(2))).toBe("fails");
    expect(claim("3.9").whatIf("eight zones", measured(8))).toBe("holds");
  });

  it("surviving one zone: RS(6,2) fails on two and three, holds on four; RS(5,4) holds on three with one to spare", () => {
    expect(row("RS(6,2)", 2).survivesOneZone).toBe(false);
    expect(row("RS(6,2)", 3).survivesOneZone).toBe(false);
    expect(row("RS(6,2)", 4).survivesOneZone).toBe(true);
    expect(row("RS(5,4)", 3)).toMatchObject({survivesOneZone: true, spareAfterOneZone: 1});
  });

  it("the nines of the chapter: 10.6 by disks, 2.7 on two zones, 6.8 on four, and two worse than one", () => {
    expect(row("RS(6,2)", 2).ninesByDisks).toBeCloseTo(10.58, 2);
    expect(row("RS(6,2)", 2).nines).toBeCloseTo(2.699, 3);
    expect(row("RS(6,2)", 4).nines).toBeCloseTo(6.773, 3);
    expect(row("RS(6,2)", 2).nines).toBeLessThan(row("RS(6,2)", 1).nines);
  });

  it("zoneLoss() is a pure function: the same rows for the same seed, the same verdicts for any", () => {
    const options = {codes: [RS62], zones: [2, 4], seed: 3};
    expect(zoneLoss(options)).toEqual(zoneLoss(options));
    expect(zoneLoss({...options, seed: 4})).toEqual(zoneLoss(options));
  });

  it("zoneLoss() refuses codes and zones that cannot be", () => {
    expect(() => zoneLoss({codes: [RS62], zones: [0], seed: 3})).toThrow(RangeError);
    expect(() =>
      zoneLoss({codes: [{dataShards: 0, parityShards: 1}], zones: [1], seed: 3}),
    ).toThrow(RangeError);
    expect(() => zoneLoss({codes: [RS62], zones: [2], seed: -1})).toThrow(RangeError);
  });
});

describe("the ledger", () => {
  it("moving claim 3.9's decide.value past its number turns the run red", () => {
    const original = readFileSync(new URL("../../../data/claims.json", import.meta.url), "utf8");
    const {decide} = (JSON.parse(original) as {id: string; decide: {value: number}}[]).find(
      ({id}) => id === "3.9",
    )!;
    const wrong = claims().find(({id}) => id === "3.9")!;
    const moved = {...wrong, decide: {...wrong.decide!, value: 8}};
    expect(decide.value).toBeLessThan(8);
    const Claim = claim("3.9").constructor as new (row: typeof moved) => ReturnType<typeof claim>;
    expect(() => new Claim(moved).measure({shardsLostWithTwoZonesDown: 8})).toThrow(
      'Claim 3.9 disagrees with the ledger: it says "fails", this run says "holds"',
    );
  });
});
