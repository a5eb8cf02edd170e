import {readFileSync} from "node:fs";
import fc from "fast-check";
import {equalBytes} from "kernel-lib/bytes";
import {cauchyParity, gfMultiply, Matrix, ReedSolomon} from "kernel-lib/erasure";
import type {Shard} from "kernel-lib/erasure";
import {Random} from "kernel-lib/random";
import {combinations} from "kernel-lib/stats";
import {describe, expect, it} from "vitest";

const {fiveByFive} = JSON.parse(
  readFileSync(new URL("../vectors/reed-solomon.json", import.meta.url), "utf8"),
) as {fiveByFive: {data: number[][]; parity: number[][]}};

const six = new ReedSolomon({dataShards: 6, parityShards: 2});

/** The definition, one byte at a time: the slow twin of encode(). */
function slowParity(code: ReedSolomon, data: readonly Uint8Array[]): number[][] {
  return Array.from({length: code.parityShards}, (_, row) =>
    Array.from(data[0]!, (_byte, at) =>
      data.reduce((sum, shard, c) => sum ^ gfMultiply(code.matrix.get(row, c), shard[at]!), 0),
    ),
  );
}

function encodeWhole(code: ReedSolomon, object: Uint8Array): Uint8Array[] {
  const data = code.split(object);
  return [...data, ...code.encode(data)];
}

function lose(shards: readonly Uint8Array[], lost: readonly number[]): Shard[] {
  return shards.map((shard, index) => (lost.includes(index) ? undefined : shard));
}

const sizes = fc.record({dataShards: fc.integer({min: 1, max: 12}), parityShards: fc.nat(6)});

