/**
 * Writes bytes as lower-case hexadecimal, two digits a byte, separated by one space.
 *
 * @example
 * import {formatHex} from "kernel-lib/bytes";
 * formatHex(Uint8Array.of(0, 255, 16)) // => '00 ff 10'
 */
export function formatHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/**
 * Reads hexadecimal text, with or without white space between the bytes.
 *
 * @throws SyntaxError if a character is no hexadecimal digit or the number of digits is odd
 *
 * @example
 * import {parseHex} from "kernel-lib/bytes";
 * parseHex("00 ff10") // => Uint8Array(3) [ 0, 255, 16 ]
 */
export function parseHex(text: string): Uint8Array {
  const digits = text.replace(/\s+/g, "");
  const stray = /[^0-9a-f]/i.exec(digits);
  if (stray !== null) {
    throw new SyntaxError(`Cannot parse hex: "${stray[0]}" is no hexadecimal digit`);
  }
  if (digits.length % 2 !== 0) {
    throw new SyntaxError(`Cannot parse hex: need an even number of digits, got ${digits.length}`);
  }
  return Uint8Array.from({length: digits.length / 2}, (_, index) =>
    parseInt(digits.slice(2 * index, 2 * index + 2), 16),
  );
}
