/**
 * S3: an object store as a teaching model. Real bytes through an erasure code of the caller's, on
 * simulated nodes in zones; an ordered index with limits per key range; conditional writes; both
 * consistency modes, before and since December 2020.
 *
 * `s3` (front end) → `metadata-tier` (`cache-node`, `witness`, `metadata-index`) and
 * `storage-fleet` (`fleet-layout`, `storage-node`, `stripe-read`, `repair`) ; `list-objects`,
 * `object-model` (what is promised, for `checkLinearizable`).
 *
 * Sources: Amazon S3 User Guide and API Reference; W. Vogels, "Diving deep on S3 consistency", 2021;
 * Huang et al., ATC 2012; Dean and Barroso, CACM 2013; Ford et al., OSDI 2010.
 *
 * Fidelity: inferred and simplified. The promises are documented; how S3 keeps them is not, and
 * every duration here is invented for teaching.
 */
export {CacheNode} from "./cache-node.js";
export type {CachedEntry} from "./cache-node.js";
export type {ErasureCode, MaybeShard} from "./erasure-code.js";
export type {FleetCounts} from "./fleet-counts.js";
export type {StorageFleetOptions} from "./fleet-layout.js";
export type {ListedObject, ListOptions, ListPage} from "./list-objects.js";
export {MetadataIndex} from "./metadata-index.js";
export type {MetadataIndexOptions} from "./metadata-index.js";
export {MetadataTier} from "./metadata-tier.js";
export type {Consistency, ListingSource, MetadataTierOptions} from "./metadata-tier.js";
export {etagOf} from "./object-bytes.js";
export type {ObjectBody} from "./object-bytes.js";
export {objectModel} from "./object-model.js";
export type {ObjectInput, ObjectOutput} from "./object-model.js";
export type {
  CommitResult,
  ObjectRecord,
  ObjectWrite,
  PutCondition,
  Timestamp,
} from "./object-record.js";
export {Repair} from "./repair.js";
export type {RepairJob, RepairOptions} from "./repair.js";
export {S3} from "./s3.js";
export type {GetRequest, GetResult, ListResult, PutRequest, PutResult, S3Options} from "./s3.js";
export {StorageFleet} from "./storage-fleet.js";
export type {DamageListener, StripeBytes} from "./storage-fleet.js";
export {MemoryShardStore, StorageNode} from "./storage-node.js";
export type {DrawMs, ShardStore, StorageNodeOptions} from "./storage-node.js";
export type {ReadPolicy} from "./stripe-read.js";
export type {Stripe} from "./stripe.js";
export {Witness} from "./witness.js";
