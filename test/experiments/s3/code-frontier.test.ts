import {LocallyRepairable, placeRoundRobin} from "kernel-lib/erasure";
import {codeFrontier, zoneLoss} from "kernel-lib/experiments/s3";
import type {CodeFrontierRow} from "kernel-lib/experiments/s3";
import {table} from "kernel-lib/plot";
import {Random} from "kernel-lib/random";
import {combinations, nines} from "kernel-lib/stats";
import {describe, expect, it} from "vitest";

const codes = [
  {dataShards: 12, parityShards: 4},
  {dataShards: 6, parityShards: 3},
  {dataShards: 1, parityShards: 2},
];
const LRC12 = {dataShards: 12, localParities: 2, globalParities: 2};
const LRC6 = {dataShards: 6, localParities: 2, globalParities: 2};
const rows = codeFrontier({codes, localCodes: [LRC12, LRC6], seed: 3});
const row = (code: string): CodeFrontierRow => rows.find((each) => each.code === code)!;

describe("codeFrontier", () => {
  it("codeFrontier() gives the golden table", async () => {
    const golden = table(rows, {
      caption:
        "Must meet Huang et al. 2012, §2: LRC(12,2,2) stores 1.33, reads 6 for a data or local shard " +
        "(6.75 over all), RS(12,4) reads 12; LRC(6,2,2) reads 3.6 on average. Exact.",
    });
    await expect(golden.describe() + "\n").toMatchFileSnapshot("./code-frontier.golden.txt");
  });

  it("codeFrontier() meets the published costs of Azure's codes", () => {
    expect(row("LRC(12,2,2)").overhead).toBeCloseTo(1.33, 2);
    expect(new LocallyRepairable(LRC12).repairSources(0)).toHaveLength(6);
    expect(row("RS(12,4)").readsToRepairOne).toBe(12);
    expect(row("LRC(6,2,2)").readsToRepairOne).toBe(3.6);
  });

  it("codeFrontier(): no local code outlives a zone below 1.5 stored bytes on three zones", () => {
    expect(row("LRC(12,2,2)").survivesOneZone).toBe(false);
    expect(row("LRC(12,2,2)").nines).toBeCloseTo(row("RS(12,4)").nines, 6);
    expect(row("LRC(6,2,2)").survivesOneZone).toBe(true);
  });

  it("codeFrontier(): a Reed-Solomon row is that of zoneLoss()", () => {
    const [theirs] = zoneLoss({codes: [codes[1]!], zones: [3], seed: 3});
    expect(row("RS(6,3)").nines).toBe(theirs!.nines);
    expect(row("RS(6,3)").ninesByDisks).toBe(theirs!.ninesByDisks);
  });

  it("codeFrontier() agrees with a sum over losses by number, disks alone", () => {
    const lrc = new LocallyRepairable(LRC6);
    const all = Array.from({length: 10}, (_, shard) => shard);
    const disk = 0.01 / 1460;
    let perWindow = 0;
    for (let lost = 4; lost <= 10; lost++) {
      const fatal = combinations(all, lost).filter((set) => !lrc.isDecodable(set)).length;
      perWindow += fatal * disk ** lost * (1 - disk) ** (10 - lost);
    }
    expect(row("LRC(6,2,2)").ninesByDisks).toBeCloseTo(nines(1460 * perWindow), 6);
  });

  it("codeFrontier() agrees with a simulation of its own model, zones included", () => {
    // One window a year, and rates so high that 100,000 of them decide it.
    const harsh = {annualFailureRate: 0.1, repairHours: 8760, zoneFailuresPerYear: 0.05};
    const [ours] = codeFrontier({codes: [], localCodes: [LRC6], seed: 3, ...harsh});
    const lrc = new LocallyRepairable(LRC6);
    const zoneOf = placeRoundRobin({shards: 10, zones: 3});
    const random = new Random(5);
    const windows = 100_000;
    let losses = 0;
    for (let window = 0; window < windows; window++) {
      const down = [0, 1, 2].map(() => random.float() < 0.05);
      const lost = zoneOf.flatMap((zone, shard) =>
        random.float() < 0.1 || down[zone]! ? [shard] : [],
      );
      if (!lrc.isDecodableByCounting(lost)) losses++;
    }
    const exact = 10 ** -ours!.nines;
    const standardError = Math.sqrt((exact * (1 - exact)) / windows);
    expect(Math.abs(losses / windows - exact)).toBeLessThan(4 * standardError);
  });

  it("codeFrontier() refuses a code too wide to try, and zones that cannot be", () => {
    const wide = {dataShards: 16, localParities: 2, globalParities: 2};
    expect(() => codeFrontier({codes: [], localCodes: [wide], seed: 3})).toThrow(
      "Cannot try all losses: need at most 16 shards, got 20",
    );
    expect(() => codeFrontier({codes: [], localCodes: [LRC6], zones: 0, seed: 3})).toThrow(
      RangeError,
    );
  });
});
