/** Positions in a cell: Jupyter counts code points, JavaScript and TypeScript count UTF-16 units. */

/** @param codePoints 0 and up; beyond the end means the end */
export function toUtf16Offset(code: string, codePoints: number): number {
  let offset = 0;
  for (let rest = codePoints; rest > 0 && offset < code.length; rest--) {
    offset += code.codePointAt(offset)! > 0xffff ? 2 : 1;
  }
  return offset;
}

/** @param offset in UTF-16 units */
export function toCodePoints(code: string, offset: number): number {
  return [...code.slice(0, offset)].length;
}
