/** Ten million mutated frames: nothing is thrown but CorruptionError, and nothing hangs. */
import {describe, expect, it} from "vitest";
import {fuzzFrames} from "../packet/mutated-frames.js";
import {recordMeasured} from "../support/measured.js";

const COUNT = 10_000_000;
const SEED = 1;

describe("packet fuzz", () => {
  it("decodeFrame() decodes any of ten million mutated frames, or throws CorruptionError", (context) => {
    const {frames, decoded, rejected, failures} = fuzzFrames({seed: SEED, count: COUNT});
    recordMeasured(
      context,
      `${frames} frames, ${decoded} decoded, ${rejected} rejected, ${failures.length} other ` +
        `exceptions; each fourth also through verifyChecksums, FrameView and readPcap; seed ${SEED}`,
    );
    expect(failures).toEqual([]);
    expect(frames).toBe(COUNT);
  });
});
