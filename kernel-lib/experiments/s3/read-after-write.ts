/**
 * Read after write: how long an old mode's reader may be told what is no longer so, and what it
 * costs never to be.
 *
 * Each trial has a key of its own, in the whole store of `services/s3`. All cache nodes are asked
 * for the key first, where the case says so; then it is written; then, some time after the write
 * was acknowledged, one GET and one LIST look.
 *
 * Published peer: Amazon S3 User Guide, as of 2020-11-13: new objects are seen at once unless a GET
 * came before, overwrites eventually; since December 2020 all are seen at once.
 *
 * Fidelity: the promises are documented; the delays are invented, so the shape is the result, not
 * the milliseconds.
 */
import {ReedSolomon} from "../../erasure/index.js";
import {Random} from "../../random/index.js";
import {S3} from "../../services/s3/index.js";
import type {Consistency} from "../../services/s3/index.js";
import {Simulation} from "../../sim/index.js";
import type {Steps} from "../../sim/index.js";

export interface ReadAfterWriteOptions {
  seed: number;
  /** Times since the acknowledged write, in ms, each >= 0. Default 0 to 3,000. */
  sinceMs?: readonly number[];
  /** Trials per mode, time and case, a whole number >= 1. Default 200. */
  trials?: number;
  /** Median of a notice's delay, in ms. Default 100, `invented for teaching`. */
  noticeMedianMs?: number;
}

/** One mode, some time after the write. */
export interface ReadAfterWriteRow {
  consistency: Consistency;
  sinceMs: number;
  /** P(GET gives the old version) after an overwrite of an object that was read before. */
  staleOverwrite: number;
  /** P(GET gives 404) of a new object that nobody asked for before. */
  missedNew: number;
  /** P(GET gives 404) of a new object that was asked for, in vain, before. */
  missedNewAskedBefore: number;
  /** P(LIST misses) a new object. */
  listMisses: number;
  /** Questions to the witness per look-up: the price. */
  witnessLookUps: number;
}

const CACHE_NODES = 3;
const DEFAULT_SINCE_MS = [0, 10, 30, 100, 300, 1000, 3000];

/**
 * Writes, waits, looks; in both modes.
 *
 * @returns rows by mode, `eventual` first, then by time
 * @throws RangeError if an option is outside its range
 *
 * @example
 * import {readAfterWrite} from "kernel-lib/experiments/s3";
 * const [old, since] = readAfterWrite({seed: 3, sinceMs: [0], trials: 20});
 * old.staleOverwrite > 0.5 // => true
 * since.staleOverwrite // => 0
 */
export function readAfterWrite(options: ReadAfterWriteOptions): ReadAfterWriteRow[] {
  const {sinceMs = DEFAULT_SINCE_MS, trials = 200} = options;
  if (!Number.isInteger(trials) || trials < 1 || !sinceMs.every((ms) => ms >= 0)) {
    throw new RangeError(`Cannot try: need trials >= 1 and times >= 0, got ${trials}, ${sinceMs}`);
  }
  return (["eventual", "strong"] as const).flatMap((consistency) =>
    sinceMs.map((ms) => look(options, consistency, ms, trials)),
  );
}

function look(
  {seed, noticeMedianMs = 100}: ReadAfterWriteOptions,
  consistency: Consistency,
  sinceMs: number,
  trials: number,
): ReadAfterWriteRow {
  const simulation = new Simulation();
  const s3 = new S3(simulation, {
    ...{code: new ReedSolomon({dataShards: 2, parityShards: 1}), random: new Random(seed)},
    ...{consistency, cacheNodes: CACHE_NODES, cacheTtlMs: 60_000},
    noticeMs: (draw) => draw.lognormal({median: noticeMedianMs, sigma: 1}),
  });
  let [staleOverwrite, missedNew, missedNewAskedBefore, listMisses] = [0, 0, 0, 0];

  function* overwrite(key: string): Steps {
    yield* s3.put({key, body: Uint8Array.of(1)});
    yield* askUntilCached(s3, key);
    // The notices of the first write arrive before the second.
    yield* simulation.timeout(30_000);
    const {etag} = yield* s3.put({key, body: Uint8Array.of(2)});
    yield* simulation.timeout(sinceMs);
    const got = yield* s3.head({key});
    if (got.etag !== etag) staleOverwrite++;
  }
  function* create(key: string, askedBefore: boolean): Steps {
    if (askedBefore) yield* askUntilCached(s3, key);
    yield* s3.put({key, body: Uint8Array.of(1)});
    yield* simulation.timeout(sinceMs);
    const {status} = yield* s3.head({key});
    if (status === 404 && askedBefore) missedNewAskedBefore++;
    if (status === 404 && !askedBefore) missedNew++;
  }
  function* createAndList(key: string): Steps {
    yield* s3.put({key, body: Uint8Array.of(1)});
    yield* simulation.timeout(sinceMs);
    const {contents} = yield* s3.list({prefix: key});
    if (contents.length === 0) listMisses++;
  }
  function* client(): Steps {
    for (let trial = 0; trial < trials; trial++) {
      yield* overwrite(`overwrite/${trial}`);
      yield* create(`new/${trial}`, false);
      yield* create(`asked/${trial}`, true);
      yield* createAndList(`list/${trial}`);
    }
  }
  simulation.spawn(client());
  simulation.run();
  const {witness, lookUps} = s3.metadata;
  return {
    ...{consistency, sinceMs, staleOverwrite: staleOverwrite / trials},
    ...{missedNew: missedNew / trials, missedNewAskedBefore: missedNewAskedBefore / trials},
    ...{listMisses: listMisses / trials, witnessLookUps: witness.lookUps / lookUps},
  };
}

/** Asks until every cache node has an entry for the key, "no such key" included. */
function* askUntilCached(s3: S3, key: string): Steps {
  while (s3.metadata.caches.some((cache) => !cache.entries.has(key))) yield* s3.head({key});
}
