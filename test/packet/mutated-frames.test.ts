/** 200,000 mutated frames; ten million are in test/long/packet-fuzz.test.ts. */
import {expect, it} from "vitest";
import {fuzzFrames} from "./mutated-frames.js";

it("decodeFrame() decodes any mutated frame, or throws CorruptionError with an offset", () => {
  const {frames, decoded, rejected, failures} = fuzzFrames({seed: 31, count: 200_000});
  expect(failures).toEqual([]);
  expect(frames).toBe(200_000);
  expect(decoded).toBeGreaterThan(20_000);
  expect(rejected).toBeGreaterThan(20_000);
});
