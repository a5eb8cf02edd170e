import fc from "fast-check";
import {expect, it} from "vitest";
import {EventSet} from "../../kernel-lib/sim/event-set.js";

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
      let twin: {timeMs: number; priority: number; id: number; slot: number}[] = [];
      let nowMs = 0;
      let id = 0;
      const add = (delayMs: number, priority: number): void => {
        const slot =
          delayMs === 0 && priority === 0
            ? set.addNow(() => undefined, id)
            : set.add(nowMs + delayMs, priority, () => undefined, id);
        twin.push({timeMs: nowMs + delayMs, priority, id: id++, slot});
      };
      const take = (): void => {
        twin.sort((a, b) => a.timeMs - b.timeMs || a.priority - b.priority || a.id - b.id);
        const expected = twin.shift();
        const slot = set.take(nowMs, Infinity);
        expect(slot < 0 ? undefined : set.arguments[slot]).toBe(expected?.id);
        if (expected === undefined) return;
        expect(set.takenMs).toBe(expected.timeMs);
        nowMs = expected.timeMs;
        set.free(slot);
      };
      for (let event = 0; event < initially; event++) add((event * 17) % 41, 0);
      for (const step of calls) {
        if (step === "take") take();
        else if ("delayMs" in step) add(step.delayMs, step.priority);
        else {
          const event = twin[step.cancel % Math.max(1, twin.length)];
          if (event === undefined) continue;
          set.cancel(event.slot);
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
  const slots = new Set<number>();
  for (let event = 0; event < 10_000; event++) {
    const slot = set.add(1000 + event, 0, () => undefined, undefined);
    slots.add(slot);
    set.cancel(slot);
  }
  expect(set.pending).toBe(0);
  // Places are reused: far fewer than one for each event.
  expect(slots.size).toBeLessThan(500);
});
