import type {SplitAdvice} from "./access-sample.js";
import {compareKeys} from "./compare-keys.js";
import {GET_LIMIT_PER_SECOND, Partition, PUT_LIMIT_PER_SECOND} from "./partition.js";
import type {PartitionOptions, RequestKind} from "./partition.js";
import {SortedMap} from "./sorted-map.js";

export interface PartitionMapOptions extends PartitionOptions {
  /** Load that counts as hot, as a fraction of the limit, > 0. Default 0.8, `invented for teaching`. */
  splitAtLoad?: number;
  /** How long it must stay hot before a split, >= 0. Default 60,000 ms, `invented for teaching`. */
  splitAfterMs?: number;
}

/** Whether a request may pass. */
export interface Admission<V> {
  /** False: the partition's limit is used up; S3 answers 503 Slow Down. */
  admitted: boolean;
  partition: Partition<V>;
  /** Milliseconds until a request of this kind would pass; 0 if this one did. */
  retryAfterMs: number;
}

/** A hot partition, and what was done about it. */
export interface LoadSplit {
  startKey: string;
  /** Load as a fraction of the limit, the larger of the two kinds. */
  load: number;
  advice: SplitAdvice;
}

export interface ScanOptions {
  /** Only keys that begin with this. Default "": all. */
  prefix?: string;
  /** First key that may be given. Default: the first. */
  from?: string;
}

/**
 * An ordered map cut into key ranges: each range has limits of its own, and one that stays hot is
 * split where its accesses halve. Ranges are [start, end), in the order of UTF-8 bytes; together
 * they hold every key once.
 *
 * @example
 * import {PartitionMap} from "kernel-lib/partition";
 * const map = new PartitionMap<number>();
 * ["a/1", "b/1", "b/2", "c/1"].forEach((key, value) => map.set(key, value));
 * map.split("b/2");
 * map.route("b/1").describe() // => '["", "b/2") 2 keys'
 * map.route("zebra").startKey // => 'b/2'
 * [...map.scan({prefix: "b/"})] // => [ [ 'b/1', 1 ], [ 'b/2', 2 ] ]
 */
export class PartitionMap<V> {
  /** In order of key. */
  readonly partitions: readonly Partition<V>[];
  private readonly options: Required<Omit<PartitionMapOptions, "sampleSize">>;
  private lookedAtMs: number;

  /**
   * @param nowMs the time of the start, in ms
   * @throws RangeError if an option is outside its range
   */
  constructor(options: PartitionMapOptions = {}, nowMs = 0) {
    const {putsPerSecond = PUT_LIMIT_PER_SECOND, getsPerSecond = GET_LIMIT_PER_SECOND} = options;
    const {burstSeconds = 1, splitAtLoad = 0.8, splitAfterMs = 60_000} = options;
    this.options = {putsPerSecond, getsPerSecond, burstSeconds, splitAtLoad, splitAfterMs};
    if (!(splitAtLoad > 0) || !(splitAfterMs >= 0)) {
      throw new RangeError(
        "Cannot make a partition map: need splitAtLoad > 0 and splitAfterMs >= 0, " +
          `got ${splitAtLoad} and ${splitAfterMs}`,
      );
    }
    const whole = {startKey: "", endKey: undefined};
    this.partitions = [new Partition(whole, new SortedMap<V>(), options, nowMs)];
    this.lookedAtMs = nowMs;
  }

  /** The partition that a key belongs to. O(log partitions). */
  route(key: string): Partition<V> {
    return this.partitions[this.indexOf(key)]!;
  }

  /**
   * Asks the key's partition whether one more request may pass, and takes a token if so.
   *
   * @param nowMs not before the time of an earlier call
   * @param count how many requests this one stands for, in a model of many; all pass or none
   */
  admit(key: string, kind: RequestKind, nowMs: number, count = 1): Admission<V> {
    const partition = this.route(key);
    const admitted = partition.admit(key, kind, nowMs, count);
    return {admitted, partition, retryAfterMs: admitted ? 0 : partition.waitMs(kind, nowMs)};
  }

  /**
   * Cuts the range that holds a key, so that the upper part begins with it. Nothing else moves.
   *
   * @returns the lower and the upper part
   * @throws RangeError if a range begins there already
   */
  split(key: string, nowMs: number = this.lookedAtMs): [Partition<V>, Partition<V>] {
    const index = this.indexOf(key);
    const partition = this.partitions[index]!;
    if (partition.startKey === key) {
      throw new RangeError(`Cannot split: a partition begins with ${JSON.stringify(key)} already`);
    }
    const halves = partition.splitAt(key, nowMs);
    (this.partitions as Partition<V>[]).splice(index, 1, ...halves);
    return halves;
  }

  /**
   * Looks at the load since the last look, and splits what has been hot for long enough, unless a
   * split would not help. Call it once every few seconds.
   *
   * @param nowMs later than the last look
   * @returns one row per partition that has been hot for long enough, split or not
   */
  splitByLoad(nowMs: number): LoadSplit[] {
    const seconds = (nowMs - this.lookedAtMs) / 1000;
    const startedMs = this.lookedAtMs;
    if (!(seconds > 0)) {
      throw new RangeError(`Cannot look at the load: need a time > ${startedMs} ms, got ${nowMs}`);
    }
    this.lookedAtMs = nowMs;
    const {putsPerSecond, getsPerSecond, splitAtLoad, splitAfterMs} = this.options;
    return [...this.partitions].flatMap((partition) => {
      const {offered, startKey} = partition;
      const load = Math.max(offered.put / putsPerSecond, offered.get / getsPerSecond) / seconds;
      offered.put = offered.get = 0;
      if (load < splitAtLoad) partition.hotSinceMs = undefined;
      else partition.hotSinceMs ??= startedMs;
      if (partition.hotSinceMs === undefined || nowMs - partition.hotSinceMs < splitAfterMs) {
        return [];
      }
      const advice = partition.sample.advise();
      if (advice.split) this.split(advice.atKey, nowMs);
      return [{startKey, load, advice}];
    });
  }

  get(key: string): V | undefined {
    return this.route(key).entries.get(key);
  }

  set(key: string, value: V): void {
    this.route(key).entries.set(key, value);
  }

  /** @returns false if the key was not there */
  delete(key: string): boolean {
    return this.route(key).entries.delete(key);
  }

  /** Entries in order of key, across partitions. Keys set or deleted meanwhile may be seen or not. */
  *scan({prefix = "", from = ""}: ScanOptions = {}): Generator<
    [key: string, value: V],
    void,
    undefined
  > {
    let next: string | undefined = compareKeys(from, prefix) < 0 ? prefix : from;
    while (next !== undefined) {
      const {entries, endKey}: Partition<V> = this.route(next);
      const key = entries.ceiling(next);
      if (key === undefined) {
        next = endKey;
        continue;
      }
      if (!key.startsWith(prefix)) return;
      yield [key, entries.get(key)!];
      // The least text after it.
      next = `${key}\0`;
    }
  }

  /** One line per partition. */
  describe(): string {
    return this.partitions.map((partition) => partition.describe()).join("\n");
  }

  private indexOf(key: string): number {
    let low = 0;
    let high = this.partitions.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (compareKeys(this.partitions[middle]!.startKey, key) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
