import {fnv1a} from "../random/index.js";

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

/** FNV-1a in UTF-8; a zero byte after each name keeps ("ab", "c") and ("a", "bc") apart. */
export function hashNames(names: readonly string[]): number {
  return fnv1a(new TextEncoder().encode(names.map((name) => `${name}\0`).join("")));
}
