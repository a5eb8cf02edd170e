import {equalBytes} from "../bytes/index.js";
import {DecoderCache} from "./decoder.js";
import {checkCodeSize, vandermondeParity} from "./generators.js";
import {bestImplementation, makeKernel} from "./kernel.js";
import type {Implementation, Kernel} from "./kernel.js";
import {Matrix} from "./matrix.js";
import {checkAllShards, checkBytes, checkShards, indicesOfLost} from "./shards.js";
import type {Shard} from "./shards.js";
import {StripeMemory} from "./stripe-memory.js";

export interface ReedSolomonOptions {
  /** k: how many shards carry the data, a whole number >= 1. */
  dataShards: number;
  /** m: how many parity shards are added, a whole number >= 0; k + m <= 256. */
  parityShards: number;
  /** The parity rows, m × k bytes, row-major. Default: systematic Vandermonde. */
  matrix?: Matrix | Uint8Array;
  /**
   * Forces one of the three routines, for shards of any length. Default: "simd" where the host has
   * it, else "plain", once there is enough to do that preparing it pays; the textbook until then.
   */
  implementation?: Implementation;
}

/** A small write: one data shard before and after, and the parity shards before. */
export interface ShardChange {
  /** Which data shard, in [0, k). */
  index: number;
  before: Uint8Array;
  after: Uint8Array;
  /** All m parity shards of the stripe before the change. */
  parity: readonly Uint8Array[];
}

/**
 * A Reed-Solomon erasure code on real bytes: k data shards, m parity shards, and with the default
 * matrix any k of the k + m give everything back.
 *
 * Byte i of every shard forms one code word, so a shard may be of any length, as long as all
 * shards of a stripe have the same. Parity shard r is Σ matrix(r, c) · data shard c over GF(2^8).
 *
 * Each parity or lost shard costs O(k · length). The first decoding of an erasure pattern also
 * inverts a k × k matrix and plans its steps; the last 128 patterns are kept.
 *
 * @example
 * import {ReedSolomon} from "kernel-lib/erasure";
 * const code = new ReedSolomon({dataShards: 2, parityShards: 1});
 * const data = code.split(Uint8Array.of(10, 20, 30, 40));
 * const parity = code.encode(data);
 * const whole = code.reconstruct([undefined, data[1], parity[0]]);
 * code.join(whole, 4) // => Uint8Array(4) [ 10, 20, 30, 40 ]
 */
export class ReedSolomon {
  readonly dataShards: number;
  readonly parityShards: number;
  /** k + m. */
  readonly totalShards: number;
  /** The parity rows, m × k. */
  readonly matrix: Matrix;
  /** Identity over parity rows, (k + m) × k: row i says how shard i comes from the data. */
  readonly generator: Matrix;
  /** The routine that works on long shards. "plain" if "simd" was asked for and is missing. */
  readonly implementation: Implementation;
  private readonly forced: Implementation | undefined;
  private readonly encoder: Kernel;
  private readonly decoders: DecoderCache;
  /** Per data shard, the kernel that updates the parity; made when first needed. */
  private readonly updaters: Kernel[] = [];

  /** @throws RangeError if a size is outside its range or the matrix does not fit */
  constructor({dataShards, parityShards, matrix, implementation}: ReedSolomonOptions) {
    checkCodeSize({dataShards, parityShards});
    this.dataShards = dataShards;
    this.parityShards = parityShards;
    this.totalShards = dataShards + parityShards;
    if (matrix === undefined) {
      this.matrix = vandermondeParity({dataShards, parityShards});
    } else {
      this.matrix = parityRows(matrix, parityShards, dataShards);
    }
    this.generator = Matrix.identity(dataShards).stack(this.matrix);
    checkImplementation(implementation);
    const best = bestImplementation();
    this.implementation = implementation === "simd" ? best : (implementation ?? best);
    this.forced = implementation;
    this.encoder = makeKernel(this.matrix, implementation);
    this.decoders = new DecoderCache(this.generator, implementation);
  }

