/**
 * The way to update a checksum that RFC 1624 withdrew, kept to be looked at.
 *
 * Source: RFC 1141 §2, shown wrong in RFC 1624 §3 and §4. Fidelity: public.
 */
import {checkWords, fold} from "./checksum.js";
import type {WordChange} from "./checksum.js";

/**
 * RFC 1141's [Eqn. 2]: HC' = HC + m + ~m'. Wrong where the right answer is 0x0000: it says 0xffff.
 *
 * @param checksum as it stands in the header, in [0, 65535]
 * @param change the word before and after, each in [0, 65535]
 * @throws RangeError if an argument is no 16-bit number
 * @example
 * import {updateChecksum, updateChecksumRfc1141} from "kernel-lib/packet";
 * const change = {oldWord: 0x5555, newWord: 0x3285};
 * updateChecksumRfc1141(0xdd2f, change) // => 65535
 * updateChecksum(0xdd2f, change) // => 0
 */
export function updateChecksumRfc1141(checksum: number, {oldWord, newWord}: WordChange): number {
  checkWords(checksum, oldWord, newWord);
  return fold(checksum + oldWord + (~newWord & 0xffff));
}
