import {webAssembly} from "./web-assembly.js";
import type {WasmMemory} from "./web-assembly.js";

const PAGE_BYTES = 65536;
const LINE_BYTES = 64;
/** `documented`: a WebAssembly memory has 32-bit addresses. */
const MOST_BYTES = 2 ** 32;

/** Every stripe by its buffer: how a kernel finds out that shards need not be copied. */
const stripes = new WeakMap<object, StripeMemory>();

/**
 * Shards of one stripe in one WebAssembly memory, so that vector code works on them where they are.
 *
 * Each stripe has a memory of its own that never grows: growing would detach every view that the
 * caller holds. After each shard stands padding, since vector code works on whole vectors. Where
 * such memory cannot be had, an ordinary buffer serves, and shards are copied as any others.
 */
export class StripeMemory {
  readonly shards: readonly Uint8Array[];
  readonly shardBytes: number;
  readonly memory: WasmMemory | undefined;
  private readonly buffer: ArrayBuffer;
  private readonly stride: number;

  /** @throws RangeError if the shards do not fit into 4 GiB */
  constructor(shards: number, shardBytes: number) {
    const stride = strideBytes(shardBytes);
    const pages = Math.ceil((shards * stride) / PAGE_BYTES);
    if (pages * PAGE_BYTES > MOST_BYTES) {
      throw new RangeError(
        `Cannot allocate ${shards} shards of ${shardBytes} bytes: need at most 4 GiB in all`,
      );
    }
    this.memory = makeMemory(pages);
    const buffer = this.memory?.buffer ?? new ArrayBuffer(shards * stride);
    this.buffer = buffer;
    this.stride = stride;
    this.shardBytes = shardBytes;
    this.shards = Array.from(
      {length: shards},
      (_, index) => new Uint8Array(buffer, index * stride, shardBytes),
    );
    stripes.set(buffer, this);
  }

  /** The stripe whose buffer this is, or `undefined`. */
  static of(shard: Uint8Array): StripeMemory | undefined {
    return stripes.get(shard.buffer);
  }

  /** Whether all these are whole shards of this stripe, in any order. */
  holds(shards: readonly Uint8Array[]): boolean {
    for (const shard of shards) {
      const whole = shard.length === this.shardBytes && shard.byteOffset % this.stride === 0;
      if (!whole || shard.buffer !== this.buffer) return false;
    }
    return true;
  }

  /** Whether each shard that is present is this stripe's own array of its number. */
  holdsInOrder(shards: readonly (Uint8Array | undefined)[]): boolean {
    for (let index = 0; index < shards.length; index++) {
      const shard = shards[index];
      if (shard !== undefined && shard !== this.shards[index]) return false;
    }
    return true;
  }
}

/**
 * `undefined` where there is no WebAssembly, or no room: engines set 8 GiB of addresses aside for each
 * memory, which suffices for some ten thousand (`measured`: 13,041 in Node 20 on Linux).
 */
function makeMemory(pages: number): WasmMemory | undefined {
  try {
    return webAssembly && new webAssembly.Memory({initial: pages, maximum: pages});
  } catch {
    return undefined;
  }
}

/**
 * From one shard to the next. Were it a multiple of 4 KiB, byte i of all shards would fall into the
 * same set of the first-level cache, which holds eight: three more lines spread them (`measured`:
 * 2.8 times the speed for 20 + 2 shards of 64 KiB).
 */
function strideBytes(shardBytes: number): number {
  const lines = Math.ceil(shardBytes / LINE_BYTES);
  return LINE_BYTES * (lines % 8 === 0 ? lines + 3 : lines);
}
