import {CorruptionError} from "kernel-lib/bytes";
import {expect, it} from "vitest";

it("CorruptionError carries its offset and its name", () => {
  const error = new CorruptionError("Cannot read block: checksum differs", 4096);
  expect(error).toBeInstanceOf(Error);
  expect(String(error)).toBe("CorruptionError: Cannot read block: checksum differs");
  expect(error.offset).toBe(4096);
});
