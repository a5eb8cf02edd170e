import fc from "fast-check";
import {expect, it} from "vitest";
import {EventSet} from "../../kernel-lib/sim/event-set.js";
import type {EventRecord} from "../../kernel-lib/sim/event-set.js";

it("EventSet gives what a sorted list gives, at every size of front and heap, with cancelling", () => {
  const call = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({delayMs: fc.nat(40), priority: fc.constantFrom(0, 0, 0, -5, 5)}),
    },
    {weight: 4, arbitrary: fc.constant("take" as const)},
    {weight: 1, arbitrary: fc.record({cancel: fc.nat(200)})},
  );
  fc.assert(
    fc.property(fc.array(call, {maxLength: 400}), fc.nat(60), (calls, initially) => {
      const set = new EventSet();
      let twin: {timeMs: number; priority: number; id: number; record: EventRecord}[] = [];
      let nowMs = 0;
      let id = 0;
      const add = (delayMs: number, priority: number): void => {
        set.nextMs[0] = nowMs + delayMs;
        const record =
          delayMs === 0 && priority === 0
            ? set.addNow(() => undefined, id)
            : set.add(priority, () => undefined, id);
        twin.push({timeMs: nowMs + delayMs, priority, id: id++, record});
      };
      const take = (): void => {
        twin.sort((a, b) => a.timeMs - b.timeMs || a.priority - b.priority || a.id - b.id);
        const expected = twin.shift();
        const record = set.take(Infinity);
        expect(record?.argument).toBe(expected?.id);
        if (record === undefined || expected === undefined) return;
        expect(set.nowMs).toBe(expected.timeMs);
        nowMs = expected.timeMs;
        set.release(record);
      };
      for (let event = 0; event < initially; event++) add((event * 17) % 41, 0);
      for (const step of calls) {
        if (step === "take") take();
        else if ("delayMs" in step) add(step.delayMs, step.priority);
        else {
          const event = twin[step.cancel % Math.max(1, twin.length)];
          if (event === undefined) continue;
          set.cancel(event.record);
          twin = twin.filter((other) => other !== event);
        }
        expect(set.pending).toBe(twin.length);
      }
      for (let left = twin.length; left >= 0; left--) take();
    }),
  );
});

it("EventSet.cancel() sweeps the heap, so that cancelled timeouts do not pile up", () => {
  const set = new EventSet();
  const records = new Set<EventRecord>();
  for (let event = 0; event < 10_000; event++) {
    set.nextMs[0] = 1000 + event;
    const record = set.add(0, () => undefined, undefined);
    records.add(record);
    set.cancel(record);
  }
  expect(set.pending).toBe(0);
  // Records are reused: far fewer than one for each event.
  expect(records.size).toBeLessThan(500);
});
