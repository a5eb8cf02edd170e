import {fatalFaults, zoneLoss} from "kernel-lib/experiments/s3";
import {table} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";

const codes = [
  {dataShards: 6, parityShards: 2},
  {dataShards: 5, parityShards: 4},
];

describe("fatalFaults", () => {
  it("fatalFaults() gives the golden table", async () => {
    const rows = fatalFaults({codes, zones: [2, 3, 4, 8], seed: 3});
    const caption =
      "RS(6,2) on 4 zones: C(4,2) pairs of zones and 4 · 6 of a zone and a disk outside it, 30 of 66";
    await expect(table(rows, {caption}).describe() + "\n").toMatchFileSnapshot(
      "./fatal-faults.golden.txt",
    );
  });

  it("fatalFaults() needs one event exactly where zoneLoss() says one zone is not survived", () => {
    const zones = [1, 2, 3, 4, 5, 6, 7, 8];
    const lost = zoneLoss({codes, zones, seed: 3}).map((row) => !row.survivesOneZone);
    const single = fatalFaults({codes, zones, seed: 3}).map((row) => row.events === 1);
    expect(single).toEqual(lost);
  });

  it("fatalFaults() without zones that matter needs m + 1 events", () => {
    // One shard a zone: an event, zone or disk, takes one shard.
    const [row] = fatalFaults({codes: [{dataShards: 3, parityShards: 1}], zones: [4], seed: 1});
    expect(row!.events).toBe(2);
  });
});
