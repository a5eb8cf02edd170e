import {describe, expect, it} from "vitest";
import {storeAndReadBack} from "../../support/large-object.js";

const MIB = 2 ** 20;

describe("large objects", () => {
  it("64 MiB are stored and read back through two crashed nodes, in stripes", () => {
    const {put, got, crcs, peakBytes} = storeAndReadBack(64 * MIB);
    expect(put.status).toBe(200);
    expect(got).toMatchObject({status: 200, etag: put.etag, sizeBytes: 64 * MIB});
    expect(crcs[1]).toBe(crcs[0]);
    expect(got.decodedStripes).toBeGreaterThan(32);
    // Less than the object and its shards; test/long measures how flat it is.
    expect(peakBytes).toBeLessThan(140 * MIB);
  });
});
