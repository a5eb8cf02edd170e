import {crc32c} from "../../bytes/index.js";

/**
 * The ETag of an object: here its CRC32C and its size. S3's is an MD5 of the content for small
 * objects; any hash will do to say "the object that I saw". Fidelity: simplified.
 *
 * @example
 * import {etagOf} from "kernel-lib/services/s3";
 * etagOf(Uint8Array.from("123456789", (digit) => digit.charCodeAt(0))) // => 'e3069283-9'
 */
export function etagOf(bytes: Uint8Array): string {
  return formatEtag(crc32c(bytes), bytes.length);
}

/** The ETag of an object whose CRC32C and size are known. */
export function formatEtag(crc: number, sizeBytes: number): string {
  return `${crc.toString(16).padStart(8, "0")}-${sizeBytes}`;
}

/** An object's bytes, at once or in pieces of any size. */
export type ObjectBody = Uint8Array | Iterable<Uint8Array>;

/**
 * Cuts a body into pieces of `stripeBytes`, the last one shorter. Reads no further than it has
 * given. Pieces of a body that is one array are views: a store of many small objects must not set
 * a whole stripe's memory aside for each.
 */
export function* cutIntoStripes(
  body: ObjectBody,
  stripeBytes: number,
): Generator<Uint8Array, void, undefined> {
  if (body instanceof Uint8Array) {
    for (let at = 0; at < body.length; at += stripeBytes) yield body.subarray(at, at + stripeBytes);
    return;
  }
  let piece: Uint8Array | undefined;
  let filled = 0;
  for (const chunk of body) {
    let at = 0;
    while (at < chunk.length) {
      if (filled === 0 && chunk.length - at >= stripeBytes) {
        yield chunk.subarray(at, at + stripeBytes);
        at += stripeBytes;
        continue;
      }
      piece ??= new Uint8Array(stripeBytes);
      const taken = chunk.subarray(at, at + stripeBytes - filled);
      piece.set(taken, filled);
      filled += taken.length;
      at += taken.length;
      if (filled < stripeBytes) continue;
      yield piece;
      piece = undefined;
      filled = 0;
    }
  }
  if (piece) yield piece.subarray(0, filled);
}
