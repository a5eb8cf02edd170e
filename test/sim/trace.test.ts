import {Trace} from "kernel-lib/sim";
import {expect, it} from "vitest";

it("Trace keeps rows up to its bound, counts the rest, and writes them in columns", () => {
  const clock = {nowMs: 0.5};
  const trace = new Trace(clock, {maxRows: 2});
  trace.record("a", "wakes");
  clock.nowMs = 1234;
  trace.record("node 2", "sleeps");
  trace.record("a", "is not kept");
  expect(trace.rows).toEqual([
    {timeMs: 0.5, who: "a", what: "wakes"},
    {timeMs: 1234, who: "node 2", what: "sleeps"},
  ]);
  expect(trace.format()).toBe(
    ["   0.500  a       wakes", "1234.000  node 2  sleeps", "… and 1 more"].join("\n"),
  );
});
