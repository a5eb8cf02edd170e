import {judgeThreeZoneCode, zoneLoss} from "kernel-lib/experiments/s3";
import {describe, expect, it} from "vitest";

describe("judgeThreeZoneCode", () => {
  it("judgeThreeZoneCode() takes one code alone: the cheapest that the experiment finds", () => {
    const pairs = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((dataShards) =>
      [1, 2, 3, 4, 5, 6, 7, 8].map((parityShards) => ({dataShards, parityShards})),
    );
    const small = pairs.filter(({dataShards, parityShards}) => dataShards + parityShards <= 9);
    const rows = zoneLoss({codes: small, zones: [3], seed: 1});
    const alive = rows.filter((row) => row.survivesOneZone && row.spareAfterOneZone >= 1);
    const [best] = alive.sort((a, b) => a.overhead - b.overhead);
    const right = pairs.filter((code) => judgeThreeZoneCode(Object.values(code)) === true);
    expect(right.map((code) => `RS(${Object.values(code).join(",")})`)).toEqual([best!.code]);
  });

  it.each<[unknown, string]>([
    [[6, 2], "a zone and a disk are fatal to it"],
    [[6, 4], "that is more than nine shards"],
    [[1, 4], "it survives, and a cheaper code does too"],
    [["5", "4"], "write two whole numbers"],
    [[5.5, 3], "write two whole numbers"],
    [[9, 0], "write two whole numbers"],
    [[5], "write two whole numbers"],
    ["5 + 4", "write two whole numbers"],
    [null, "write two whole numbers"],
  ])(
    "judgeThreeZoneCode() of %j says what is wrong, and no number of the answer",
    (answer, words) => {
      expect(judgeThreeZoneCode(answer)).toContain(words);
      expect(judgeThreeZoneCode(answer)).not.toMatch(/[45]/);
    },
  );
});
