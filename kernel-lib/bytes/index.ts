/**
 * Bytes: the small tools that every format and code shares.
 *
 * All functions take and return `Uint8Array`; none keeps a reference to its argument.
 */
export {CorruptionError} from "./corruption-error.js";
export {crc32c} from "./crc32c.js";
export {equalBytes} from "./equal-bytes.js";
export {formatHex, parseHex} from "./hex.js";
