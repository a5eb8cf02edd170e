/**
 * The seed of a student's own variant of a problem set: two students get different numbers, and who
 * grades gets the same ones again.
 *
 * @param course names the course and its year, as in "cloud-2026"
 * @param student the id that the course knows the student by; an accent may be typed as part of its
 *   letter or after it, as some systems write the names of folders
 * @returns a whole number in [0, 2^32): 32-bit FNV-1a over both names in UTF-8
 * @throws RangeError if a name is empty
 *
 * Source: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, "The FNV Non-Cryptographic Hash Algorithm"
 * (FNV-1a). It spreads seeds, and keeps no secret.
 *
 * @example
 * import {variant} from "kernel-lib/course";
 * variant("cloud-2026", "ada") === variant("cloud-2026", "ada") // => true
 * variant("cloud-2026", "ada") === variant("cloud-2026", "bob") // => false
 */
export function variant(course: string, student: string): number {
  for (const [what, name] of Object.entries({course, student})) {
    if (name.trim() === "") throw new RangeError(`Cannot draw a variant: the ${what} has no name`);
  }
  return hashNames([course, student.trim().normalize("NFC")]);
}

/** FNV-1a, 32 bits; a zero byte after each name keeps ("ab", "c") and ("a", "bc") apart. */
export function hashNames(names: readonly string[]): number {
  const bytes = new TextEncoder().encode(names.map((name) => `${name}\0`).join(""));
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
