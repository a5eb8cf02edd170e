/**
 * The order of keys: by the bytes of their UTF-8 form, as S3 lists them, which is the order of
 * their code points.
 *
 * JavaScript's own `<` compares UTF-16 code units, and differs: it puts 😀 (D83D DE00) before
 * U+FFFD, while their UTF-8 forms begin with F0 and EF.
 */

/**
 * Compares two keys by their UTF-8 bytes, without encoding them.
 *
 * @returns a number < 0, 0 or > 0, as `sort` wants it
 *
 * @example
 * import {compareKeys} from "kernel-lib/partition";
 * ["b", "a/2", "a/10", "B"].sort(compareKeys) // => [ 'B', 'a/10', 'a/2', 'b' ]
 * compareKeys("\ufffd", "😀") < 0 // => true
 * "\ufffd" < "😀" // => false
 */
export function compareKeys(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return byCodePoint(a) - byCodePoint(b);
  }
  return left.length - right.length;
}

/** Moves surrogates (D800–DFFF), which stand for U+10000 and above, behind E000–FFFF. */
function byCodePoint(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/**
 * Where the keys with a prefix end: the least text greater than all of them.
 *
 * @returns `undefined` if no text is, as for the empty prefix
 *
 * @example
 * import {prefixEnd} from "kernel-lib/partition";
 * prefixEnd("logs/") // => 'logs0'
 * prefixEnd("") // => undefined
 */
export function prefixEnd(prefix: string): string | undefined {
  const points = Array.from(prefix, (letter) => letter.codePointAt(0)!);
  while (points.length > 0) {
    const last = points.pop()!;
    if (last === 0x10ffff) continue;
    // Surrogates are no characters: after D7FF comes E000.
    points.push(last === 0xd7ff ? 0xe000 : last + 1);
    return String.fromCodePoint(...points);
  }
  return undefined;
}
