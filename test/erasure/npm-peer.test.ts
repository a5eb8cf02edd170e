/**
 * Agreement with Rust's reed-solomon-erasure, as the npm package of the benchmark has it: another
 * program, in another language, on the same field. ISA-L judges in isa-l.test.ts.
 */
import {existsSync} from "node:fs";
import {join} from "node:path";
import {Matrix, ReedSolomon, vandermondeParity} from "kernel-lib/erasure";
import {Random} from "kernel-lib/random";
import {describe, expect} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {makeCodec} from "../peers/bench/rust-wasm-peer.mjs";
import {itNeeds} from "../support/needs.js";

const PEER = "@digitaldefiance/reed-solomon-erasure.wasm";
const INSTALL = "npm ci --prefix test/peers --ignore-scripts";
const installed = existsSync(join(ROOT, "test", "peers", "node_modules", PEER, "package.json"));

interface Size {
  dataShards: number;
  parityShards: number;
}

const sizes: Size[] = [1, 2, 5, 6, 10, 17, 20, 64].flatMap((dataShards) =>
  [1, 2, 3, 4, 6].map((parityShards) => ({dataShards, parityShards})),
);

/** All shards, as the peer makes them: its result codes are 0 for success. */
function peerEncode(data: readonly Uint8Array[], {dataShards, parityShards}: Size): Uint8Array[] {
  const shardBytes = data[0]!.length;
  const stripe = new Uint8Array(shardBytes * (dataShards + parityShards));
  data.forEach((shard, index) => stripe.set(shard, index * shardBytes));
  expect(makeCodec().encode(stripe, dataShards, parityShards)).toBe(0);
  return cut(stripe, shardBytes);
}

function cut(stripe: Uint8Array, shardBytes: number): Uint8Array[] {
  return Array.from({length: stripe.length / shardBytes}, (_, index) =>
    stripe.slice(index * shardBytes, (index + 1) * shardBytes),
  );
}

/** The peer's parity rows, read from its parity: of shards that are the rows of an identity. */
function peerRows(size: Size): Matrix {
  const unit = Matrix.identity(size.dataShards);
  const data = Array.from({length: size.dataShards}, (_, row) => Uint8Array.from(unit.row(row)));
  const parity = peerEncode(data, size).slice(size.dataShards);
  return Matrix.fromRows(parity.map((row) => Array.from(row)));
}

function randomShards(random: Random, count: number): Uint8Array[] {
  const length = random.integer({min: 1, max: 700});
  return Array.from({length: count}, () => random.bytes(length));
}

describe("an npm peer", () => {
  itNeeds(installed, PEER, INSTALL, "vandermondeParity() is its matrix", () => {
    for (const size of sizes) {
      expect(vandermondeParity(size).describe()).toBe(peerRows(size).describe());
    }
  });

  itNeeds(installed, PEER, INSTALL, "ReedSolomon.encode() gives its parity from its rows", () => {
    const random = new Random(65);
    for (const size of sizes) {
      const matrix = peerRows(size);
      const data = randomShards(random, size.dataShards);
      const expected = peerEncode(data, size).slice(size.dataShards);
      for (const implementation of ["textbook", "plain", "simd"] as const) {
        const code = new ReedSolomon({...size, matrix, implementation});
        expect(code.encode(data)).toEqual(expected);
      }
    }
  });

  itNeeds(installed, PEER, INSTALL, "ReedSolomon.reconstruct() restores what it encoded", () => {
    const random = new Random(66);
    for (const size of sizes) {
      const whole = peerEncode(randomShards(random, size.dataShards), size);
      const lost = random.shuffle([...whole.keys()]).slice(0, size.parityShards);
      const damaged = whole.map((shard, index) => (lost.includes(index) ? undefined : shard));
      expect(new ReedSolomon(size).reconstruct(damaged)).toEqual(whole);
    }
  });

  itNeeds(installed, PEER, INSTALL, "ReedSolomon.encode() gives what it can restore", () => {
    const random = new Random(67);
    for (const size of sizes) {
      const data = randomShards(random, size.dataShards);
      const shards = [...data, ...new ReedSolomon(size).encode(data)];
      const lost = random.shuffle([...data.keys()]).slice(0, size.parityShards);
      const stripe = Uint8Array.from(
        shards.flatMap((shard, index) =>
          Array.from(lost.includes(index) ? shard.map(() => 0) : shard),
        ),
      );
      const available = shards.map((_, index) => !lost.includes(index));
      const {dataShards, parityShards} = size;
      expect(makeCodec().reconstruct(stripe, dataShards, parityShards, available)).toBe(0);
      expect(cut(stripe, data[0]!.length)).toEqual(shards);
    }
  });
});
