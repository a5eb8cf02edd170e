import {partitionBy} from "kernel-lib/replication";
import type {History} from "kernel-lib/replication";
import {describe, expect, it} from "vitest";

describe("partitionBy", () => {
  it("partitionBy() keeps each operation, its identity and its order within the key", () => {
    const history: History<{key: string}, never> = ["b", "a", "b", "__proto__"].map((key, at) => ({
      input: {key},
      callMs: at,
      returnMs: at + 1,
    }));
    const parts = partitionBy<{key: string}, never>(({key}) => key)(history);
    expect(parts).toEqual([[history[0], history[2]], [history[1]], [history[3]]]);
    expect(parts[0]![0]).toBe(history[0]);
  });
});
