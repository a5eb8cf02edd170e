/** A 1 GiB object through two crashed nodes, with memory flat: the shards are in files. */
import {describe, expect, it} from "vitest";
import {recordMeasured} from "../support/measured.js";
import {storeAndReadBack} from "../support/large-object.js";

const MIB = 2 ** 20;

describe("large objects", () => {
  it("1 GiB is stored and read back through two crashed nodes, in memory that does not grow with it", (context) => {
    const small = storeAndReadBack(128 * MIB);
    const {put, got, crcs, peakBytes} = storeAndReadBack(1024 * MIB);
    recordMeasured(
      context,
      `bytes and ETag equal, ${got.decodedStripes} of 1024 stripes decoded; heap and array buffers ` +
        `peak ${mib(peakBytes)} MiB above the start (${mib(small.peakBytes)} MiB for 128 MiB); seed 1`,
    );
    expect(put.status).toBe(200);
    expect(got).toMatchObject({status: 200, etag: put.etag, sizeBytes: 1024 * MIB});
    expect(crcs[1]).toBe(crcs[0]);
    expect(got.decodedStripes).toBeGreaterThan(512);
    expect(peakBytes).toBeLessThan(256 * MIB);
  });
});

function mib(bytes: number): string {
  return (bytes / MIB).toFixed(0);
}
