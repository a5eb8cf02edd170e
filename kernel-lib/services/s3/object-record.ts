import type {Stripe} from "./stripe.js";

/**
 * When a write happened, for "the last writer wins": the server's clock when it took the request,
 * and, among equals, the number of the request. So any two writes have an order, and all copies
 * agree on it whatever the order in which they arrive.
 */
export interface Timestamp {
  timeMs: number;
  requestId: number;
}

/** What the index knows of a key: one version of an object, or that it was deleted. */
export interface ObjectRecord {
  readonly key: string;
  /** The content's hash; `undefined` for a delete marker. */
  readonly etag: string | undefined;
  readonly sizeBytes: number;
  readonly stripes: readonly Stripe[];
  readonly timestamp: Timestamp;
  /** True if it was written under a condition, so that what was before it mattered. */
  readonly conditional: boolean;
  /** Counts the changes of the whole index; larger is later. */
  readonly version: number;
}

/** A condition of a PUT, as in the request's headers. */
export interface PutCondition {
  /** "*": only if there is no such object. */
  ifNoneMatch?: "*" | undefined;
  /** Only if the object's ETag is this one. */
  ifMatch?: string | undefined;
}

/** What a write says about itself before it is committed. */
export type ObjectWrite = Omit<ObjectRecord, "version" | "conditional"> & PutCondition;

/** How a commit ended. */
export interface CommitResult {
  /** 404: `ifMatch` and no object. 412: the condition does not hold. */
  status: 200 | 404 | 412;
  /** The record that is in force now. */
  current: ObjectRecord | undefined;
  /** A record that is no longer in force and whose bytes can go: the old one, or this one. */
  replaced: ObjectRecord | ObjectWrite | undefined;
}

/** Says whether `left` comes after `right` in the order of all writes. */
export function isLater(left: Timestamp, right: Timestamp): boolean {
  if (left.timeMs !== right.timeMs) return left.timeMs > right.timeMs;
  return left.requestId > right.requestId;
}

/** Says whether a condition holds for what is there. */
export function checkCondition(
  {ifNoneMatch, ifMatch}: PutCondition,
  current: ObjectRecord | undefined,
): 200 | 404 | 412 {
  const etag = current?.etag;
  if (ifNoneMatch !== undefined && etag !== undefined) return 412;
  if (ifMatch === undefined) return 200;
  if (etag === undefined) return 404;
  return etag === ifMatch ? 200 : 412;
}
