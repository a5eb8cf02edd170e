import fc from "fast-check";
import {expect, it} from "vitest";
import {QuadHeap} from "../../kernel-lib/sim/quad-heap.js";

type Entry = [timeMs: number, key: number];

it("QuadHeap gives its entries in order of time, then key, also after keepOnly()", () => {
  const entry = fc.tuple(fc.nat(9), fc.nat(1000));
  fc.assert(
    fc.property(fc.uniqueArray(entry, {maxLength: 120, selector: ([, key]) => key}), (entries) => {
      for (const isWanted of [() => true, (slot: number) => slot % 3 !== 0]) {
        const heap = new QuadHeap();
        entries.forEach(([timeMs, key], slot) => {
          heap.reserve();
          heap.times[heap.size] = timeMs;
          heap.keys[heap.size] = key;
          heap.slots[heap.size] = slot;
          heap.rise();
        });
        heap.keepOnly(isWanted);
        const taken: Entry[] = [];
        while (heap.size > 0) {
          taken.push([heap.times[0]!, heap.keys[0]!]);
          heap.removeTop();
        }
        const wanted = entries.filter((_, slot) => isWanted(slot));
        expect(taken).toEqual(wanted.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
      }
    }),
  );
});
