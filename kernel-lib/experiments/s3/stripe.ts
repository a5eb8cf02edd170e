import {equalBytes} from "../../bytes/index.js";
import {ReedSolomon} from "../../erasure/index.js";
import type {Random} from "../../random/index.js";

/** A code by its size: k data and m parity shards. */
export interface Code {
  dataShards: number;
  parityShards: number;
}

/** `invented for teaching`: long enough that every shard of every code here gets several bytes. */
const OBJECT_BYTES = 240;

/** A random object, encoded once, and read back through any set of lost shards. */
export class Stripe {
  /** As in "RS(6,2)". */
  readonly name: string;
  private readonly code: ReedSolomon;
  private readonly object: Uint8Array;
  private readonly shards: readonly Uint8Array[];

  constructor(code: Code, random: Random) {
    this.name = `RS(${code.dataShards},${code.parityShards})`;
    this.code = new ReedSolomon(code);
    this.object = random.bytes(OBJECT_BYTES);
    const data = this.code.split(this.object);
    this.shards = [...data, ...this.code.encode(data)];
  }

  /** Says whether the object still comes back, byte for byte, without these shards. */
  survives(lost: readonly number[]): boolean {
    const left = this.shards.map((shard, index) => (lost.includes(index) ? undefined : shard));
    if (left.filter((shard) => shard !== undefined).length < this.code.dataShards) return false;
    const whole = this.code.reconstruct(left);
    return equalBytes(this.code.join(whole, this.object.length), this.object);
  }
}
