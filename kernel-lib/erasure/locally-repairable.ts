/**
 * Local reconstruction codes: data in groups, each with a parity of its own, and global parities
 * over everything. One lost shard, by far the most frequent case, is repaired from its group.
 *
 * Source: Huang et al., "Erasure Coding in Windows Azure Storage", USENIX ATC 2012, §2. Local parity
 * is exclusive or; global parity r of element e is e^(2^r), r = 0, 1, with elements of different
 * groups in different bits of the byte (the paper puts two groups into the two halves).
 *
 * Fidelity: the code of the paper; byte layout and order of shards are ours.
 */
import {DecoderCache} from "./decoder.js";
import {gfPower} from "./galois.js";
import {cauchyParity, checkCodeSize} from "./generators.js";
import {makeKernel} from "./kernel.js";
import type {Kernel} from "./kernel.js";
import {Matrix} from "./matrix.js";
import {checkAllShards, checkShards, indicesOfLost} from "./shards.js";
import type {Shard} from "./shards.js";

export interface LocallyRepairableOptions {
  /** k: shards that carry the data, a whole number >= 1. */
  dataShards: number;
  /** l: groups, each with one local parity; a whole number >= 1 that divides k. */
  localParities: number;
  /** r: parities over all the data, a whole number >= 0; k + l + r <= 256. */
  globalParities: number;
}

/**
 * The code LRC(k, l, r). Shards are numbered data first, then the local parities by group, then the
 * global ones.
 *
 * For r <= 2 and groups of at most 2^⌊8/l⌋ − 1 shards it decodes every set of losses that any code
 * of this shape could (*maximally recoverable*); for other shapes the global rows are Cauchy's, and
 * `isDecodable` tells what they can do.
 *
 * @example
 * import {LocallyRepairable} from "kernel-lib/erasure";
 * const code = new LocallyRepairable({dataShards: 6, localParities: 2, globalParities: 2});
 * code.averageRepairCost() // => 3.6
 * code.isDecodable([0, 1, 3, 4]) // => true
 * code.isDecodable([0, 1, 2, 6]) // => false
 */
export class LocallyRepairable {
  readonly dataShards: number;
  readonly localParities: number;
  readonly globalParities: number;
  /** k + l + r. */
  readonly totalShards: number;
  /** (k + l + r) × k: row i says how shard i comes from the data. */
  readonly generator: Matrix;
  /** Shards of each group: its data and, last, its local parity. */
  readonly groups: readonly (readonly number[])[];
  private readonly encoder: Kernel;
  private readonly sum: Kernel;
  private readonly decoders: DecoderCache;

  /** @throws RangeError if a size is outside its range or l does not divide k */
  constructor({dataShards, localParities, globalParities}: LocallyRepairableOptions) {
    checkSize({dataShards, localParities, globalParities});
    this.dataShards = dataShards;
    this.localParities = localParities;
    this.globalParities = globalParities;
    this.totalShards = dataShards + localParities + globalParities;
    const size = dataShards / localParities;
    this.groups = Array.from({length: localParities}, (_, group) => [
      ...Array.from({length: size}, (_member, index) => group * size + index),
      dataShards + group,
    ]);
    const local = Matrix.build(localParities, dataShards, (group, column) =>
      Number(Math.floor(column / size) === group),
    );
    const parity = local.stack(globalRows({dataShards, localParities, globalParities}));
    this.generator = Matrix.identity(dataShards).stack(parity);
    this.encoder = makeKernel(parity);
    this.sum = makeKernel(Matrix.build(1, size, () => 1));
    this.decoders = new DecoderCache(this.generator, undefined);
  }

  /**
   * Computes the parity shards.
   *
   * @param data k shards of equal length
   * @returns l + r new arrays, local parities first
   * @throws TypeError if a shard is no Uint8Array
   * @throws RangeError if the number of shards or their lengths are wrong
   */
  encode(data: readonly Uint8Array[]): Uint8Array[] {
    checkAllShards("encode", data, this.dataShards);
    const parities = this.localParities + this.globalParities;
    const parity = Array.from({length: parities}, () => new Uint8Array(data[0]!.length));
    this.encoder.multiply(data, parity);
    return parity;
  }

  /**
   * The shards that are read to restore one lost shard while all others are there: the rest of its
   * group, or all the data for a global parity.
   *
   * @param lost index of the shard, in [0, k + l + r)
   * @throws RangeError if there is no such shard
   */
  repairSources(lost: number): number[] {
    this.checkIndex(lost);
    const group = this.groups.find((members) => members.includes(lost));
    if (group !== undefined) return group.filter((member) => member !== lost);
    return Array.from({length: this.dataShards}, (_, index) => index);
  }

  /** Shards read to repair one lost shard, as the mean over all of them. */
  averageRepairCost(): number {
    const all = Array.from({length: this.totalShards}, (_, index) => index);
    const reads = all.reduce((sum, lost) => sum + this.repairSources(lost).length, 0);
    return reads / this.totalShards;
  }

