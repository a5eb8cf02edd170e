/**
 * Says whether two byte strings have the same length and content. O(n), not constant-time: it is
 * for data, never for secrets.
 *
 * @example
 * import {equalBytes} from "kernel-lib/bytes";
 * equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2)) // => true
 */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