  /**
   * Makes room for one stripe in WebAssembly memory, where encoding and decoding need no copies:
   * 1.5 to 3 times as fast. Fill the first k arrays and `encode` them: the parity is written to the
   * other m, which are returned. `reconstruct` likewise restores lost shards in their own places.
   *
   * The memory belongs to this stripe, never grows (so the arrays stay valid) and is freed with the
   * last of them. It takes whole pages of 64 KiB: allocate once and use it again and again.
   *
   * @param shardBytes length of each shard, a whole number >= 0
   * @returns k + m arrays of zeros, data first
   * @throws RangeError if the length is outside its range or the stripe exceeds 4 GiB
   */
  allocate(shardBytes: number): Uint8Array[] {
    if (!Number.isSafeInteger(shardBytes) || shardBytes < 0) {
      throw new RangeError(`Cannot allocate: need shardBytes >= 0, got ${shardBytes}`);
    }
    return [...new StripeMemory(this.totalShards, shardBytes).shards];
  }

  /**
   * Cuts an object into k data shards of ceil(length / k) bytes, the last ones padded with zeros.
   * Keep the true length beside the stripe: `join` needs it. An empty object gives empty shards.
   *
   * @returns k new arrays
   */
  split(object: Uint8Array): Uint8Array[] {
    checkBytes("split", object);
    const shardBytes = Math.ceil(object.length / this.dataShards);
    return Array.from({length: this.dataShards}, (_, index) => {
      const shard = new Uint8Array(shardBytes);
      shard.set(object.subarray(index * shardBytes, (index + 1) * shardBytes));
      return shard;
    });
  }

  /**
   * Computes the parity shards.
   *
   * @param data k shards of equal length
   * @param parity m arrays of that length to overwrite, none of which shares bytes with the data.
   *   Default: new ones; if `data` are the first k shards of an allocated stripe, in order, then
   *   that stripe's own
   * @returns `parity`
   * @throws TypeError if a shard is no Uint8Array
   * @throws RangeError if the number of shards or their lengths are wrong
   */
  encode(data: readonly Uint8Array[], parity?: Uint8Array[]): Uint8Array[] {
    checkAllShards("encode", data, this.dataShards);
    const targets = parity ?? this.parityFor(data);
    checkAllShards("encode", targets, this.parityShards);
    checkShards("encode", [data[0], ...targets], 1 + this.parityShards);
    this.encoder.multiply(data, targets);
    return targets;
  }

  private parityFor(data: readonly Uint8Array[]): Uint8Array[] {
    const own = this.stripeOf(data)?.shards.slice(this.dataShards);
    return own ?? Array.from({length: this.parityShards}, () => new Uint8Array(data[0]!.length));
  }

  /**
   * The parity after one data shard has changed, from the change alone: what a small write in place
   * costs, without reading the other k − 1 data shards.
   *
   * @param change index of the data shard, its bytes before and after, and the m parity shards
   * @returns m new arrays
   * @throws TypeError if a shard is no Uint8Array
   * @throws RangeError if the index, the number of shards or their lengths are wrong
   */
  updateParity({index, before, after, parity}: ShardChange): Uint8Array[] {
    if (!Number.isInteger(index) || index < 0 || index >= this.dataShards) {
      throw new RangeError(
        `Cannot update: need a data shard in [0, ${this.dataShards - 1}], got ${index}`,
      );
    }
    checkAllShards("update", parity, this.parityShards);
    checkAllShards("update", [before, after, ...parity], 2 + this.parityShards);
    const updated = parity.map((shard) => new Uint8Array(shard.length));
    this.updaters[index] ??= makeKernel(this.updateRows(index), this.forced);
    this.updaters[index].multiply([before, after, ...parity], updated);
    return updated;
  }

  /** New parity r = matrix(r, index) · (before ⊕ after) ⊕ old parity r. */
  private updateRows(index: number): Matrix {
    return Matrix.build(this.parityShards, 2 + this.parityShards, (row, column) =>
      column < 2 ? this.matrix.get(row, index) : Number(column - 2 === row),
    );
  }

