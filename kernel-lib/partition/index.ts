/**
 * Partition: one ordered key space, cut into ranges that are served apart.
 *
 * `compare-keys` (the order) → `sorted-map` (the entries of a range) → `access-sample` (where the
 * load falls) → `partition` (a range with its limits) → `partition-map` (all ranges).
 *
 * Why ranges and not a hash of the key: a listing in order of key reads one range after another,
 * limits apply per prefix, and a range can be split without moving anything else.
 *
 * Sources: Amazon S3 User Guide, "Best practices design patterns: optimizing Amazon S3 performance"
 * (requests per second "per partitioned prefix", scaling that "happens gradually"); Elhemali et al.,
 * "Amazon DynamoDB", USENIX ATC 2022, §4.4 (split for consumption by observed access, not for a
 * single hot item or sequential access).
 *
 * Fidelity: inferred. The limits are documented; how S3 decides to split is not.
 */
export {AccessSample} from "./access-sample.js";
export type {SplitAdvice} from "./access-sample.js";
export {compareKeys, prefixEnd} from "./compare-keys.js";
export {GET_LIMIT_PER_SECOND, Partition, PUT_LIMIT_PER_SECOND} from "./partition.js";
export type {PartitionOptions, RequestKind} from "./partition.js";
export {PartitionMap} from "./partition-map.js";
export type {Admission, LoadSplit, PartitionMapOptions, ScanOptions} from "./partition-map.js";
export {SortedMap} from "./sorted-map.js";
export {TokenBucket} from "../sim/index.js";
export type {TokenBucketOptions} from "../sim/index.js";
