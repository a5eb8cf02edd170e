import {copysetLoss} from "kernel-lib/experiments/s3";
import type {CopysetLossRow} from "kernel-lib/experiments/s3";
import {published} from "kernel-lib/lesson";
import {table} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";

const rows = copysetLoss();
const row = (code: string, placement: string): CopysetLossRow =>
  rows.find((candidate) => candidate.code === code && candidate.placement === placement)!;

describe("copysetLoss", () => {
  it("copysetLoss() gives the golden table", async () => {
    const golden = table(rows, {
      caption:
        "Must meet Cidon et al. 2013 for 3 copies: 0.9999 at random to four digits, 0.0015 on one " +
        "permutation to one unit of the second; and facts §3.2g: 0.060 %, 0.0025 %, 0.0054 % for EC.",
    });
    await expect(golden.describe() + "\n").toMatchFileSnapshot("./copyset-loss.golden.txt");
  });

  it("copysetLoss() meets the two published figures", () => {
    const theirs = published("s3/copysets").objects() as Record<string, unknown>[];
    const find = (placement: string): number =>
      Number(theirs.find((each) => each["placement"] === placement)!["lossProbability"]);
    expect(row("3 copies", "random").lossProbability).toBeCloseTo(find("random"), 4);
    const gap = row("3 copies", "1 permutation").lossProbability - find("copysets");
    expect(Math.abs(gap)).toBeLessThan(1e-4);
  });

  it("copysetLoss() meets every row computed apart, to two digits", () => {
    const apart = published("s3/copyset-arithmetic").objects() as Record<string, unknown>[];
    for (const theirs of apart) {
      const code = String(theirs["code"]).replace("3-replication", "3 copies");
      const placement = theirs["placement"] === "random" ? "random" : "1 permutation";
      const ours = row(code, placement);
      expect(ours.sets).toBe(theirs["sets"]);
      expect(ours.lossProbability / Number(theirs["lossProbability"]), code).toBeCloseTo(1, 2);
    }
  });

  it("copysetLoss() loses the same share on average, whatever the placement", () => {
    for (const {code, sets, lossProbability, lostShare} of rows) {
      expect(lostShare).toBe(row(code, "random").lostShare);
      // While losses are rare, the chance is the number of sets times the chance of one.
      if (lossProbability < 0.01) expect(lossProbability / (sets * lostShare)).toBeCloseTo(1, 1);
    }
  });

  it("copysetLoss() refuses half a permutation, and a set wider than the cluster", () => {
    expect(() => copysetLoss({permutations: [0.5]})).toThrow("need whole permutations");
    expect(() => copysetLoss({permutations: [0]})).toThrow(RangeError);
    expect(() => copysetLoss({nodes: 10, failedNodes: 1})).toThrow(RangeError);
  });
});
