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

  /**
   * Decodes what is left without these shards.
   *
   * @returns "whole" if the object came back byte for byte, "refused" if decoding gave an error
   * @throws Error if decoding gave other bytes: the one thing that must never happen
   */
  read(lost: readonly number[]): "whole" | "refused" {
    const left = this.shards.map((shard, index) => (lost.includes(index) ? undefined : shard));
    let whole: Uint8Array[];
    try {
      whole = this.code.reconstruct(left);
    } catch (error) {
      if (error instanceof RangeError) return "refused";
      throw error;
    }
    if (equalBytes(this.code.join(whole, this.object.length), this.object)) return "whole";
    throw new Error(`${this.name} returned wrong bytes without shards ${lost.join(", ")}`);
  }
}
