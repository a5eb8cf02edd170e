/**
 * Positions in a text, as Jupyter and as TypeScript count them.
 *
 * Jupyter messaging 5.2 and later: `cursor_pos` counts Unicode code points, so an emoji is one.
 * TypeScript and JavaScript count UTF-16 units, of which an emoji has two.
 */

/** From code points to UTF-16 units; a position behind the text becomes its end. */
export function toUtf16Offset(text: string, codePoints: number): number {
  let offset = 0;
  for (let count = 0; count < codePoints && offset < text.length; count++) {
    offset += text.codePointAt(offset)! > 0xffff ? 2 : 1;
  }
  return offset;
}

/** From UTF-16 units to code points; a position inside a character becomes that behind it. */
export function toCodePointOffset(text: string, utf16Offset: number): number {
  let count = 0;
  for (let offset = 0; offset < utf16Offset && offset < text.length; count++) {
    offset += text.codePointAt(offset)! > 0xffff ? 2 : 1;
  }
  return count;
}
