import {crc32c} from "../../bytes/index.js";
import type {LoadSplit, PartitionMapOptions, RequestKind} from "../../partition/index.js";
import type {Random} from "../../random/index.js";
import type {Simulation, Steps} from "../../sim/index.js";
import type {StorageFleetOptions} from "./fleet-layout.js";
import {listObjects} from "./list-objects.js";
import type {ListOptions, ListPage} from "./list-objects.js";
import {MetadataTier} from "./metadata-tier.js";
import type {Consistency} from "./metadata-tier.js";
import {cutIntoStripes, formatEtag} from "./object-bytes.js";
import type {ObjectBody} from "./object-bytes.js";
import type {ObjectRecord, ObjectWrite, PutCondition} from "./object-record.js";
import {Repair} from "./repair.js";
import type {RepairOptions} from "./repair.js";
import {StorageFleet} from "./storage-fleet.js";
import type {DrawMs} from "./storage-node.js";
import type {ReadPolicy} from "./stripe-read.js";
import type {Stripe} from "./stripe.js";

/** All durations are `invented for teaching`. */
export interface S3Options extends StorageFleetOptions {
  /** `strong` as since December 2020, or `eventual` as before. Default `strong`. */
  consistency?: Consistency;
  /** Bytes of an object in one stripe, a whole number >= 1. Default 1 MiB. */
  stripeBytes?: number;
  /** How stripes are read. Default: k reads, no hedge. */
  read?: ReadPolicy;
  /** Limits and splitting of the index. */
  partitions?: PartitionMapOptions;
  /** How many cache nodes stand before the index. Default 3. */
  cacheNodes?: number;
  /** From one server to another. Default: lognormal, median 1 ms, σ 0.3. */
  hopMs?: DrawMs;
  /** From a change to a cache node's hearing of it. Default: lognormal, median 100 ms, σ 1. */
  noticeMs?: DrawMs;
  /** How long a cached entry is trusted without a notice. Default 10 s. */
  cacheTtlMs?: number;
  /** How long the bytes of a replaced object are kept for those who still read them. Default 60 s. */
  garbageAfterMs?: number;
  repair?: RepairOptions;
  /** A planted bug: the witness hears of a change only after the index has it. Default false. */
  witnessAfterCommit?: boolean;
}

export interface PutRequest extends PutCondition {
  key: string;
  body: ObjectBody;
}

export interface PutResult {
  /** 404: `ifMatch` and no object. 412: the condition does not hold. 503: too many, or no room. */
  status: 200 | 404 | 412 | 503;
  /** In words. */
  reason: string;
  /** Of the body that was sent; `undefined` if none was read. */
  etag: string | undefined;
}

export interface GetRequest {
  key: string;
  /** Takes the body stripe by stripe, so that it need not fit into memory. */
  onBytes?: (bytes: Uint8Array) => void;
}

export interface GetResult {
  /** 503: too many requests, or too few shards can be had. */
  status: 200 | 404 | 503;
  /** In words. */
  reason: string;
  etag: string | undefined;
  sizeBytes: number;
  /** The whole object; `undefined` unless 200, and with `onBytes`. */
  body: Uint8Array | undefined;
  /** Stripes that were restored through parity. */
  decodedStripes: number;
}

export interface ListResult extends ListPage {
  status: 200 | 503;
}

/**
 * An object store like Amazon S3, on simulated time and real bytes.
 *
 * ```
 * client → front end → partition's token bucket → 503
 *              ├─ metadata: cache nodes · witness · index (ordered key ranges)
 *              └─ storage fleet: stripes of k + m shards on nodes in zones · repair
 * ```
 *
 * A PUT writes the bytes first and then the record, so nobody can see an object before it is whole.
 * Each method is a generator: `const got = yield* s3.get({key: "cat.jpg"})`.
 *
 * Fidelity: inferred from public statements, and simplified: no versions, no multipart, no
 * encryption, one region. Which code S3 uses is not published.
 *
 * @example
 * import {ReedSolomon} from "kernel-lib/erasure";
 * import {Random} from "kernel-lib/random";
 * import {S3} from "kernel-lib/services/s3";
 * import {Simulation} from "kernel-lib/sim";
 * const simulation = new Simulation();
 * const code = new ReedSolomon({dataShards: 5, parityShards: 4});
 * const s3 = new S3(simulation, {code, random: new Random(7)});
 * function* client() {
 *   yield* s3.put({key: "greeting", body: Uint8Array.of(104, 105)});
 *   s3.fleet.crash("a1");
 *   const got = yield* s3.get({key: "greeting"});
 *   return `${got.status}: ${got.body}`;
 * }
 * const asking = simulation.spawn(client());
 * simulation.run();
 * asking.value // => '200: 104,105'
 */
export class S3 {
  readonly fleet: StorageFleet;
  readonly metadata: MetadataTier;
  readonly repair: Repair;
  private readonly simulation: Simulation;
  private readonly stripeBytes: number;
  private readonly readPolicy: ReadPolicy;
  private readonly garbageAfterMs: number;
  private requests = 0;

