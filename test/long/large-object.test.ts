import {expect, it} from "vitest";
import {streamObject} from "../services/s3/streamed-object.js";
import {scratchFolder} from "../support/scratch.js";

const GIB = 2 ** 30;
const MIB = 2 ** 20;

it(
  "S3 stores 1 GiB and reads it back through two crashed nodes, streamed, memory flat",
  {timeout: 600_000},
  () => {
    const {put, got, ...streamed} = streamObject(scratchFolder(), 1024);
    expect(put.status).toBe(200);
    expect(got.status).toBe(200);
    expect(got.decodedStripes).toBeGreaterThan(50);
    expect(streamed.receivedBytes).toBe(GIB);
    expect(streamed.receivedCrc).toBe(streamed.sentCrc);
    // Garbage between two collections, whatever the size of the object.
    expect(streamed.grownBytes).toBeLessThan(400 * MIB);
    console.log(
      `1 GiB: ${got.decodedStripes} stripes decoded, memory grew by ${Math.round(streamed.grownBytes / MIB)} MiB`,
    );
  },
);
