import fc from "fast-check";
import {equalBytes} from "kernel-lib/bytes";
import {LocallyRepairable} from "kernel-lib/erasure";
import type {Shard} from "kernel-lib/erasure";
import {Random} from "kernel-lib/random";
import {combinations} from "kernel-lib/stats";
import {describe, expect, it} from "vitest";

const six = new LocallyRepairable({dataShards: 6, localParities: 2, globalParities: 2});
const twelve = new LocallyRepairable({dataShards: 12, localParities: 2, globalParities: 2});
const wide = new LocallyRepairable({dataShards: 12, localParities: 4, globalParities: 2});

function indices(code: LocallyRepairable): number[] {
  return Array.from({length: code.totalShards}, (_, index) => index);
}

function stripe(code: LocallyRepairable, bytes: number): Uint8Array[] {
  const random = new Random(bytes);
  const data = Array.from({length: code.dataShards}, () => random.bytes(bytes));
  return [...data, ...code.encode(data)];
}

function lose(shards: readonly Uint8Array[], lost: readonly number[]): Shard[] {
  return shards.map((shard, index) => (lost.includes(index) ? undefined : shard));
}

describe("LocallyRepairable", () => {
  it.each([
    // Huang et al. 2012, §2: all three failures, 86 % of four. Counts: facts/storage.md §3.2b.
    ["(6,2,2)", six, [10, 45, 120, 180, 0]],
    ["(12,2,2)", twelve, [16, 120, 560, 1568, 0]],
    ["(12,4,2)", wide, [18, 153, 816, 3000, 7104]],
  ] as const)(
    "LocallyRepairable%s decodes exactly what counting allows: it is maximally recoverable",
    (_name, code, decodable) => {
      decodable.forEach((expected, index) => {
        const sets = combinations(indices(code), index + 1);
        const disagree = sets.find(
          (lost) => code.isDecodable(lost) !== code.isDecodableByCounting(lost),
        );
        expect(disagree).toBeUndefined();
        expect(sets.filter((lost) => code.isDecodable(lost))).toHaveLength(expected);
      });
    },
  );

  it("LocallyRepairable(6,2,2) has 86 % of its 210 four-failures, and (12,2,2) of its 1820", () => {
    expect(Math.round((100 * 180) / combinations(indices(six), 4).length)).toBe(86);
    expect(Math.round((100 * 1568) / combinations(indices(twelve), 4).length)).toBe(86);
  });

  it("LocallyRepairable.reconstruct() restores every decodable set of (6,2,2) and refuses the rest", () => {
    const shards = stripe(six, 9);
    for (const count of [0, 1, 2, 3, 4, 5]) {
      for (const lost of combinations(indices(six), count)) {
        if (six.isDecodable(lost)) {
          const whole = six.reconstruct(lose(shards, lost));
          if (!whole.every((s, i) => equalBytes(s, shards[i]!))) expect.fail(`lost ${lost}`);
        } else expect(() => six.reconstruct(lose(shards, lost))).toThrow(RangeError);
      }
    }
  });

  it("LocallyRepairable.reconstruct() restores every decodable set of (12,2,2)", () => {
    const shards = stripe(twelve, 3);
    for (const lost of combinations(indices(twelve), 4)) {
      if (!twelve.isDecodable(lost)) continue;
      const whole = twelve.reconstruct(lose(shards, lost));
      if (!lost.every((i) => equalBytes(whole[i]!, shards[i]!))) expect.fail(`lost ${lost}`);
    }
  });

  it("LocallyRepairable.repair() needs nothing but the group", () => {
    const shards = stripe(six, 20);
    for (const lost of indices(six)) {
      const sources = six.repairSources(lost);
      expect(sources).toHaveLength(lost < 8 ? 3 : 6);
      const others = indices(six).filter((index) => !sources.includes(index));
      expect(six.repair(lost, lose(shards, others))).toEqual(shards[lost]);
    }
    expect(() => six.repair(0, lose(shards, [0, 1]))).toThrow(
      "Cannot repair shard 0: need shard 1, which is missing",
    );
  });

  it("LocallyRepairable.averageRepairCost() is 3.6 for (6,2,2), as the paper says", () => {
    expect(six.averageRepairCost()).toBe(3.6);
    expect(twelve.averageRepairCost()).toBe((14 * 6 + 2 * 12) / 16);
  });

  it("LocallyRepairable local parity is the exclusive or of its group", () => {
    fc.assert(
      fc.property(fc.uint8Array({minLength: 6, maxLength: 6}), (bytes) => {
        const parity = six.encode(Array.from(bytes, (byte) => Uint8Array.of(byte)));
        expect(parity[0]![0]).toBe(bytes[0]! ^ bytes[1]! ^ bytes[2]!);
        expect(parity[1]![0]).toBe(bytes[3]! ^ bytes[4]! ^ bytes[5]!);
      }),
    );
  });

  it("LocallyRepairable of another shape never decodes what counting forbids", () => {
    const code = new LocallyRepairable({dataShards: 8, localParities: 2, globalParities: 3});
    for (const count of [3, 4, 5]) {
      for (const lost of combinations(indices(code), count)) {
        if (code.isDecodable(lost)) expect(code.isDecodableByCounting(lost)).toBe(true);
      }
    }
  });

  it("LocallyRepairable refuses wrong sizes, shards and indices", () => {
    const make = (dataShards: number, localParities: number, globalParities: number) => () =>
      new LocallyRepairable({dataShards, localParities, globalParities});
    expect(make(6, 4, 2)).toThrow(
      "Cannot make a code: need localParities >= 1 that divide 6, got 4",
    );
    expect(make(6, 0, 2)).toThrow(RangeError);
    expect(make(200, 50, 10)).toThrow(RangeError);
    expect(make(6, 2, 0)).not.toThrow();
    expect(() => six.encode([])).toThrow(RangeError);
    expect(() => six.encode(Array.from({length: 6}, () => "x") as never)).toThrow(TypeError);
    expect(() => six.isDecodable([10])).toThrow(RangeError);
    expect(() => six.isDecodableByCounting([-1])).toThrow(RangeError);
    expect(() => six.repairSources(1.5)).toThrow(RangeError);
  });
});
