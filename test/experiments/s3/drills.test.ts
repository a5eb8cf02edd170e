import {fatalZoneDrill, spareDrill, zoneLoss} from "kernel-lib/experiments/s3";
import {Random} from "kernel-lib/random";
import {describe, expect, it} from "vitest";

describe("drills of chapter 3", () => {
  it("spareDrill()'s answer is what the experiment finds by decoding, for fifty seeds", () => {
    for (let seed = 0; seed < 50; seed++) {
      const {question, answer} = spareDrill(new Random(seed));
      const [, k, m, zones] = /RS\((\d+),(\d+)\) lies on (\d+)/.exec(question)!.map(Number);
      const [row] = zoneLoss({codes: [{dataShards: k!, parityShards: m!}], zones: [zones!], seed});
      expect(row!.spareAfterOneZone, question).toBe(answer);
      expect(row!.survivesOneZone, question).toBe(answer >= 0);
    }
  });

  it("fatalZoneDrill()'s answer is what the durability model gives, for fifty seeds", () => {
    for (let seed = 0; seed < 50; seed++) {
      const {question, answer} = fatalZoneDrill(new Random(seed));
      const zones = Number(/one of (\d+) zones/.exec(question)![1]);
      const years = Number(/once in (\d+)/.exec(question)![1]);
      const [row] = zoneLoss({
        codes: [{dataShards: 4 * zones, parityShards: 1}],
        zones: [zones],
        seed,
        annualFailureRate: 0,
        zoneFailuresPerYear: 1 / years,
      });
      expect(Math.abs(row!.nines - answer), question).toBeLessThan(0.06);
    }
  });
});
