import {equalBytes} from "../bytes/index.js";
import {checkCodeSize, vandermondeParity} from "./generators.js";
import {Matrix} from "./matrix.js";
import {productsOf} from "./multiply-table.js";

/** A shard, or `undefined` where it was lost. */
export type Shard = Uint8Array | undefined;

export interface ReedSolomonOptions {
  /** k: how many shards carry the data, a whole number >= 1. */
  dataShards: number;
  /** m: how many parity shards are added, a whole number >= 0; k + m <= 256. */
  parityShards: number;
  /** The parity rows, m × k bytes, row-major. Default: systematic Vandermonde. */
  matrix?: Matrix | Uint8Array;
}

/**
 * A Reed-Solomon erasure code on real bytes: k data shards, m parity shards, and with the default
 * matrix any k of the k + m give everything back.
 *
 * Byte i of every shard forms one code word, so a shard may be of any length, as long as all
 * shards of a stripe have the same. Parity shard r is Σ matrix(r, c) · data shard c over GF(2^8).
 *
 * Each parity or lost shard costs k · length look-ups; decoding also inverts one k × k matrix.
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

  /** @throws RangeError if a size is outside its range or the matrix does not fit */
  constructor({dataShards, parityShards, matrix}: ReedSolomonOptions) {
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
  }

  /**
   * Cuts an object into k data shards of ceil(length / k) bytes, the last ones padded with zeros.
   * Keep the true length beside the stripe: `join` needs it. An empty object gives empty shards.
   *
   * @returns k new arrays
   */
  split(object: Uint8Array): Uint8Array[] {
    checkBytes(object, "split");
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
   * @returns m new arrays of that length
   * @throws TypeError if a shard is no Uint8Array
   * @throws RangeError if the number of shards or their lengths are wrong
   */
  encode(data: readonly Uint8Array[]): Uint8Array[] {
    return this.encodeChecked(this.allPresent("encode", data, this.dataShards));
  }

  private encodeChecked(data: readonly Uint8Array[]): Uint8Array[] {
    return Array.from({length: this.parityShards}, (_, row) => combine(this.matrix.row(row), data));
  }

  /**
   * Says whether the parity shards match the data shards. It cannot say which shard is wrong;
   * a checksum per shard can.
   *
   * @param shards all k + m, data first
   */
  verify(shards: readonly Uint8Array[]): boolean {
    const all = this.allPresent("verify", shards, this.totalShards);
    const parity = this.encodeChecked(all.slice(0, this.dataShards));
    return parity.every((shard, row) => equalBytes(shard, all[this.dataShards + row]!));
  }

  /**
   * Restores every lost shard, data and parity, from any k that suffice.
   *
   * @param given k + m entries, data first, `undefined` (or a hole) where lost
   * @returns all k + m shards: the ones given, uncopied, and new ones for those lost
   * @throws TypeError if a shard is no Uint8Array
   * @throws RangeError if fewer than k shards are present, or (with a matrix of the caller's that
   *   is not MDS) those present do not determine the data
   */
  reconstruct(given: readonly Shard[]): Uint8Array[] {
    const shards = this.checkShards("reconstruct", given, this.totalShards);
    const present = shards.flatMap((shard, index) => (shard === undefined ? [] : [index]));
    if (present.length < this.dataShards) {
      throw new RangeError(
        `Cannot reconstruct ${this.totalShards} shards: ` +
          `need ${this.dataShards} present, got ${present.length}`,
      );
    }
    const data = this.reconstructData(shards, present);
    return shards.map((shard, index) => shard ?? data[index] ?? this.parityShard(index, data));
  }

  /**
   * Puts the data shards together again and drops the padding.
   *
   * @param shards at least the k data shards, first
   * @param lengthBytes the true length of the object
   * @throws RangeError if the shards hold fewer bytes than that
   */
  join(shards: readonly Uint8Array[], lengthBytes: number): Uint8Array {
    const data = this.allPresent("join", shards.slice(0, this.dataShards), this.dataShards);
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

  private reconstructData(shards: readonly Shard[], present: readonly number[]): Uint8Array[] {
    const lost = shards.slice(0, this.dataShards).some((shard) => shard === undefined);
    if (!lost) return shards.slice(0, this.dataShards) as Uint8Array[];
    const {rows, inverse} = this.decoder(present);
    const sources = rows.map((row) => shards[row]!);
    // Row i of the inverse gives data shard i; shards that are present need no work.
    return Array.from(
      {length: this.dataShards},
      (_, index) => shards[index] ?? combine(inverse.row(index), sources),
    );
  }

  /** Picks k of the present shards whose generator rows are independent, and inverts those. */
  private decoder(present: readonly number[]): {rows: number[]; inverse: Matrix} {
    const firstRows = present.slice(0, this.dataShards);
    const direct = this.generator.selectRows(firstRows).invert();
    if (direct !== undefined) return {rows: firstRows, inverse: direct};
    const rows = independentRows(this.generator, present);
    const inverse =
      rows.length === this.dataShards ? this.generator.selectRows(rows).invert() : undefined;
    if (inverse === undefined) {
      throw new RangeError(
        `Cannot reconstruct ${this.totalShards} shards: the ${present.length} present hold only ` +
          `${rows.length} independent rows of this matrix, need ${this.dataShards}`,
      );
    }
    return {rows, inverse};
  }

  private parityShard(index: number, data: readonly Uint8Array[]): Uint8Array {
    return combine(this.generator.row(index), data);
  }

  private allPresent(action: string, given: readonly Shard[], need: number): Uint8Array[] {
    return this.checkShards(action, given, need).map((shard) => {
      checkBytes(shard, action);
      return shard;
    });
  }

  /** The shards as a new array without holes: `delete shards[1]` is a natural way to lose one. */
  private checkShards(action: string, given: readonly Shard[], need: number): Shard[] {
    if (!Array.isArray(given)) throw new TypeError(`Cannot ${action}: need an array of shards`);
    const shards = Array.from(given as readonly Shard[]);
    if (shards.length !== need) {
      throw new RangeError(`Cannot ${action}: need ${need} shards, got ${shards.length}`);
    }
    let length: number | undefined;
    for (const shard of shards) {
      if (shard === undefined) continue;
      checkBytes(shard, action);
      length ??= shard.length;
      if (shard.length !== length) {
        throw new RangeError(
          `Cannot ${action}: need shards of equal length, got ${length} and ${shard.length} bytes`,
        );
      }
    }
    return shards;
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

/** Σ coefficients(i) · sources(i), byte by byte: the inner loop of encoding and decoding alike. */
function combine(coefficients: Uint8Array, sources: readonly Uint8Array[]): Uint8Array {
  const length = sources[0]!.length;
  const sum = new Uint8Array(length);
  sources.forEach((source, index) => {
    const coefficient = coefficients[index]!;
    if (coefficient === 0) return;
    const products = productsOf(coefficient);
    for (let i = 0; i < length; i++) sum[i]! ^= products[source[i]!]!;
  });
  return sum;
}

/** A largest set of independent rows, chosen from the candidates in order. */
function independentRows(matrix: Matrix, candidates: readonly number[]): number[] {
  const chosen: number[] = [];
  for (const candidate of candidates) {
    if (matrix.selectRows([...chosen, candidate]).rank() > chosen.length) chosen.push(candidate);
  }
  return chosen;
}

function checkBytes(value: unknown, action: string): asserts value is Uint8Array {
  if (!(value instanceof Uint8Array)) {
    throw new TypeError(`Cannot ${action}: need a Uint8Array, got ${typeof value}`);
  }
}
