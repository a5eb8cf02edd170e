import type {StorageNode} from "./storage-node.js";

/** One stripe of an object: k + m shards on as many nodes. Part of the object's metadata. */
export interface Stripe {
  /** Unique in the fleet. */
  readonly id: string;
  /** Bytes of the object in it, without padding. */
  readonly lengthBytes: number;
  readonly shardBytes: number;
  /** CRC32C per shard: kept apart from the shards, so that it cannot be damaged with them. */
  readonly checksums: readonly number[];
  /** Per shard, the node that holds it; `undefined`: none does. Repair changes it. */
  readonly nodes: (StorageNode | undefined)[];
}

/** The name of a shard on its node. */
export function shardId(stripe: Stripe, shard: number): string {
  return `${stripe.id}/${shard}`;
}
