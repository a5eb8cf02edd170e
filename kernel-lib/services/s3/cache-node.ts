import {SortedMap} from "../../partition/index.js";
import type {ObjectRecord} from "./object-record.js";

/** What a cache node remembers of a key. */
export interface CachedEntry {
  /** `undefined`: there was no such key. Remembering that is negative caching. */
  record: ObjectRecord | undefined;
  /** 0 for no such key. */
  version: number;
  /** When it was read, in ms. */
  filledMs: number;
}

/** One of the nodes that answer for the index: a cache by key, and a copy of the listing. */
export class CacheNode {
  readonly entries: ReadonlyMap<string, CachedEntry> = new Map();
  /** The keys as far as this node has heard; only the old mode lists from here. */
  readonly listing: SortedMap<ObjectRecord> = new SortedMap();
  readonly hits: number = 0;

  /** The entry for a key, if it is younger than `ttlMs`. */
  get(key: string, nowMs: number, ttlMs: number): CachedEntry | undefined {
    const entry = this.entries.get(key);
    return entry !== undefined && nowMs - entry.filledMs < ttlMs ? entry : undefined;
  }

  countHit(): void {
    (this as {hits: number}).hits++;
  }

  /** Remembers what the index said, unless it is older than what is here. */
  fill(key: string, record: ObjectRecord | undefined, nowMs: number): void {
    const version = record?.version ?? 0;
    if (version < (this.entries.get(key)?.version ?? 0)) return;
    (this.entries as Map<string, CachedEntry>).set(key, {record, version, filledMs: nowMs});
  }

  /** Hears of a change: forgets an older entry, and updates the listing. */
  invalidate(record: ObjectRecord): void {
    const {key, version} = record;
    if ((this.entries.get(key)?.version ?? Infinity) < version) {
      (this.entries as Map<string, CachedEntry>).delete(key);
    }
    if ((this.listing.get(key)?.version ?? 0) < version) this.listing.set(key, record);
  }
}
