import {repairTraffic} from "kernel-lib/experiments/s3";
import {table} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";

const rows = repairTraffic({seed: 3});

describe("repairTraffic", () => {
  it("repairTraffic() gives the golden table", async () => {
    const caption =
      "Must meet XORing elephants, VLDB 2013, Table 1, exactly for one failed disk: repair reads " +
      "1, 10 and 5 bytes per lost byte for 3 copies, RS(10,4) and LRC(10,6,5).";
    await expect(table(rows, {caption}).describe() + "\n").toMatchFileSnapshot(
      "./repair-traffic.golden.txt",
    );
  });

  it("repairTraffic() for one disk is the published 1×, 10×, 5×, whatever the seed", () => {
    for (const seed of [1, 2, 3]) {
      const reads = repairTraffic({seed, failedDisks: [1]}).map((row) => row.readsPerLostByte);
      expect(reads).toEqual([1, 10, 5]);
    }
  });

  it("lost blocks are as many as the disks held: stripes · width · failed / disks", () => {
    for (const [code, width, k] of [
      ["3 copies", 3, 1],
      ["RS(10,4)", 14, 10],
      ["LRC(10,6,5)", 16, 10],
    ] as const) {
      const row = rows.find((each) => each.code === code && each.failedDisks === 10)!;
      const expected = ((10e12 / 256e6 / k) * width * 10) / 1000;
      expect(Math.abs(row.lostBlocks / expected - 1)).toBeLessThan(0.1);
    }
  });

  it("several losses in a stripe share their reads: never more than k, and none once it is lost", () => {
    const all = repairTraffic({seed: 1, disks: 16, failedDisks: [3, 16]});
    const rs = all.filter(({code}) => code === "RS(10,4)");
    expect(rs[0]!.readsPerLostByte).toBeLessThan(5);
    expect(rs[1]).toMatchObject({bytesRead: 0, readsPerLostByte: 0});
    expect(rs[1]!.stripesLost).toBe(Math.ceil(10e12 / 256e7));
  });

  it("repairTraffic() is a pure function, and refuses options outside their range", () => {
    expect(repairTraffic({seed: 3})).toEqual(rows);
    expect(() => repairTraffic({seed: 1, disks: 5})).toThrow(RangeError);
    expect(() => repairTraffic({seed: 1, failedDisks: [-1]})).toThrow(RangeError);
  });
});
