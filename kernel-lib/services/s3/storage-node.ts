import type {Random} from "../../random/index.js";
import {Resource, SimulationEvent} from "../../sim/index.js";
import type {Simulation, Steps} from "../../sim/index.js";

/** Draws a duration in ms, in [0, ∞). */
export type DrawMs = (random: Random) => number;

/** Where a node keeps its bytes: memory here, a file or anything else where objects are large. */
export interface ShardStore {
  put(id: string, bytes: Uint8Array): void;
  get(id: string): Uint8Array | undefined;
  delete(id: string): void;
}

/** Shards in a map. */
export class MemoryShardStore implements ShardStore {
  readonly shards: ReadonlyMap<string, Uint8Array> = new Map();

  put(id: string, bytes: Uint8Array): void {
    (this.shards as Map<string, Uint8Array>).set(id, bytes.slice());
  }

  get(id: string): Uint8Array | undefined {
    return this.shards.get(id);
  }

  delete(id: string): void {
    (this.shards as Map<string, Uint8Array>).delete(id);
  }
}

export interface StorageNodeOptions {
  /** As in "a1": zone a, first node. */
  name: string;
  zone: string;
  random: Random;
  /** How long a shard takes to read, network and all. */
  readMs: DrawMs;
  /** How long a shard takes to write. */
  writeMs: DrawMs;
  /** Default: a `MemoryShardStore`. */
  store?: ShardStore;
  /** How many requests it serves at once; the others wait. A whole number >= 1. */
  concurrency: number;
}

/**
 * One storage node: shards by name, behind a disk that takes its time.
 *
 * A node that has crashed says nothing at all: whoever waits for it waits until they give up. That
 * is what a reader sees of a real crash.
 */
export class StorageNode {
  readonly name: string;
  readonly zone: string;
  readonly store: ShardStore;
  /** False after a crash, until a restart. */
  readonly up: boolean = true;
  /** Counts crashes: an answer of an earlier life never arrives. */
  readonly crashes: number = 0;
  readonly disk: Resource;
  private readonly simulation: Simulation;
  private readonly random: Random;
  private readonly options: StorageNodeOptions;

  constructor(simulation: Simulation, options: StorageNodeOptions) {
    this.name = options.name;
    this.zone = options.zone;
    this.store = options.store ?? new MemoryShardStore();
    this.disk = new Resource(simulation, {capacity: options.concurrency});
    this.simulation = simulation;
    this.random = options.random;
    this.options = options;
  }

  /** The bytes of a shard as they are on the disk, damaged or not; `undefined` if there are none. */
  *read(id: string): Steps<Uint8Array | undefined> {
    yield* this.serve(this.options.readMs);
    return this.store.get(id);
  }

  *write(id: string, bytes: Uint8Array): Steps {
    yield* this.serve(this.options.writeMs);
    this.store.put(id, bytes);
  }

  /** Stops answering, also what is being read just now. */
  crash(): void {
    const self = this as {up: boolean; crashes: number};
    self.up = false;
    self.crashes++;
  }

  /** Answers again, with the shards it has on its disk. */
  restart(): void {
    (this as {up: boolean}).up = true;
  }

  /**
   * Flips a bit on the disk, and nobody is told.
   *
   * @throws RangeError if the node has no such shard or the shard no such byte
   */
  corrupt(id: string, byte = 0): void {
    const bytes = this.store.get(id)?.slice();
    if (bytes === undefined || byte >= bytes.length) {
      throw new RangeError(`Cannot corrupt: ${this.name} has no byte ${byte} of shard ${id}`);
    }
    bytes[byte]! ^= 1;
    this.store.put(id, bytes);
  }

  /** Waits for a place and for the disk; for ever, if the node is down or goes down meanwhile. */
  private *serve(drawMs: DrawMs): Steps {
    const life = this.crashes;
    if (this.up) yield* this.disk.use(() => this.turn(drawMs(this.random)));
    if (!this.up || life !== this.crashes) yield* new SimulationEvent(this.simulation);
  }

  /** The disk at work; it stops if the reader no longer wants the answer. */
  private *turn(ms: number): Steps {
    const timeout = this.simulation.timeout(ms);
    try {
      yield* timeout;
    } finally {
      timeout.cancel();
    }
  }
}
