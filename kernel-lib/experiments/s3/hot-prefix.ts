/**
 * Hot prefix: what a client sees while the load on one prefix grows, with keys that begin with a
 * random part, and with keys that begin with the date.
 *
 * The index has one partition at first, with the documented limits. A partition that stays hot is
 * split where its accesses halve; keys that rise with time leave nothing to halve, since all that is
 * to come falls on the last partition.
 *
 * Published peer: Amazon S3 User Guide, "Best practices design patterns: optimizing Amazon S3
 * performance": at least 3,500 changes and 5,500 look-ups a second per partitioned prefix, 503
 * responses while S3 scales, "gradually".
 *
 * Fidelity: the limits are documented; when and where S3 splits is not, so both are invented.
 */
import {PartitionMap} from "../../partition/index.js";
import {Random} from "../../random/index.js";

export interface HotPrefixOptions {
  seed: number;
  /** How long the load grows, in seconds, > 0. Default 300. */
  seconds?: number;
  /** PUTs a second at the start and at the end, each >= 0. Default 1,000 and 20,000. */
  startRate?: number;
  endRate?: number;
  /** Seconds that each row sums up, a divisor of `seconds`. Default 10. */
  rowSeconds?: number;
  /** How many PUTs one simulated PUT stands for, >= 1. Default 50. */
  batch?: number;
}

/** What happened in some seconds. */
export interface HotPrefixRow {
  /** How keys begin. */
  keys: "random" | "date";
  /** End of the interval, from the start. */
  timeSeconds: number;
  /** Offered. */
  putsPerSecond: number;
  /** Answered 503. */
  refusedPerSecond: number;
  partitions: number;
}

/** `invented for teaching`: how often the load is looked at. */
const LOOK_SECONDS = 10;

/**
 * Lets the load grow, for both kinds of keys.
 *
 * @returns rows by kind of key, `random` first, then by time
 * @throws RangeError if an option is outside its range
 *
 * @example
 * import {hotPrefix} from "kernel-lib/experiments/s3";
 * const rows = hotPrefix({seed: 3, rowSeconds: 300});
 * rows.map((row) => `${row.keys} ${row.partitions}`) // => [ 'random 8', 'date 1' ]
 */
export function hotPrefix(options: HotPrefixOptions): HotPrefixRow[] {
  const {seconds = 300, rowSeconds = 10, batch = 50, startRate = 1000, endRate = 20_000} = options;
  const inRange = seconds > 0 && rowSeconds > 0 && batch >= 1 && startRate >= 0 && endRate >= 0;
  if (!inRange || seconds % rowSeconds !== 0) {
    throw new RangeError(
      "Cannot load: need seconds a multiple of rowSeconds > 0, batch >= 1 and rates >= 0, " +
        `got ${seconds}, ${rowSeconds}, ${batch}, ${startRate} and ${endRate}`,
    );
  }
  return (["random", "date"] as const).flatMap((keys) => load(keys, options));
}

function load(keys: HotPrefixRow["keys"], options: HotPrefixOptions): HotPrefixRow[] {
  const {seconds = 300, rowSeconds = 10, batch = 50, startRate = 1000, endRate = 20_000} = options;
  const random = new Random(options.seed).fork(keys);
  const map = new PartitionMap<never>();
  const rows: HotPrefixRow[] = [];
  let [sent, refused, nowMs, nextLookMs] = [0, 0, 0, LOOK_SECONDS * 1000];
  for (let endMs = rowSeconds * 1000; endMs <= seconds * 1000; endMs += rowSeconds * 1000) {
    [sent, refused] = [0, 0];
    while (nowMs < endMs) {
      const rate = startRate + ((endRate - startRate) * nowMs) / (seconds * 1000);
      nowMs += random.exponential({mean: (1000 * batch) / rate});
      for (; nextLookMs <= nowMs; nextLookMs += LOOK_SECONDS * 1000) map.splitByLoad(nextLookMs);
      const key = keyOf(keys, nowMs, random);
      if (!map.admit(key, "put", nowMs, batch).admitted) refused += batch;
      sent += batch;
    }
    rows.push({
      ...{keys, timeSeconds: endMs / 1000, putsPerSecond: sent / rowSeconds},
      ...{refusedPerSecond: refused / rowSeconds, partitions: map.partitions.length},
    });
  }
  return rows;
}

function keyOf(keys: HotPrefixRow["keys"], nowMs: number, random: Random): string {
  const time = nowMs.toFixed(3).padStart(12, "0");
  if (keys === "date") return `logs/2026-11-24/${time}`;
  return `logs/${random.integer({min: 0, max: 0xffff}).toString(16).padStart(4, "0")}/${time}`;
}
