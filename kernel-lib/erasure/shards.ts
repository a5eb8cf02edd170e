/** A shard, or `undefined` where it was lost. */
export type Shard = Uint8Array | undefined;

/**
 * @param need how many entries there must be
 * @returns the length of the shards that are present, 0 if none is
 * @throws TypeError if `shards` is no array, or an entry neither Uint8Array nor `undefined`
 * @throws RangeError if the number of entries is wrong or lengths differ
 */
export function checkShards(action: string, shards: readonly Shard[], need: number): number {
  if (!Array.isArray(shards)) throw new TypeError(`Cannot ${action}: need an array of shards`);
  if (shards.length !== need) {
    throw new RangeError(`Cannot ${action}: need ${need} shards, got ${shards.length}`);
  }
  let length: number | undefined;
  for (const shard of shards as readonly Shard[]) {
    if (shard === undefined) continue;
    checkBytes(action, shard);
    length ??= shard.length;
    if (shard.length !== length) {
      throw new RangeError(
        `Cannot ${action}: need shards of equal length, got ${length} and ${shard.length} bytes`,
      );
    }
  }
  return length ?? 0;
}

/** Like `checkShards`, where none may be lost. */
export function checkAllShards(
  action: string,
  shards: readonly Shard[],
  need: number,
): asserts shards is readonly Uint8Array[] {
  checkShards(action, shards, need);
  // Not forEach, which passes over the holes that `delete shards[1]` leaves.
  for (const shard of shards) checkBytes(action, shard);
}

/** @throws TypeError unless the value is a Uint8Array */
export function checkBytes(action: string, value: unknown): asserts value is Uint8Array {
  if (!(value instanceof Uint8Array)) {
    throw new TypeError(`Cannot ${action}: need a Uint8Array, got ${typeof value}`);
  }
}

/** Where a shard was lost, in order. */
export function indicesOfLost(shards: readonly Shard[]): number[] {
  const lost: number[] = [];
  for (let index = 0; index < shards.length; index++) {
    if (shards[index] === undefined) lost.push(index);
  }
  return lost;
}