  /**
   * Restores one lost shard from `repairSources(lost)`; other entries are not looked at.
   *
   * @param shards k + l + r entries
   * @throws TypeError if a source is no Uint8Array
   * @throws RangeError if a source is missing or lengths differ
   */
  repair(lost: number, shards: readonly Shard[]): Uint8Array {
    const numbers = this.repairSources(lost);
    const sources = numbers.map((index) => shards[index]);
    const missing = numbers.find((index) => shards[index] === undefined);
    if (missing !== undefined) {
      throw new RangeError(`Cannot repair shard ${lost}: need shard ${missing}, which is missing`);
    }
    const length = checkShards("repair", sources, numbers.length);
    const target = new Uint8Array(length);
    const global = lost >= this.dataShards + this.localParities;
    const kernel = global ? makeKernel(this.generator.selectRows([lost])) : this.sum;
    kernel.multiply(sources as Uint8Array[], [target]);
    return target;
  }

  /**
   * Restores every lost shard: group by group where one member is lost, the rest together.
   *
   * @param shards k + l + r entries, `undefined` where lost
   * @returns all shards: the ones given, uncopied, and new ones for those lost
   * @throws TypeError if a shard is no Uint8Array
   * @throws RangeError if those present do not determine the data
   */
  reconstruct(shards: readonly Shard[]): Uint8Array[] {
    const length = checkShards("reconstruct", shards, this.totalShards);
    const whole = [...shards];
    for (const group of this.groups) {
      const lost = group.filter((index) => whole[index] === undefined);
      if (lost.length === 1) whole[lost[0]!] = this.repair(lost[0]!, whole);
    }
    const lost = indicesOfLost(whole);
    if (lost.length === 0) return whole as Uint8Array[];
    const {sources, kernel} = this.decoders.decoder(lost);
    const targets = lost.map(() => new Uint8Array(length));
    kernel.multiply(
      sources.map((index) => whole[index]!),
      targets,
    );
    lost.forEach((index, at) => (whole[index] = targets[at]!));
    return whole as Uint8Array[];
  }

  /**
   * Whether these losses can be undone: whether the generator rows of the others have rank k.
   *
   * @param lost indices of shards
   * @throws RangeError if there is no such shard
   */
  isDecodable(lost: readonly number[]): boolean {
    lost.forEach((index) => this.checkIndex(index));
    const all = Array.from({length: this.totalShards}, (_, index) => index);
    const rows = all.filter((index) => !lost.includes(index));
    return this.generator.selectRows(rows).rank() === this.dataShards;
  }

  /**
   * Whether these losses can be undone by any code of this shape, by counting: each group
   * makes good one of its own losses, and what is left over must not exceed the global parities.
   *
   * @param lost indices of shards
   * @throws RangeError if there is no such shard
   */
  isDecodableByCounting(lost: readonly number[]): boolean {
    lost.forEach((index) => this.checkIndex(index));
    const distinct = [...new Set(lost)];
    const inGroups = this.groups.map((group) => distinct.filter((index) => group.includes(index)));
    const global = distinct.length - inGroups.flat().length;
    const left = inGroups.reduce((sum, losses) => sum + Math.max(0, losses.length - 1), global);
    return left <= this.globalParities;
  }

  /** The code in words, with its generator matrix. */
  describe(): string {
    const {dataShards, localParities, globalParities} = this;
    return `LRC(${dataShards},${localParities},${globalParities})\n${this.generator.describe()}`;
  }

  private checkIndex(index: number): void {
    if (!Number.isInteger(index) || index < 0 || index >= this.totalShards) {
      throw new RangeError(
        `Cannot find a shard: need an index in [0, ${this.totalShards - 1}], got ${index}`,
      );
    }
  }
}

/**
 * Sums of elements of one group never equal sums of elements of another, since they share no bits:
 * that, and distinct elements within a group, is what the paper shows to suffice for two global rows.
 */
function globalRows({dataShards, localParities, globalParities}: LocallyRepairableOptions): Matrix {
  const size = dataShards / localParities;
  const bits = Math.floor(8 / localParities);
  if (globalParities > 2 || size > 2 ** bits - 1) {
    return cauchyParity({dataShards, parityShards: globalParities});
  }
  return Matrix.build(globalParities, dataShards, (row, column) => {
    const group = Math.floor(column / size);
    const element = ((column % size) + 1) << (bits * group);
    return gfPower(element, row + 1);
  });
}

function checkSize({dataShards, localParities, globalParities}: LocallyRepairableOptions): void {
  checkCodeSize({dataShards, parityShards: globalParities});
  if (!Number.isInteger(localParities) || localParities < 1 || dataShards % localParities !== 0) {
    throw new RangeError(
      `Cannot make a code: need localParities >= 1 that divide ${dataShards}, got ${localParities}`,
    );
  }
  checkCodeSize({dataShards, parityShards: localParities + globalParities});
}
