/**
 * The metadata tier: cache nodes before the index, in two modes.
 *
 * * `eventual`, as before December 2020: a cache node trusts what it has, misses included, until a
 *   notice of the change arrives; listings come from a copy that notices update.
 * * `strong`, since: before it trusts its entry it asks the witness, and listings come from the
 *   index.
 *
 * Source: Amazon S3 User Guide, "Amazon S3 data consistency model", as of 2020-11-13 ("if you make a
 * HEAD or GET request to a key name before the object is created, S3 provides eventual consistency
 * for read-after-write") and since. Fidelity: inferred; delays are invented.
 */
import type {Random} from "../../random/index.js";
import type {Simulation, Steps} from "../../sim/index.js";
import {CacheNode} from "./cache-node.js";
import type {CachedEntry} from "./cache-node.js";
import {MetadataIndex} from "./metadata-index.js";
import type {MetadataIndexOptions} from "./metadata-index.js";
import type {CommitResult, ObjectRecord, ObjectWrite} from "./object-record.js";
import type {DrawMs} from "./storage-node.js";
import {Witness} from "./witness.js";

/** Before December 2020, and since. */
export type Consistency = "eventual" | "strong";

export interface MetadataTierOptions extends MetadataIndexOptions {
  consistency: Consistency;
  /** How many cache nodes, a whole number >= 1. */
  cacheNodes: number;
  /** How long a notice of a change is on its way to a cache node. */
  noticeMs: DrawMs;
  /** After this long a cache node asks anew, notice or not. */
  cacheTtlMs: number;
  /** A planted bug, to be found: the witness hears of a change only after the index. */
  witnessAfterCommit: boolean;
}

/** Entries of a listing, from a key on, in order; deleted ones among them. */
export type ListingSource = (fromKey: string) => ObjectRecord | undefined;

export class MetadataTier {
  readonly index: MetadataIndex;
  readonly witness: Witness = new Witness();
  readonly caches: readonly CacheNode[];
  /** Requests for one key. */
  readonly lookUps: number = 0;
  private readonly simulation: Simulation;
  private readonly random: Random;
  private readonly options: MetadataTierOptions;

  constructor(simulation: Simulation, options: MetadataTierOptions) {
    if (!Number.isInteger(options.cacheNodes) || options.cacheNodes < 1) {
      throw new RangeError(`Cannot cache: need cacheNodes >= 1, got ${options.cacheNodes}`);
    }
    this.simulation = simulation;
    this.options = options;
    this.random = options.random.fork("metadata");
    this.index = new MetadataIndex(simulation, options);
    this.caches = Array.from({length: options.cacheNodes}, () => new CacheNode());
  }

  /** The record of a key, through one of the cache nodes. */
  *lookup(key: string): Steps<ObjectRecord | undefined> {
    (this as {lookUps: number}).lookUps++;
    const cache = this.random.choice(this.caches);
    yield* this.hop();
    if (this.options.consistency === "strong") yield* this.hop();
    // Entry and witness are looked at in one instant, which is when the read takes effect.
    const entry = this.trusted(cache, key);
    if (entry !== undefined) {
      cache.countHit();
      return entry.record;
    }
    const record = yield* this.index.read(key);
    cache.fill(key, record, this.simulation.nowMs);
    return record;
  }

  /** Writes a record, and lets the cache nodes know, sooner or later. */
  *commit(write: ObjectWrite): Steps<CommitResult> {
    const {consistency, witnessAfterCommit} = this.options;
    const strong = consistency === "strong";
    if (strong) {
      yield* this.hop();
      if (!witnessAfterCommit) this.witness.announce(write.key);
    }
    const result = yield* this.index.commit(write);
    if (result.current !== undefined && result.replaced !== write) this.notify(result.current);
    if (strong) {
      yield* this.hop();
      this.witness.settle(write.key, result.current?.version ?? 0);
    }
    return result;
  }

  /** Where a listing is read: any cache node's copy, or the index itself. */
  *listing(): Steps<ListingSource> {
    yield* this.hop();
    if (this.options.consistency === "strong") {
      const {map} = this.index;
      return (fromKey) => map.scan({from: fromKey}).next().value?.[1];
    }
    const {listing} = this.random.choice(this.caches);
    return (fromKey) => {
      const key = listing.ceiling(fromKey);
      return key === undefined ? undefined : listing.get(key);
    };
  }

  private trusted(cache: CacheNode, key: string): CachedEntry | undefined {
    const entry = cache.get(key, this.simulation.nowMs, this.options.cacheTtlMs);
    if (this.options.consistency === "eventual") return entry;
    const confirmed = this.witness.confirms(key, entry?.version ?? 0);
    return confirmed ? entry : undefined;
  }

  private notify(record: ObjectRecord): void {
    for (const cache of this.caches) {
      const delayMs = this.options.noticeMs(this.random);
      this.simulation.schedule({delayMs}, () => cache.invalidate(record));
    }
  }

  private *hop(): Steps {
    yield* this.simulation.timeout(this.options.hopMs(this.random));
  }
}
