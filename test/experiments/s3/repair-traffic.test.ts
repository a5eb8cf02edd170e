import {repairTraffic} from "kernel-lib/experiments/s3";
import {published} from "kernel-lib/lesson";
import {table} from "kernel-lib/plot";
import {meanInterval} from "kernel-lib/stats";
import {describe, expect, it} from "vitest";

const rows = repairTraffic({seed: 3});
const single = (code: string): number =>
  rows.find((row) => row.code === code && row.failedDisks === 1)!.readsPerLostByte;

describe("repairTraffic", () => {
  it("repairTraffic() gives the golden table", async () => {
    const caption =
      "Must equal XORing elephants, Table 1, for one failed disk: repair traffic 1×, 10×, 5×";
    await expect(`${table(rows, {caption}).describe()}\n`).toMatchFileSnapshot(
      "./repair-traffic.golden.txt",
    );
  });

  it("one failed disk costs what the paper's table says, exactly", () => {
    const theirs = published("s3/xorbas");
    expect(theirs.get("repairTraffic", 0)).toBe(single("3 copies"));
    expect(theirs.get("repairTraffic", 1)).toBe(single("RS(10,4)"));
    expect(theirs.get("repairTraffic", 2)).toBe(single("LRC(10,6,5)"));
  });

  it("lost blocks of one stripe share their reads: no row costs more a byte than one failed disk", () => {
    expect(rows.every((row) => row.readsPerLostByte <= single(row.code))).toBe(true);
  });

  it("RS(10,4): over many seeds, reads a lost byte fall with failed disks as calculated", () => {
    const failedDisks = [1, 2, 3, 5, 10];
    // One seed may cost more with three failed disks than with two: some hundred blocks are lost.
    const code = {code: "RS(10,4)", dataShards: 10, totalShards: 14, groups: []};
    const bySeed = Array.from({length: 40}, (_, seed) =>
      repairTraffic({seed, codes: [code], failedDisks}),
    );
    let untouched = 1;
    let last = Infinity;
    for (let failed = 1; failed <= 10; failed++) {
      // P(no block of a stripe lies on the failed disks), of 14 blocks on 1,000 disks.
      untouched *= (1000 - 14 - (failed - 1)) / (1000 - (failed - 1));
      const calculated = (10 * (1 - untouched)) / ((14 * failed) / 1000);
      const at = failedDisks.indexOf(failed);
      if (at < 0) continue;
      const values = bySeed.map((ofSeed) => ofSeed[at]!.readsPerLostByte);
      const {low, high} = meanInterval(values, {confidence: 0.9999});
      expect(calculated, `${failed} failed disks`).toBeGreaterThan(low - 1e-9);
      expect(calculated, `${failed} failed disks`).toBeLessThan(high + 1e-9);
      expect(calculated).toBeLessThan(last);
      last = calculated;
    }
  });

  it("without failed disks nothing is read; with all of them every stripe is lost", () => {
    const none = repairTraffic({seed: 3, failedDisks: [0]});
    expect(none.every((row) => row.bytesRead === 0 && row.lostBlocks === 0)).toBe(true);
    const all = repairTraffic({seed: 3, disks: 20, failedDisks: [20]});
    expect(all.every((row) => row.bytesRead === 0 && row.stripesLost > 0)).toBe(true);
  });
});
