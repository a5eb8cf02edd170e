import {TimeWeighted} from "kernel-lib/sim";
import {describe, expect, it} from "vitest";

describe("TimeWeighted", () => {
  it("TimeWeighted weighs each value by how long it lasted, and can start over", () => {
    const watched = new TimeWeighted({value: 2, nowMs: 10});
    expect(watched.mean(10)).toBe(2);
    watched.record(5, 14);
    watched.record(9, 14);
    watched.record(1, 16);
    expect(watched.integral(20)).toBe(2 * 4 + 9 * 2 + 1 * 4);
    expect([watched.mean(20), watched.max, watched.value]).toEqual([3, 9, 1]);
    watched.reset(20);
    expect([watched.mean(30), watched.max, watched.sinceMs]).toEqual([1, 1, 20]);
  });

  it("TimeWeighted refuses time that goes backwards and values that are NaN", () => {
    const watched = new TimeWeighted({nowMs: 5});
    expect(() => watched.record(1, 4)).toThrow(RangeError);
    expect(() => watched.record(Number.NaN, 6)).toThrow(RangeError);
    expect(() => watched.mean(4)).toThrow(RangeError);
    expect(() => watched.integral(Number.NaN)).toThrow(RangeError);
  });
});
