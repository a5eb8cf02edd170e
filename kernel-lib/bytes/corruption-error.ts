/**
 * Bytes that fail a check: a checksum, a magic number, a parity.
 *
 * It is the only error class of ours; everything else is a built-in, chosen by meaning
 * (ARCHITECTURE.md, "Errors"). Callers are expected to catch it.
 *
 * @example
 * import {CorruptionError} from "kernel-lib/bytes";
 * const error = new CorruptionError("Cannot read block: checksum differs", 4096);
 * error.offset // => 4096
 */
export class CorruptionError extends Error {
  override readonly name: string = "CorruptionError";
  /** Byte offset of the damage in the buffer or file that was read. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
