import fc from "fast-check";
import {compareKeys, SortedMap} from "kernel-lib/partition";
import {describe, expect, it} from "vitest";

const key = fc.string({unit: fc.constantFrom("a", "b", "/"), maxLength: 3});

describe("SortedMap", () => {
  it("SortedMap does what a Map does whose keys are sorted when read", () => {
    const command = fc.tuple(fc.constantFrom("set", "delete", "ceiling"), key);
    fc.assert(
      fc.property(fc.array(command), key, (commands, cut) => {
        const map = new SortedMap<number>();
        const twin = new Map<string, number>();
        commands.forEach(([kind, name], index) => {
          if (kind === "set") {
            map.set(name, index);
            twin.set(name, index);
          } else if (kind === "delete") expect(map.delete(name)).toBe(twin.delete(name));
          else {
            const at = [...twin.keys()].sort(compareKeys).find((k) => compareKeys(k, name) >= 0);
            expect(map.ceiling(name)).toBe(at);
          }
          expect(map.get(name)).toBe(twin.get(name));
          expect(map.has(name)).toBe(twin.has(name));
          expect(map.size).toBe(twin.size);
        });
        const sorted = [...twin.keys()].sort(compareKeys);
        expect(map.keys).toEqual(sorted);
        const upper = map.splitOff(cut);
        expect(map.keys).toEqual(sorted.filter((k) => compareKeys(k, cut) < 0));
        expect(upper.keys).toEqual(sorted.filter((k) => compareKeys(k, cut) >= 0));
        for (const k of upper.keys) expect(upper.get(k)).toBe(twin.get(k));
        for (const k of upper.keys) expect(map.get(k)).toBe(undefined);
      }),
    );
  });
});