  /**
   * Says whether the parity shards match the data shards. It cannot say which shard is wrong;
   * a checksum per shard can.
   *
   * @param shards all k + m, data first
   */
  verify(shards: readonly Uint8Array[]): boolean {
    checkAllShards("verify", shards, this.totalShards);
    const parity = shards.slice(this.dataShards).map((shard) => new Uint8Array(shard.length));
    this.encoder.multiply(shards.slice(0, this.dataShards), parity);
    return parity.every((expected, row) => equalBytes(expected, shards[this.dataShards + row]!));
  }

  /**
   * Restores every lost shard, data and parity, from any k that suffice.
   *
   * @param given k + m entries, data first, `undefined` (or a hole) where lost
   * @returns all k + m shards: the ones given, uncopied, and new ones for those lost; if the ones
   *   given are shards of one allocated stripe, each in its place, then that stripe's own
   * @throws TypeError if a shard is no Uint8Array
   * @throws RangeError if fewer than k shards are present, or (with a matrix of the caller's that
   *   is not MDS) those present do not determine the data
   */
  reconstruct(given: readonly Shard[]): Uint8Array[] {
    const length = checkShards("reconstruct", given, this.totalShards);
    // Dense: `delete shards[1]` is a natural way to lose a shard, and map passes over holes.
    const shards: Shard[] = Array.from(given);
    const lost = indicesOfLost(shards);
    const present = this.totalShards - lost.length;
    if (present < this.dataShards) {
      throw new RangeError(
        `Cannot reconstruct ${this.totalShards} shards: ` +
          `need ${this.dataShards} present, got ${present}`,
      );
    }
    const whole = [...shards] as Uint8Array[];
    if (lost.length === 0) return whole;
    const {sources, kernel} = this.decoders.decoder(lost);
    const stripe = this.stripeOf(shards);
    for (const index of lost) whole[index] = stripe?.shards[index] ?? new Uint8Array(length);
    kernel.multiply(
      sources.map((index) => whole[index]!),
      lost.map((index) => whole[index]!),
    );
    return whole;
  }

  /**
   * Puts the data shards together again and drops the padding.
   *
   * @param shards at least the k data shards, first
   * @param lengthBytes the true length of the object
   * @throws RangeError if the shards hold fewer bytes than that
   */
  join(shards: readonly Uint8Array[], lengthBytes: number): Uint8Array {
    const data = shards.slice(0, this.dataShards);
    checkAllShards("join", data, this.dataShards);
    const shardBytes = data[0]!.length;
    const held = shardBytes * this.dataShards;
    if (!Number.isInteger(lengthBytes) || lengthBytes < 0 || lengthBytes > held) {
      throw new RangeError(`Cannot join: need a length in [0, ${held}], got ${lengthBytes}`);
    }
    const object = new Uint8Array(held);
    data.forEach((shard, index) => object.set(shard, index * shardBytes));
    return object.subarray(0, lengthBytes);
  }

  /** The code in words, with its generator matrix. */
  describe(): string {
    return `RS(${this.dataShards},${this.parityShards})\n${this.generator.describe()}`;
  }

  /** The allocated stripe of this shape in which each shard given stands in its place. */
  private stripeOf(shards: readonly Shard[]): StripeMemory | undefined {
    const first = shards.find((shard) => shard !== undefined);
    const stripe = first && StripeMemory.of(first);
    const fits = stripe?.shards.length === this.totalShards && stripe.holdsInOrder(shards);
    return fits ? stripe : undefined;
  }
}

/** @throws RangeError if the matrix has another shape: a transposed one would be another code */
function parityRows(matrix: Matrix | Uint8Array, rows: number, columns: number): Matrix {
  if (!(matrix instanceof Matrix)) return new Matrix(rows, columns, Uint8Array.from(matrix));
  if (matrix.rows !== rows || matrix.columns !== columns) {
    throw new RangeError(
      `Cannot make a code: need ${rows} × ${columns} parity rows, ` +
        `got ${matrix.rows} × ${matrix.columns}`,
    );
  }
  return matrix;
}

function checkImplementation(value: unknown): void {
  if (value === undefined || value === "textbook" || value === "plain" || value === "simd") return;
  throw new RangeError(
    `Cannot make a code: need implementation "textbook", "plain" or "simd", got ${String(value)}`,
  );
}
