import {expect, it} from "vitest";
import {scratchFolder} from "../../support/scratch.js";
import {streamObject} from "./streamed-object.js";

it("S3 streams 64 MiB in and, through two nodes that crash meanwhile, out again, byte for byte", () => {
  const {put, got, ...streamed} = streamObject(scratchFolder(), 64);
  expect(put.status).toBe(200);
  expect(got).toMatchObject({status: 200, sizeBytes: 64 * 2 ** 20, body: undefined});
  expect(got.decodedStripes).toBeGreaterThan(0);
  expect(streamed.receivedBytes).toBe(64 * 2 ** 20);
  expect(streamed.receivedCrc).toBe(streamed.sentCrc);
});
