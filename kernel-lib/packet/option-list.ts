/**
 * The list of options behind the fixed part of an IPv4 or a TCP header. Both have the same form:
 * a code; codes 0 and 1 stand alone, every other is followed by a length that counts itself and the
 * code, and by data.
 *
 * Source: RFC 791 §3.1 "Options", RFC 9293 §3.1 "Options". Fidelity: public.
 */
import {CorruptionError} from "../bytes/index.js";

/** Code 0: what follows is padding. */
export interface EndOfList {
  readonly kind: "endOfList";
  /** The bytes after it, up to the end of the header; a view when decoded. Zeros, if right. */
  readonly padding: Uint8Array;
}

/** Code 1: one byte that says nothing, to bring what follows to a boundary. */
export interface NoOperation {
  readonly kind: "noOperation";
}

/** An option that is kept as it is. */
export interface OtherOption {
  readonly kind: "other";
  /** Not 0 or 1. */
  readonly code: number;
  /** Without code and length; a view when decoded. At most 38 bytes. */
  readonly data: Uint8Array;
}

/** Given to all headers without options, so that they cost nothing. */
export const NO_OPTIONS: readonly never[] = Object.freeze([]);

/**
 * Splits bytes[start, end) into options.
 *
 * @param make an option of the bytes from `at` to `next`; `at` is where its code stands
 * @throws CorruptionError if an option's length is below 2 or runs over the end
 */
export function splitOptions<T>(
  bytes: Uint8Array,
  start: number,
  end: number,
  what: string,
  make: (bytes: Uint8Array, at: number, next: number) => T,
): (T | EndOfList | NoOperation)[] {
  const options: (T | EndOfList | NoOperation)[] = [];
  let at = start;
  while (at < end) {
    const code = bytes[at]!;
    if (code === 0) {
      options.push({kind: "endOfList", padding: bytes.subarray(at + 1, end)});
      break;
    }
    if (code === 1) {
      options.push({kind: "noOperation"});
      at++;
      continue;
    }
    const length = at + 1 < end ? bytes[at + 1]! : 0;
    if (length < 2 || at + length > end) {
      throw new CorruptionError(
        `Cannot decode ${what}: need an option of 2 to ${end - at} bytes, got length ${length}`,
        at,
      );
    }
    options.push(make(bytes, at, at + length));
    at += length;
  }
  return options;
}

/** The option that begins at `at` and ends before `next`, kept as it is. */
export function otherOption(bytes: Uint8Array, at: number, next: number): OtherOption {
  return {kind: "other", code: bytes[at]!, data: bytes.subarray(at + 2, next)};
}

/** The bytes that the general kinds take in a header. */
export function generalOptionBytes(option: EndOfList | NoOperation | OtherOption): number {
  if (option.kind === "noOperation") return 1;
  return option.kind === "endOfList" ? 1 + option.padding.length : 2 + option.data.length;
}

/** Writes an option of the general kinds at `at`. @returns the offset behind it */
export function writeGeneralOption(
  option: EndOfList | NoOperation | OtherOption,
  target: Uint8Array,
  at: number,
  what: string,
): number {
  if (option.kind === "noOperation") {
    target[at] = 1;
    return at + 1;
  }
  if (option.kind === "endOfList") {
    target[at] = 0;
    target.set(option.padding, at + 1);
    return at + 1 + option.padding.length;
  }
  const {code, data} = option;
  if (!(Number.isInteger(code) && code >= 2 && code <= 255)) {
    throw new RangeError(`Cannot encode ${what}: need an option's code in [2, 255], got ${code}`);
  }
  target[at] = code;
  target[at + 1] = 2 + data.length;
  target.set(data, at + 2);
  return at + 2 + data.length;
}

/**
 * The bytes of a whole header, a multiple of four.
 *
 * @throws RangeError if options take more than the 40 bytes that the length field can say
 */
export function headerBytes(fixed: number, optionBytes: number, what: string): number {
  if (optionBytes > 40) {
    throw new RangeError(
      `Cannot encode ${what}: need options of at most 40 bytes, got ${optionBytes}`,
    );
  }
  return fixed + ((optionBytes + 3) & ~3);
}
