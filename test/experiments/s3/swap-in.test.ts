import {pqParity, ReedSolomon} from "kernel-lib/erasure";
import {swapIn} from "kernel-lib/experiments/s3";
import type {OwnCode} from "kernel-lib/experiments/s3";
import {describe, expect, it} from "vitest";

const SIZE = {dataShards: 4, parityShards: 2};
const sound = new ReedSolomon({...SIZE, matrix: pqParity(SIZE)});
const STORE = {stripes: 40, stripeBytes: 32, seed: 3};

/** The sound code, with another way to restore. */
function changed(reconstruct: OwnCode["reconstruct"]): OwnCode {
  return {...SIZE, encode: (data) => sound.encode(data), reconstruct};
}

describe("swapIn", () => {
  it("swapIn() serves whatever a sound code outlives, byte for byte", () => {
    for (const nodesDown of [0, 1, 2]) {
      const row = swapIn({...STORE, code: sound, nodesDown});
      expect(row).toMatchObject({status: 200, bytesThatDiffer: 0});
      expect(row.decodedStripes > 0).toBe(nodesDown > 0);
    }
    expect(swapIn({...STORE, code: sound, nodesDown: 3}).status).toBe(503);
  });

  it("swapIn() finds a code that is wrong for a single pair of shards", () => {
    const wrong = changed((shards) => {
      const whole = sound.reconstruct(shards);
      if (shards[1] === undefined && shards[3] === undefined) whole[3] = whole[1]!;
      return whole;
    });
    const found = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(
      (seed) => swapIn({...STORE, code: wrong, nodesDown: 2, seed}).bytesThatDiffer,
    );
    expect(found.some((bytes) => bytes > 0)).toBe(true);
  });

  it("swapIn() takes a RangeError for an answer, and any other error for an error", () => {
    const refusing = changed(() => {
      throw new RangeError("no");
    });
    const failing = changed(() => {
      throw new TypeError("broken");
    });
    expect(swapIn({...STORE, code: refusing, nodesDown: 2}).status).toBe(503);
    expect(() => swapIn({...STORE, code: failing, nodesDown: 2})).toThrow("broken");
  });
});
