import {ReedSolomon} from "kernel-lib/erasure";
import type {Implementation, Shard} from "kernel-lib/erasure";
import {Random} from "kernel-lib/random";
import {combinations} from "kernel-lib/stats";
import {describe, expect, it} from "vitest";

const size = {dataShards: 6, parityShards: 2};

describe.each<Implementation>(["textbook", "plain", "simd"])("allocate, %s", (implementation) => {
  const code = new ReedSolomon({...size, implementation});
  const textbook = new ReedSolomon({...size, implementation: "textbook"});

  function filled(shardBytes: number): Uint8Array[] {
    const random = new Random(shardBytes);
    const stripe = code.allocate(shardBytes);
    stripe.slice(0, 6).forEach((shard) => shard.set(random.bytes(shardBytes)));
    return stripe;
  }

  it.each([0, 1, 15, 16, 17, 31, 32, 33, 64, 512, 4096, 5000])(
    "ReedSolomon.encode() writes the parity of an allocated stripe of %i bytes in place",
    (shardBytes) => {
      const stripe = filled(shardBytes);
      expect(stripe.map(({length}) => length)).toEqual(new Array(8).fill(shardBytes));
      const data = stripe.slice(0, 6).map((shard) => Uint8Array.from(shard));
      const parity = code.encode(stripe.slice(0, 6));
      expect(parity[0]).toBe(stripe[6]);
      expect(parity[1]).toBe(stripe[7]);
      expect(stripe.slice(0, 6)).toEqual(data);
      expect(parity).toEqual(textbook.encode(data));
      expect(code.verify(stripe)).toBe(true);
    },
  );

  it("ReedSolomon.reconstruct() restores every set of lost shards in their own places", () => {
    const stripe = filled(70);
    code.encode(stripe.slice(0, 6));
    const before = stripe.map((shard) => Uint8Array.from(shard));
    for (const lost of [0, 1, 2].flatMap((n) => combinations([0, 1, 2, 3, 4, 5, 6, 7], n))) {
      lost.forEach((index) => stripe[index]!.fill(0xee));
      const whole = code.reconstruct(stripe.map((s, i) => (lost.includes(i) ? undefined : s)));
      expect(whole.every((shard, index) => shard === stripe[index])).toBe(true);
      expect(whole).toEqual(before);
    }
  });

  it("ReedSolomon gives new arrays when shards are not all of one stripe, each in its place", () => {
    const [one, other] = [filled(40), filled(40)];
    const data = one.slice(0, 6);
    const expected = textbook.encode(data.map((shard) => Uint8Array.from(shard)));
    one[6]!.fill(1);
    other[6]!.fill(2);
    const mixed = [...data.slice(0, 5), other[5]!];
    expect(code.encode(mixed)).toEqual(expected);
    const swapped = [data[1]!, data[0]!, ...data.slice(2)];
    expect(code.encode(swapped)).toEqual(textbook.encode(swapped.map((s) => Uint8Array.from(s))));
    const shorter = data.map((shard) => shard.subarray(0, 39));
    expect(code.encode(shorter)).toEqual(expected.map((shard) => shard.subarray(0, 39)));
    expect([...one[6]!, ...other[6]!]).toEqual([
      ...new Array(40).fill(1),
      ...new Array(40).fill(2),
    ]);
  });

  it("ReedSolomon.verify() leaves an allocated stripe as it is", () => {
    const stripe = filled(100);
    stripe[6]!.fill(3);
    expect(code.verify(stripe)).toBe(false);
    expect(stripe[6]).toEqual(new Uint8Array(100).fill(3));
  });

  it("ReedSolomon.allocate() gives arrays that stay valid however many follow", () => {
    const stripe = filled(1000);
    const before = Uint8Array.from(stripe[0]!);
    for (let i = 0; i < 20; i++) code.encode(filled(100_000).slice(0, 6));
    expect(stripe[0]).toEqual(before);
    expect(code.encode(stripe.slice(0, 6))[0]).toBe(stripe[6]);
  });

  it("ReedSolomon of another shape takes an allocated stripe for plain arrays", () => {
    const stripe = filled(32);
    const other = new ReedSolomon({dataShards: 5, parityShards: 2, implementation});
    const parity = other.encode(stripe.slice(0, 5));
    expect(parity[0]!.buffer).not.toBe(stripe[0]!.buffer);
    const shards: Shard[] = [undefined, ...stripe.slice(1, 5), ...parity];
    expect(other.reconstruct(shards)[0]).toEqual(stripe[0]);
  });

  it("ReedSolomon.allocate() refuses lengths outside their range", () => {
    expect(() => code.allocate(-1)).toThrow("Cannot allocate: need shardBytes >= 0, got -1");
    expect(() => code.allocate(1.5)).toThrow(RangeError);
    expect(() => code.allocate(2 ** 40)).toThrow("need at most 4 GiB in all");
  });
});
