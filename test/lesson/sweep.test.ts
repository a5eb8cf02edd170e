import {sweep} from "kernel-lib/lesson";
import {describe, expect, it} from "vitest";

const base = {
  module: "kernel-lib/experiments/s3",
  name: "zoneLoss",
  fixed: {codes: [{dataShards: 6, parityShards: 2}]},
  seed: 3,
};

describe("sweep", () => {
  it("sweep() gives rows in grid order, first parameter slowest, parameters in front", async () => {
    const grid = {zones: [[2], [4]], annualFailureRate: [0.01, 0.02]};
    const rows = await sweep({...base, grid});
    expect(rows.map((row) => [row["zones"], row["annualFailureRate"]])).toEqual([
      [2, 0.01],
      [2, 0.02],
      [4, 0.01],
      [4, 0.02],
    ]);
    expect(Object.keys(rows[0]!)[0]).toBe("zones");
  });

  it("a point's rows do not depend on the rest of the grid", async () => {
    const small = await sweep({...base, grid: {zones: [[4]]}});
    const large = await sweep({...base, grid: {zones: [[2], [4], [8]]}});
    expect(large[1]).toEqual(small[0]);
  });

  it("sweep() refuses an experiment that is not there and a grid without points", async () => {
    await expect(sweep({...base, name: "zoneLos", grid: {zones: [[2]]}})).rejects.toThrow(
      'Cannot sweep: kernel-lib/experiments/s3 has no experiment "zoneLos"',
    );
    await expect(sweep({...base, grid: {zones: []}})).rejects.toThrow("the grid has no points");
  });
});