  /** @throws RangeError if an option is outside its range */
  constructor(simulation: Simulation, options: S3Options) {
    const {stripeBytes = 2 ** 20, read = {}, garbageAfterMs = 60_000, random} = options;
    if (!Number.isSafeInteger(stripeBytes) || stripeBytes < 1) {
      throw new RangeError(`Cannot stripe: need whole stripeBytes >= 1, got ${stripeBytes}`);
    }
    this.simulation = simulation;
    this.stripeBytes = stripeBytes;
    this.readPolicy = read;
    this.garbageAfterMs = garbageAfterMs;
    this.fleet = new StorageFleet(simulation, options);
    this.repair = new Repair(this.fleet, options.repair);
    this.metadata = new MetadataTier(simulation, {
      random,
      consistency: options.consistency ?? "strong",
      cacheNodes: options.cacheNodes ?? 3,
      hopMs: options.hopMs ?? lognormal(1, 0.3),
      noticeMs: options.noticeMs ?? lognormal(100, 1),
      cacheTtlMs: options.cacheTtlMs ?? 10_000,
      witnessAfterCommit: options.witnessAfterCommit ?? false,
      ...(options.partitions && {partitions: options.partitions}),
    });
  }

  /** Stores an object, in place of the one with that key, if there is one and the condition holds. */
  *put({key, body, ifNoneMatch, ifMatch}: PutRequest): Steps<PutResult> {
    const timestamp = {timeMs: this.simulation.nowMs, requestId: ++this.requests};
    if (!this.admit(key, "put")) return {status: 503, reason: SLOW_DOWN, etag: undefined};
    const stripes: Stripe[] = [];
    let crc = 0;
    let sizeBytes = 0;
    for (const bytes of cutIntoStripes(body, this.stripeBytes)) {
      crc = crc32c(bytes, crc);
      sizeBytes += bytes.length;
      const stripe = yield* this.fleet.writeStripe(bytes);
      if (stripe === undefined) {
        stripes.forEach((written) => this.fleet.drop(written));
        return {status: 503, reason: "too few nodes answer to store it", etag: undefined};
      }
      stripes.push(stripe);
    }
    const etag = formatEtag(crc, sizeBytes);
    const write = {key, etag, sizeBytes, stripes, timestamp, ifNoneMatch, ifMatch};
    const status = yield* this.commit(write);
    return {status, reason: COMMIT_REASONS[status], etag};
  }

  /** Reads an object, in parallel per stripe, through parity where shards are missing or damaged. */
  *get({key, onBytes}: GetRequest): Steps<GetResult> {
    const nothing = {etag: undefined, sizeBytes: 0, body: undefined, decodedStripes: 0};
    if (!this.admit(key, "get")) return {status: 503, reason: SLOW_DOWN, ...nothing};
    const record = yield* this.metadata.lookup(key);
    if (record?.etag === undefined) return {status: 404, reason: "no such key", ...nothing};
    const {etag, sizeBytes, stripes} = record;
    const body = onBytes === undefined ? new Uint8Array(sizeBytes) : undefined;
    let at = 0;
    let decodedStripes = 0;
    for (const stripe of stripes) {
      const {bytes, decoded} = yield* this.fleet.readStripe(stripe, this.readPolicy);
      if (bytes === undefined) {
        return {status: 503, reason: `too few shards of stripe ${stripe.id}`, ...nothing};
      }
      if (decoded) decodedStripes++;
      body?.set(bytes, at);
      at += bytes.length;
      onBytes?.(bytes);
    }
    return {status: 200, reason: "whole", etag, sizeBytes, body, decodedStripes};
  }

  /** As `get`, without the bytes. */
  *head({key}: {key: string}): Steps<GetResult> {
    const nothing = {etag: undefined, sizeBytes: 0, body: undefined, decodedStripes: 0};
    if (!this.admit(key, "get")) return {status: 503, reason: SLOW_DOWN, ...nothing};
    const record = yield* this.metadata.lookup(key);
    if (record?.etag === undefined) return {status: 404, reason: "no such key", ...nothing};
    const {etag, sizeBytes} = record;
    return {...nothing, status: 200, reason: "there", etag, sizeBytes};
  }

  /** Deletes an object, if there is one: 204 in either case. */
  *delete({key}: {key: string}): Steps<{status: 204 | 503}> {
    const timestamp = {timeMs: this.simulation.nowMs, requestId: ++this.requests};
    if (!this.admit(key, "put")) return {status: 503};
    yield* this.commit({key, etag: undefined, sizeBytes: 0, stripes: [], timestamp});
    return {status: 204};
  }

  /**
   * One page of keys.
   *
   * @throws RangeError, SyntaxError as `listObjects`
   */
  *list(options: ListOptions = {}): Steps<ListResult> {
    const admitted = this.admit(options.prefix ?? "", "get");
    const source = yield* this.metadata.listing();
    if (admitted) return {status: 200, ...listObjects(source, options)};
    return {status: 503, ...listObjects(() => undefined)};
  }

  /** Looks at the load of the index's partitions, and splits what is hot. Call it every few seconds. */
  splitByLoad(): LoadSplit[] {
    return this.metadata.index.map.splitByLoad(this.simulation.nowMs);
  }

  private *commit(write: ObjectWrite): Steps<200 | 404 | 412> {
    const {status, replaced} = yield* this.metadata.commit(write);
    if (replaced !== undefined) this.dropLater(replaced);
    return status;
  }

  private dropLater({stripes}: ObjectRecord | ObjectWrite): void {
    if (stripes.length === 0) return;
    this.simulation.schedule({delayMs: this.garbageAfterMs}, () =>
      stripes.forEach((stripe) => this.fleet.drop(stripe)),
    );
  }

  private admit(key: string, kind: RequestKind): boolean {
    return this.metadata.index.map.admit(key, kind, this.simulation.nowMs).admitted;
  }
}

/** `documented`: S3 answers "503 Slow Down" above a partition's limit. */
const SLOW_DOWN = "slow down";
const COMMIT_REASONS = {200: "stored", 404: "no such key", 412: "precondition failed"};

function lognormal(median: number, sigma: number): DrawMs {
  return (random: Random) => random.lognormal({median, sigma});
}
