import {compareKeys, prefixEnd} from "../../partition/index.js";
import type {ListingSource} from "./metadata-tier.js";

/** What ListObjectsV2 takes. */
export interface ListOptions {
  /** Only keys that begin with this. Default "". */
  prefix?: string;
  /** Keys that have it after the prefix are given as one common prefix, up to and with it. */
  delimiter?: string;
  /** Most keys and common prefixes of one page, a whole number in [0, 1000]. Default 1000, `documented`. */
  maxKeys?: number;
  /** Only keys after this one. */
  startAfter?: string;
  /** `nextContinuationToken` of the page before; overrides `startAfter`. */
  continuationToken?: string;
}

export interface ListedObject {
  key: string;
  etag: string;
  sizeBytes: number;
}

/** One page of a listing, in the order of the keys' UTF-8 bytes. */
export interface ListPage {
  contents: ListedObject[];
  /** As directories in a file system, which S3 has not. */
  commonPrefixes: string[];
  isTruncated: boolean;
  /** `undefined` on the last page. */
  nextContinuationToken: string | undefined;
}

/** `documented`: "The action returns up to 1,000 key names". */
const MAX_KEYS = 1000;

/**
 * One page of keys from an ordered source. A common prefix costs one look-up, however many keys it
 * stands for: the listing jumps over them.
 *
 * Source: Amazon S3 API Reference, ListObjectsV2. Fidelity: public.
 *
 * @param source gives the first entry at or after a key
 * @throws RangeError if maxKeys is outside its range
 * @throws SyntaxError if the token is not one of ours
 */
export function listObjects(source: ListingSource, options: ListOptions = {}): ListPage {
  const {prefix = "", delimiter = "", maxKeys = MAX_KEYS, startAfter, continuationToken} = options;
  if (!Number.isInteger(maxKeys) || maxKeys < 0 || maxKeys > MAX_KEYS) {
    throw new RangeError(`Cannot list: need maxKeys in [0, ${MAX_KEYS}], got ${maxKeys}`);
  }
  const page: ListPage = {
    ...{contents: [], commonPrefixes: [], isTruncated: false},
    nextContinuationToken: undefined,
  };
  let next: string | undefined = prefix;
  if (continuationToken !== undefined) next = later(next, parseToken(continuationToken));
  else if (startAfter !== undefined) {
    // A group that startAfter lies in is still given if it has a key after it.
    next = later(next, `${startAfter}\0`);
  }
  if (maxKeys === 0) return page;
  let count = 0;
  while (next !== undefined) {
    const record = source(next);
    if (record === undefined || !record.key.startsWith(prefix)) return page;
    const after = `${record.key}\0`;
    if (record.etag === undefined) {
      next = after;
      continue;
    }
    if (count === maxKeys) {
      return {...page, isTruncated: true, nextContinuationToken: formatToken(next)};
    }
    count++;
    const cut = delimiter === "" ? -1 : record.key.indexOf(delimiter, prefix.length);
    if (cut < 0) {
      const {key, etag, sizeBytes} = record;
      page.contents.push({key, etag, sizeBytes});
      next = after;
    } else {
      const common = record.key.slice(0, cut + delimiter.length);
      page.commonPrefixes.push(common);
      next = prefixEnd(common);
    }
  }
  return page;
}

/** Opaque to the client: where the next page begins. */
function formatToken(fromKey: string): string {
  return `from:${Array.from(fromKey, (letter) => letter.codePointAt(0)!.toString(36)).join(".")}`;
}

function parseToken(token: string): string {
  if (!/^from:([0-9a-z]{1,4}(\.[0-9a-z]{1,4})*)?$/.test(token)) {
    throw new SyntaxError(`Cannot parse the continuation token ${JSON.stringify(token)}`);
  }
  const digits = token.slice("from:".length);
  const points = digits === "" ? [] : digits.split(".").map((point) => parseInt(point, 36));
  return String.fromCodePoint(...points);
}

function later(left: string, right: string): string {
  return compareKeys(left, right) < 0 ? right : left;
}
