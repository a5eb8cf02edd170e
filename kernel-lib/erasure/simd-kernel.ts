import type {Kernel} from "./kernel.js";
import type {Matrix} from "./matrix.js";
import {straightLine} from "./straight-line.js";
import {StripeMemory} from "./stripe-memory.js";
import {wasmModule} from "./wasm-module.js";
import {webAssembly} from "./web-assembly.js";
import type {WasmMemory, WasmModule} from "./web-assembly.js";

/** `measured`: larger functions take longer to compile than one more pass over the shards. */
const MOST_ENTRIES_A_MODULE = 512;
/** `measured`: shards that live elsewhere are copied in pieces of this size, which the cache holds. */
const PIECE_BYTES = 8 * 1024;

type Multiply = (length: number, ...addresses: number[]) => void;

let supported: boolean | undefined;

/** Whether this host compiles WebAssembly with vectors: asked once, by trying. */
export function hasSimd(): boolean {
  if (supported === undefined) {
    const probe = wasmModule(straightLine([Uint8Array.of(2)], 1));
    try {
      supported = webAssembly !== undefined && webAssembly.validate(probe);
      if (supported) new webAssembly!.Module(probe);
    } catch {
      // A content security policy may forbid to compile what it lets one validate.
      supported = false;
    }
  }
  return supported;
}

/**
 * The straight-line program in WebAssembly, 16 bytes at once: one module of a few hundred bytes per
 * group of rows, emitted and compiled when this kernel is made.
 */
export class SimdKernel implements Kernel {
  private readonly groups: {module: WasmModule; from: number; to: number}[] = [];
  /** The modules' functions on one memory, as long as that memory lives. */
  private readonly instances = new WeakMap<WasmMemory, Multiply[]>();

  /** @throws if the host refuses a module of this size or has no memory left for it */
  constructor(matrix: Matrix) {
    scratchFor(matrix.columns + matrix.rows);
    const size = Math.max(1, Math.floor(MOST_ENTRIES_A_MODULE / matrix.columns));
    for (let from = 0; from < matrix.rows; from += size) {
      const to = Math.min(matrix.rows, from + size);
      const rows = Array.from({length: to - from}, (_, index) => matrix.row(from + index));
      const bytes = wasmModule(straightLine(rows, matrix.columns));
      this.groups.push({module: new webAssembly!.Module(bytes), from, to});
    }
  }

  multiply(sources: readonly Uint8Array[], targets: readonly Uint8Array[]): void {
    const stripe = targets[0] && StripeMemory.of(targets[0]);
    if (stripe?.memory === undefined || !stripe.holds(targets) || !stripe.holds(sources)) {
      this.multiplyCopies(sources, targets);
    } else {
      const at = (shard: Uint8Array): number => shard.byteOffset;
      this.run(stripe.memory, stripe.shardBytes, sources.map(at), targets.map(at));
    }
  }

  private multiplyCopies(sources: readonly Uint8Array[], targets: readonly Uint8Array[]): void {
    const length = targets[0]?.length ?? 0;
    const scratch = scratchFor(sources.length + targets.length);
    const slots = scratch.shards;
    const sourcesAt = sources.map((_, index) => slots[index]!.byteOffset);
    const targetsAt = targets.map((_, index) => slots[sources.length + index]!.byteOffset);
    for (let start = 0; start < length; start += scratch.shardBytes) {
      const end = Math.min(length, start + scratch.shardBytes);
      sources.forEach((source, index) => slots[index]!.set(source.subarray(start, end)));
      this.run(scratch.memory!, end - start, sourcesAt, targetsAt);
      targets.forEach((target, index) => {
        target.set(slots[sources.length + index]!.subarray(0, end - start), start);
      });
    }
  }

  private run(memory: WasmMemory, length: number, sourcesAt: number[], targetsAt: number[]): void {
    let functions = this.instances.get(memory);
    if (functions === undefined) {
      functions = this.groups.map(
        ({module}) => new webAssembly!.Instance(module, {m: {m: memory}}).exports["f"] as Multiply,
      );
      this.instances.set(memory, functions);
    }
    this.groups.forEach(({from, to}, index) => {
      functions[index]!(length, ...sourcesAt, ...targetsAt.slice(from, to));
    });
  }
}

/** One scratch stripe for all kernels, made anew when more shards are needed than ever before. */
let scratch: StripeMemory | undefined;

function scratchFor(shards: number): StripeMemory {
  if (scratch === undefined || scratch.shards.length < shards) {
    const made = new StripeMemory(Math.max(16, shards), PIECE_BYTES);
    if (made.memory === undefined)
      throw new RangeError("Cannot allocate: no WebAssembly memory left");
    scratch = made;
  }
  return scratch;
}
