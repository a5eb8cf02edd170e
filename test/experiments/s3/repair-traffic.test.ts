import {repairTraffic} from "kernel-lib/experiments/s3";
import {published} from "kernel-lib/lesson";
import {table} from "kernel-lib/plot";
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

  it("lost blocks of one stripe share their reads: many failed disks cost less a byte, never more", () => {
    for (const code of ["3 copies", "RS(10,4)"]) {
      const reads = rows.filter((row) => row.code === code).map((row) => row.readsPerLostByte);
      expect(reads.every((value, at) => at === 0 || value <= reads[at - 1]! + 1e-9)).toBe(true);
    }
  });

  it("without failed disks nothing is read; with all of them every stripe is lost", () => {
    const none = repairTraffic({seed: 3, failedDisks: [0]});
    expect(none.every((row) => row.bytesRead === 0 && row.lostBlocks === 0)).toBe(true);
    const all = repairTraffic({seed: 3, disks: 20, failedDisks: [20]});
    expect(all.every((row) => row.bytesRead === 0 && row.stripesLost > 0)).toBe(true);
  });
});
