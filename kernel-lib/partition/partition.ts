import {TokenBucket} from "../sim/index.js";
import {AccessSample} from "./access-sample.js";
import {SortedMap} from "./sorted-map.js";

/** Changes (PUT, COPY, POST, DELETE) and look-ups (GET, HEAD) are limited apart. */
export type RequestKind = "put" | "get";

/** `documented`: "at least 3,500 PUT/COPY/POST/DELETE … per second per partitioned prefix". */
export const PUT_LIMIT_PER_SECOND = 3500;
/** `documented`: "… or 5,500 GET/HEAD requests per second per partitioned prefix". */
export const GET_LIMIT_PER_SECOND = 5500;

export interface PartitionOptions {
  /** Changes a second, > 0. Default 3,500. */
  putsPerSecond?: number;
  /** Look-ups a second, > 0. Default 5,500. */
  getsPerSecond?: number;
  /** For how long a full bucket lets twice the rate through, > 0. Default 1, `invented for teaching`. */
  burstSeconds?: number;
  /** How many accesses are kept for choosing where to split. Default 256, `invented for teaching`. */
  sampleSize?: number;
}

/** One range of keys [startKey, endKey), its entries, its limits and what was seen of its load. */
export class Partition<V> {
  /** Least key that belongs here; "" for the first range. */
  readonly startKey: string;
  /** Least key that does not; `undefined` for the last range. */
  readonly endKey: string | undefined;
  readonly entries: SortedMap<V>;
  /** The keys asked for last. */
  readonly sample: AccessSample;
  /** Requests since the load was last looked at, refused ones too. */
  readonly offered: Record<RequestKind, number> = {put: 0, get: 0};
  /** Since when the load has been above the threshold at every look; `undefined` if it is not. */
  hotSinceMs: number | undefined = undefined;
  private readonly options: PartitionOptions;
  private readonly buckets: Record<RequestKind, TokenBucket>;

  constructor(
    range: {startKey: string; endKey: string | undefined},
    entries: SortedMap<V>,
    options: PartitionOptions,
    nowMs: number,
  ) {
    const {putsPerSecond = PUT_LIMIT_PER_SECOND, getsPerSecond = GET_LIMIT_PER_SECOND} = options;
    const {burstSeconds = 1, sampleSize} = options;
    this.startKey = range.startKey;
    this.endKey = range.endKey;
    this.entries = entries;
    this.options = options;
    this.sample = new AccessSample(sampleSize === undefined ? {} : {size: sampleSize});
    const bucket = (ratePerSecond: number): TokenBucket =>
      new TokenBucket({ratePerSecond, burst: ratePerSecond * burstSeconds, nowMs});
    this.buckets = {put: bucket(putsPerSecond), get: bucket(getsPerSecond)};
  }

  /** Counts requests for a key, and lets them through if there are tokens for all of them. */
  admit(key: string, kind: RequestKind, nowMs: number, count = 1): boolean {
    this.offered[kind] += count;
    this.sample.add(key);
    return this.buckets[kind].tryTake(count, nowMs);
  }

  /** Milliseconds until the next request of a kind would be let through. */
  waitMs(kind: RequestKind, nowMs: number): number {
    return this.buckets[kind].waitMs(1, nowMs);
  }

  /** Cuts the range in two, entries and all; both sides get full limits of their own. */
  splitAt(key: string, nowMs: number): [Partition<V>, Partition<V>] {
    const upper = this.entries.splitOff(key);
    const {startKey, endKey, options} = this;
    return [
      new Partition({startKey, endKey: key}, this.entries, options, nowMs),
      new Partition({startKey: key, endKey}, upper, options, nowMs),
    ];
  }

  /** The range in words, as in `["logs/", "logs0") 3 keys`. */
  describe(): string {
    const end = this.endKey === undefined ? "∞" : JSON.stringify(this.endKey);
    return `[${JSON.stringify(this.startKey)}, ${end}) ${this.entries.size} keys`;
  }
}
