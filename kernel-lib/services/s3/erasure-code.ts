/** A shard, or `undefined` where it is not at hand. */
export type MaybeShard = Uint8Array | undefined;

/**
 * What the store needs of a code: anything with these six, `ReedSolomon` or the reader's own.
 *
 * The contract: `reconstruct` gives back what `encode` was given, from whatever subsets of shards
 * the code promises, and throws a `RangeError` where those at hand do not suffice.
 */
export interface ErasureCode {
  /** k, a whole number >= 1. */
  readonly dataShards: number;
  /** m, a whole number >= 0. */
  readonly parityShards: number;
  /** Cuts bytes into k shards of equal length. */
  split(bytes: Uint8Array): Uint8Array[];
  /** The m parity shards of k data shards. */
  encode(data: readonly Uint8Array[]): Uint8Array[];
  /** All k + m shards, data first. */
  reconstruct(shards: readonly MaybeShard[]): Uint8Array[];
  /** The bytes again, from the data shards, without padding. */
  join(shards: readonly Uint8Array[], lengthBytes: number): Uint8Array;
  /**
   * Shards that suffice to restore a single lost one, if fewer than k do: the local group of an LRC.
   * Default: the first k others at hand.
   */
  repairReads?(lostShard: number): readonly number[];
}

/** How many shards a stripe has: k + m. */
export function totalShards(code: ErasureCode): number {
  return code.dataShards + code.parityShards;
}