describe("ReedSolomon", () => {
  it("ReedSolomon.encode() gives Backblaze's and klauspost's published parity for five plus five", () => {
    const code = new ReedSolomon({dataShards: 5, parityShards: 5});
    const parity = code.encode(fiveByFive.data.map((shard) => Uint8Array.from(shard)));
    expect(parity.map((shard) => Array.from(shard))).toEqual(fiveByFive.parity);
  });

  it("ReedSolomon.encode() agrees with the definition on random data, both matrices", () => {
    fc.assert(
      fc.property(sizes, fc.uint8Array({minLength: 1, maxLength: 200}), (size, object) => {
        for (const matrix of [undefined, cauchyParity(size)]) {
          const code = new ReedSolomon({...size, ...(matrix && {matrix})});
          const data = code.split(object);
          expect(code.encode(data).map((p) => Array.from(p))).toEqual(slowParity(code, data));
        }
      }),
    );
  });

  it.each([
    [6, 2],
    [5, 4],
    [1, 2],
    [10, 4],
    [9, 6],
  ])("ReedSolomon(%i,%i).reconstruct() restores every set of at most m lost shards", (k, m) => {
    const code = new ReedSolomon({dataShards: k, parityShards: m});
    const object = Uint8Array.from({length: 7 * k + 1}, (_, i) => (i * 37 + 11) & 255);
    const shards = encodeWhole(code, object);
    const all = shards.map((_, index) => index);
    for (let count = 0; count <= m; count++) {
      for (const lost of combinations(all, count)) {
        const whole = code.reconstruct(lose(shards, lost));
        if (!whole.every((shard, i) => equalBytes(shard, shards[i]!))) expect.fail(`lost ${lost}`);
        expect(equalBytes(code.join(whole, object.length), object)).toBe(true);
      }
    }
  });

  it("ReedSolomon.reconstruct() refuses every set of m + 1 lost shards instead of guessing", () => {
    const shards = encodeWhole(six, new Uint8Array(60).fill(7));
    for (const lost of combinations([0, 1, 2, 3, 4, 5, 6, 7], 3)) {
      expect(() => six.reconstruct(lose(shards, lost))).toThrow(
        new RangeError("Cannot reconstruct 8 shards: need 6 present, got 5"),
      );
    }
  });

  it("ReedSolomon.reconstruct() restores any m random losses for random sizes", () => {
    fc.assert(
      fc.property(
        sizes,
        fc.uint8Array({maxLength: 99}),
        fc.infiniteStream(fc.nat()),
        (size, object, stream) => {
          const code = new ReedSolomon(size);
          const shards = encodeWhole(code, object);
          const lost = Array.from(
            {length: size.parityShards},
            () => stream.next().value! % shards.length,
          );
          const whole = code.reconstruct(lose(shards, lost));
          expect(equalBytes(code.join(whole, object.length), object)).toBe(true);
        },
      ),
    );
  });

  it("ReedSolomon treats a hole in the array as a lost shard, and never as zeros", () => {
    const object = Uint8Array.from({length: 30}, (_, i) => i + 1);
    const shards: Shard[] = encodeWhole(six, object);
    delete shards[1];
    delete shards[6];
    expect(equalBytes(six.join(six.reconstruct(shards), 30), object)).toBe(true);
    delete shards[2];
    expect(() => six.reconstruct(shards)).toThrow("need 6 present, got 5");
    const data = six.split(object);
    delete data[0];
    expect(() => six.encode(data)).toThrow(TypeError);
    expect(() => six.verify(shards as Uint8Array[])).toThrow(TypeError);
  });

  it("ReedSolomon.reconstruct() leaves the shards given as they are", () => {
    const shards = encodeWhole(
      six,
      Uint8Array.from({length: 24}, (_, i) => i),
    );
    const before = shards.map((shard) => Uint8Array.from(shard));
    const whole = six.reconstruct(lose(shards, [0, 7]));
    expect(shards).toEqual(before);
    expect(whole[1]).toBe(shards[1]);
  });

  it("ReedSolomon.encode() is linear: parity of a ⊕ b is parity of a ⊕ parity of b", () => {
    const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, i) => byte ^ b[i]!);
    const stripe = fc.array(fc.uint8Array({minLength: 5, maxLength: 5}), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(stripe, stripe, (a, b) => {
        const sum = six.encode(a.map((shard, i) => xor(shard, b[i]!)));
        const parts = six.encode(a).map((shard, i) => xor(shard, six.encode(b)[i]!));
        expect(sum).toEqual(parts);
      }),
    );
  });

  it("ReedSolomon.updateParity() gives what encode() gives after the change", () => {
    const change = fc.record({index: fc.nat(5), length: fc.nat(70), seed: fc.nat(99)});
    for (const implementation of ["textbook", "plain", "simd"] as const) {
      const code = new ReedSolomon({dataShards: 6, parityShards: 2, implementation});
      fc.assert(
        fc.property(change, ({index, length, seed}) => {
          const random = new Random(seed);
          const data = Array.from({length: 6}, () => random.bytes(length));
          const [before, after] = [data[index]!, random.bytes(length)];
          const parity = code.encode(data);
          const updated = code.updateParity({index, before, after, parity});
          expect(updated).toEqual(
            code.encode(data.map((shard, i) => (i === index ? after : shard))),
          );
          expect(parity).toEqual(code.encode(data));
        }),
        {numRuns: 40},
      );
    }
    const four = new Uint8Array(4);
    const change4 = {index: 0, before: four, after: four, parity: [four, four]};
    expect(() => six.updateParity({...change4, index: 6})).toThrow("data shard in [0, 5], got 6");
    expect(() => six.updateParity({...change4, parity: [four]})).toThrow(RangeError);
    expect(() => six.updateParity({...change4, after: new Uint8Array(5)})).toThrow(RangeError);
    expect(() => six.updateParity({...change4, before: "x" as never})).toThrow(TypeError);
  });

  it("ReedSolomon.encode() overwrites the arrays it is given, and refuses those that do not fit", () => {
    const data = six.split(Uint8Array.from({length: 60}, (_, i) => i));
    const parity = [new Uint8Array(10).fill(9), new Uint8Array(10).fill(9)];
    expect(six.encode(data, parity)).toBe(parity);
    expect(parity).toEqual(six.encode(data));
    expect(() => six.encode(data, [parity[0]!])).toThrow("Cannot encode: need 2 shards, got 1");
    expect(() => six.encode(data, [new Uint8Array(9), new Uint8Array(9)])).toThrow(RangeError);
    expect(() => six.encode(data, [parity[0]!, undefined as never])).toThrow(TypeError);
  });

  it("ReedSolomon names the implementation it uses and refuses one that there is not", () => {
    expect(six.implementation).toBe("simd");
    const size = {dataShards: 2, parityShards: 1};
    expect(new ReedSolomon({...size, implementation: "plain"}).implementation).toBe("plain");
    expect(() => new ReedSolomon({...size, implementation: "fast" as never})).toThrow(RangeError);
  });

  it("ReedSolomon.verify() accepts a stripe and notices any one changed byte", () => {
    const shards = encodeWhole(
      six,
      Uint8Array.from({length: 30}, (_, i) => i),
    );
    expect(six.verify(shards)).toBe(true);
    for (let shard = 0; shard < 8; shard++) {
      const damaged = shards.map((bytes) => Uint8Array.from(bytes));
      damaged[shard]![2]! ^= 1;
      expect(six.verify(damaged)).toBe(false);
    }
  });

  it.each([0, 1, 5, 6, 7, 11, 12, 13])(
    "ReedSolomon.join() undoes split() for %i bytes",
    (length) => {
      const object = Uint8Array.from({length}, (_, i) => i + 1);
      const data = six.split(object);
      expect(data).toHaveLength(6);
      expect(equalBytes(six.join(data, length), object)).toBe(true);
      expect(six.reconstruct(lose(encodeWhole(six, object), [0, 1]))).toHaveLength(8);
    },
  );

  it("ReedSolomon works at its limits: k = 1, m = 0, k + m = 256; 257 shards are refused", () => {
    const copies = new ReedSolomon({dataShards: 1, parityShards: 2});
    expect(copies.encode([Uint8Array.of(9)])).toEqual([Uint8Array.of(9), Uint8Array.of(9)]);
    expect(
      new ReedSolomon({dataShards: 3, parityShards: 0}).encode(
        [1, 2, 3].map((b) => Uint8Array.of(b)),
      ),
    ).toEqual([]);
    const wide = new ReedSolomon({dataShards: 128, parityShards: 128});
    const object = Uint8Array.from({length: 128}, (_, i) => i);
    const lost = Array.from({length: 128}, (_, i) => 2 * i);
    const whole = wide.reconstruct(lose(encodeWhole(wide, object), lost));
    expect(equalBytes(wide.join(whole, 128), object)).toBe(true);
    expect(() => new ReedSolomon({dataShards: 129, parityShards: 128})).toThrow(RangeError);
  });

  it("ReedSolomon with a caller's weak matrix decodes where it can and says so where it cannot", () => {
    // Two equal parity rows: losing both is fine, losing two data shards is not.
    const matrix = Matrix.fromRows([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    const weak = new ReedSolomon({dataShards: 3, parityShards: 2, matrix});
    const shards = encodeWhole(weak, Uint8Array.of(1, 2, 3));
    expect(weak.reconstruct(lose(shards, [0]))[0]).toEqual(Uint8Array.of(1));
    expect(() => weak.reconstruct(lose(shards, [0, 1]))).toThrow(
      "the 3 present hold only 2 independent rows of this matrix, need 3",
    );
    // The first three present are dependent, but all four together are not.
    const skewed = new ReedSolomon({
      dataShards: 3,
      parityShards: 2,
      matrix: Uint8Array.of(0, 1, 0, 1, 1, 1),
    });
    const whole = encodeWhole(skewed, Uint8Array.of(5, 6, 7));
    expect(skewed.reconstruct(lose(whole, [0]))[0]).toEqual(Uint8Array.of(5));
  });

  it("ReedSolomon refuses wrong numbers, lengths and kinds of shards", () => {
    const five = Array.from({length: 5}, () => new Uint8Array(4));
    expect(() => six.encode(five)).toThrow("Cannot encode: need 6 shards, got 5");
    expect(() => six.encode([...five, new Uint8Array(3)])).toThrow("shards of equal length");
    expect(() => six.encode([...five, [1, 2, 3, 4] as never])).toThrow(TypeError);
    expect(() => six.encode([...five, undefined as never])).toThrow(TypeError);
    expect(() => six.encode("shards" as never)).toThrow(TypeError);
    expect(() => six.split("text" as never)).toThrow(TypeError);
    expect(() => six.reconstruct(five)).toThrow("Cannot reconstruct: need 8 shards, got 5");
    expect(() => six.join(six.split(new Uint8Array(6)), 7)).toThrow(
      "need a length in [0, 6], got 7",
    );
    expect(() => six.join([...five, undefined as never], 3)).toThrow(TypeError);
    expect(
      () => new ReedSolomon({dataShards: 2, parityShards: 1, matrix: Uint8Array.of(1)}),
    ).toThrow("Cannot make a 1 × 2 matrix: need 2 bytes, got 1");
    const transposed = new Matrix(6, 2, new Uint8Array(12));
    expect(() => new ReedSolomon({dataShards: 6, parityShards: 2, matrix: transposed})).toThrow(
      "need 2 × 6 parity rows, got 6 × 2",
    );
  });
});
