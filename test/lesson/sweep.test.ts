import {sweep} from "kernel-lib/lesson";
import {describe, expect, it, onTestFinished, vi} from "vitest";

const base = {
  module: "kernel-lib/experiments/s3",
  name: "zoneLoss",
  fixed: {codes: [{dataShards: 6, parityShards: 2}]},
  seed: 3,
};

interface Sent {
  content: {data: Record<string, unknown>; transient: {display_id?: string}};
  update: boolean;
}

/** What would go to the front end, if this were tslab's kernel. */
function collectDisplayData(): Sent[] {
  const sent: Sent[] = [];
  const lastWriteDisplayData = (content: Sent["content"], update: boolean): number =>
    sent.push({content, update});
  const scope = globalThis as {__tslab__?: unknown};
  scope.__tslab__ = {require: () => ({lastWriteDisplayData})};
  onTestFinished(() => {
    delete scope.__tslab__;
  });
  return sent;
}

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

  const grid = {
    zones: [[4]],
    annualFailureRate: Array.from({length: 50}, (_, i) => (i + 1) / 1000),
  };

  it("sweep() says in one place how far it is, at most 20 times, and leaves that place empty", async () => {
    const sent = collectDisplayData();
    await sweep({...base, grid});
    const texts = sent.map(({content}) => content.data["text/plain"]);
    expect(texts[0]).toBe("zoneLoss: point 1 of 50");
    expect(texts).toHaveLength(21);
    expect(texts.at(-2)).toMatch(/^zoneLoss: point 4\d of 50$/);
    expect(sent.at(-1)!.content.data).toEqual({});
    expect(sent.map(({update}) => update)).toEqual([false, ...Array<boolean>(20).fill(true)]);
    expect(new Set(sent.map(({content}) => content.transient.display_id)).size).toBe(1);
  });

  it("sweep() leaves no progress behind when an experiment throws", async () => {
    const sent = collectDisplayData();
    await expect(sweep({...base, grid: {zones: [[0]]}})).rejects.toThrow(RangeError);
    expect(sent.map(({content}) => content.data)).toEqual([
      {"text/plain": "zoneLoss: point 1 of 1"},
      {},
    ]);
  });

  it("sweep() is silent outside a kernel", async () => {
    const log = vi.spyOn(console, "log");
    await sweep({...base, grid});
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
  });

  it("sweep() refuses an experiment that is not there and a grid without points", async () => {
    await expect(sweep({...base, name: "zoneLos", grid: {zones: [[2]]}})).rejects.toThrow(
      'Cannot sweep: kernel-lib/experiments/s3 has no experiment "zoneLos"',
    );
    await expect(sweep({...base, grid: {zones: []}})).rejects.toThrow("the grid has no points");
  });
});
