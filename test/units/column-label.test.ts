import {columnLabel} from "kernel-lib/units";
import {describe, expect, it} from "vitest";

describe("columnLabel", () => {
  it.each([
    ["latencyMsP99", "latency (ms), p99"],
    ["sizeBytes", "size (B)"],
    ["bytesPerSecond", "bytes (per second)"],
    ["shardsLostMax", "shards lost, max"],
    ["readBytesPerSecond", "read (B/s)"],
    ["zoneFailuresPerYear", "zone failures (per year)"],
    ["nines", "nines"],
    ["mttfYears", "mttf (years)"],
    ["shardKiB", "shard (KiB)"],
  ])("columnLabel(%j) is %j", (column, label) => {
    expect(columnLabel(column)).toBe(label);
  });

  it("columnLabel() does not take a whole name for a unit", () => {
    expect(columnLabel("Bytes")).toBe("bytes");
  });

  it("columnLabel() refuses an empty name", () => {
    expect(() => columnLabel("")).toThrow(RangeError);
  });
});
