import fc from "fast-check";
import {compareKeys, PartitionMap} from "kernel-lib/partition";
import {Random} from "kernel-lib/random";
import {describe, expect, it} from "vitest";

const key = fc.string({unit: fc.constantFrom("a", "b", "/", "😀", "\ufffd"), maxLength: 4});

/** Ranges follow each other without gap or overlap, and each entry lies in its own. */
function expectWhole(map: PartitionMap<number>): void {
  const {partitions} = map;
  expect(partitions[0]!.startKey).toBe("");
  expect(partitions.at(-1)!.endKey).toBe(undefined);
  partitions.slice(1).forEach((partition, index) => {
    expect(partitions[index]!.endKey).toBe(partition.startKey);
    expect(compareKeys(partitions[index]!.startKey, partition.startKey)).toBeLessThan(0);
  });
  for (const partition of partitions) {
    for (const k of partition.entries.keys) expect(map.route(k)).toBe(partition);
  }
}

describe("PartitionMap", () => {
  it("PartitionMap does what a sorted map does, wherever it was split", () => {
    const command = fc.tuple(fc.constantFrom("set", "delete", "split", "scan"), key, key);
    fc.assert(
      fc.property(fc.array(command, {maxLength: 40}), (commands) => {
        const map = new PartitionMap<number>();
        const twin = new Map<string, number>();
        commands.forEach(([kind, name, other], index) => {
          if (kind === "set") {
            map.set(name, index);
            twin.set(name, index);
          } else if (kind === "delete") expect(map.delete(name)).toBe(twin.delete(name));
          else if (kind === "split") {
            if (map.route(name).startKey === name)
              expect(() => map.split(name)).toThrow(RangeError);
            else expect(map.split(name)[1].startKey).toBe(name);
          } else {
            const expected = [...twin]
              .filter(([k]) => k.startsWith(name) && compareKeys(k, other) >= 0)
              .sort(([left], [right]) => compareKeys(left, right));
            expect([...map.scan({prefix: name, from: other})]).toEqual(expected);
          }
          expect(map.get(name)).toBe(twin.get(name));
        });
        expectWhole(map);
      }),
    );
  });

  it("PartitionMap.admit() limits each range apart: two prefixes get twice the rate once split", () => {
    const admitted = (map: PartitionMap<number>): number => {
      let count = 0;
      for (let at = 0; at < 20_000; at++) {
        if (map.admit(at % 2 === 0 ? "a/x" : "b/x", "put", at / 2).admitted) count++;
      }
      return count;
    };
    const limits = {putsPerSecond: 100, burstSeconds: 0.01};
    const whole = new PartitionMap<number>(limits);
    const cut = new PartitionMap<number>(limits);
    cut.split("b/");
    expect(admitted(whole)).toBeCloseTo(1000, -1);
    expect(admitted(cut)).toBeCloseTo(2000, -1);
    whole.admit("a/x", "put", 10_000);
    const refused = whole.admit("a/x", "put", 10_000);
    expect(refused.admitted).toBe(false);
    expect(refused.retryAfterMs).toBeGreaterThan(0);
  });

  it("PartitionMap.splitByLoad() splits what stays hot, where its accesses halve, and not before", () => {
    const map = new PartitionMap<number>({putsPerSecond: 100, splitAfterMs: 2000});
    const random = new Random(1);
    for (const hex of "0123456789abcdef") map.set(`${hex}/old`, 0);
    const rows = [];
    for (let second = 1; second <= 3; second++) {
      for (let at = 0; at < 300; at++) {
        const hex = random.integer({min: 0, max: 15}).toString(16);
        map.admit(`${hex}/new`, "put", (second - 1) * 1000 + at);
      }
      rows.push(...map.splitByLoad(second * 1000));
      if (second === 1) expect(map.partitions.length).toBe(1);
    }
    expect(rows[0]).toMatchObject({startKey: "", load: 3, advice: {split: true}});
    expect(map.partitions.length).toBe(2);
    expect(map.partitions[1]!.startKey).toMatch(/^[789]\/new$/);
    expectWhole(map);
  });

  it("PartitionMap.splitByLoad() does not split for one hot key, a short peak or no load", () => {
    const map = new PartitionMap<number>({getsPerSecond: 100, splitAfterMs: 2000});
    for (let second = 1; second <= 5; second++) {
      for (let at = 0; at < 300; at++) map.admit("hot", "get", (second - 1) * 1000 + at);
      for (const row of map.splitByLoad(second * 1000)) {
        expect(row.advice).toEqual({split: false, reason: "single hot key"});
      }
    }
    expect(map.splitByLoad(6000)).toEqual([]);
    expect(map.partitions.length).toBe(1);
    expect(map.partitions[0]!.hotSinceMs).toBe(undefined);
  });

  it("PartitionMap refuses options and times outside their range", () => {
    expect(() => new PartitionMap({splitAtLoad: 0})).toThrow(RangeError);
    expect(() => new PartitionMap({putsPerSecond: -1})).toThrow(RangeError);
    expect(() => new PartitionMap().splitByLoad(0)).toThrow(RangeError);
    expect(() => new PartitionMap().split("")).toThrow(RangeError);
  });

  it("PartitionMap.describe() has one line per range", () => {
    const map = new PartitionMap<number>();
    map.set("a", 1);
    map.split("m");
    expect(map.describe()).toBe('["", "m") 1 keys\n["m", ∞) 0 keys');
  });
});
