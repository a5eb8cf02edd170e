import fc from "fast-check";
import {equalBytes} from "kernel-lib/bytes";
import {Matrix, ReedSolomon} from "kernel-lib/erasure";
import type {Implementation} from "kernel-lib/erasure";
import {Random} from "kernel-lib/random";
import {combinations} from "kernel-lib/stats";
import {describe, expect, it} from "vitest";

const IMPLEMENTATIONS: readonly Implementation[] = ["textbook", "plain", "simd"];
/** Around every width that a routine works in: bytes, words, vectors, turns, blocks and pieces. */
const LENGTHS = [0, 1, 3, 4, 5, 15, 16, 17, 31, 32, 33, 63, 64, 65, 2047, 2048, 2049, 16385];

/** A view that starts at an odd place of a larger buffer, with guards around it. */
function unaligned(bytes: Uint8Array, offset: number): Uint8Array {
  const buffer = new Uint8Array(bytes.length + offset + 40).fill(0xaa);
  buffer.set(bytes, offset);
  return buffer.subarray(offset, offset + bytes.length);
}

describe("kernels", () => {
  it("every host that runs the tests has WebAssembly with vectors", () => {
    const {implementation} = new ReedSolomon({dataShards: 2, parityShards: 1});
    expect(implementation).toBe("simd");
  });

  it.each(LENGTHS)("the three implementations agree on unaligned shards of %i bytes", (length) => {
    const random = new Random(length);
    for (const [dataShards, parityShards] of [
      [1, 1],
      [6, 2],
      [5, 4],
      [17, 3],
    ] as const) {
      const size = {dataShards, parityShards};
      const data = Array.from({length: dataShards}, (_, i) => unaligned(random.bytes(length), i));
      const [textbook, ...fast] = IMPLEMENTATIONS.map((implementation) =>
        new ReedSolomon({...size, implementation}).encode(data),
      );
      for (const parity of fast) expect(parity).toEqual(textbook);
    }
  });

  it("the three implementations agree on any matrix, zeros, ones and equal rows included", () => {
    const entry = fc.oneof(fc.constantFrom(0, 1, 2, 0x80, 0xff), fc.nat(255));
    const matrices = fc
      .record({rows: fc.integer({min: 0, max: 9}), columns: fc.integer({min: 1, max: 40})})
      .chain(({rows, columns}) =>
        fc
          .array(entry, {minLength: rows * columns, maxLength: rows * columns})
          .map((entries) => new Matrix(rows, columns, Uint8Array.from(entries))),
      );
    fc.assert(
      fc.property(matrices, fc.nat(200), fc.nat(1000), (matrix, length, seed) => {
        const random = new Random(seed);
        const data = Array.from({length: matrix.columns}, () => random.bytes(length));
        const [textbook, ...fast] = IMPLEMENTATIONS.map((implementation) =>
          new ReedSolomon({
            ...{dataShards: matrix.columns, parityShards: matrix.rows},
            ...{matrix, implementation},
          }).encode(data),
        );
        for (const parity of fast) expect(parity).toEqual(textbook);
      }),
      {numRuns: 60},
    );
  });

  it("the plain kernel writes to targets that start between words", () => {
    const code = new ReedSolomon({dataShards: 3, parityShards: 2, implementation: "plain"});
    const stripe = code.allocate(13);
    const random = new Random(1);
    stripe.slice(0, 3).forEach((shard) => shard.set(random.bytes(13)));
    const copies = stripe.slice(0, 3).map((shard) => Uint8Array.from(shard));
    expect(code.encode(stripe.slice(0, 3))).toEqual(code.encode(copies));
  });

  it.each(["plain", "simd"] as const)(
    "the %s implementation restores every set of one to four lost shards of ten plus four",
    (implementation) => {
      const code = new ReedSolomon({dataShards: 10, parityShards: 4, implementation});
      const data = code.split(new Random(3).bytes(10 * 70));
      const shards = [...data, ...code.encode(data)];
      const all = shards.map((_, index) => index);
      for (let count = 1; count <= 4; count++) {
        for (const lost of combinations(all, count)) {
          const damaged = shards.map((shard, i) => (lost.includes(i) ? undefined : shard));
          const whole = code.reconstruct(damaged);
          if (!lost.every((i) => equalBytes(whole[i]!, shards[i]!))) expect.fail(`lost ${lost}`);
        }
      }
    },
  );

  it("the default implementation changes over from textbook to simd without a seam", () => {
    const code = new ReedSolomon({dataShards: 6, parityShards: 2});
    const textbook = new ReedSolomon({
      ...{dataShards: 6, parityShards: 2},
      implementation: "textbook",
    });
    const random = new Random(9);
    for (const length of [1600, 1666, 1667, 3000, 10, 40_000, 10]) {
      const data = Array.from({length: 6}, () => random.bytes(length));
      expect(code.encode(data)).toEqual(textbook.encode(data));
    }
  });
});
