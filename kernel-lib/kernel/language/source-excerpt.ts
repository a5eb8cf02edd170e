/**
 * A line of a cell with a run of carets under the part that is meant.
 */

/** Zero-based, `column` in UTF-16 units, as TypeScript and the engine count. */
export interface SourceSpan {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** Longest piece of a source line that is shown. */
const MAX_WIDTH = 88;
/** What TypeScript takes for the end of a line. */
const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/;

/** The lines of a source, as TypeScript counts them. */
export function sourceLines(source: string): string[] {
  return source.split(LINE_BREAK);
}

/** A span that lies inside the source: the compiler's end of file may be behind the reader's. */
export function clampSpan(span: SourceSpan, lines: readonly string[]): SourceSpan {
  const last = lines.length - 1;
  if (span.line > last) {
    const column = lines[last]!.length;
    return {line: last, column, endLine: last, endColumn: column};
  }
  const column = Math.max(0, Math.min(span.column, lines[span.line]!.length));
  return span.endLine > last
    ? {...span, column, endLine: last, endColumn: lines[last]!.length}
    : {...span, column};
}

/** Two lines: the source line with its number, and carets under the span's part of it. */
export function sourceExcerpt(lines: readonly string[], span: SourceSpan): [string, string] {
  const line = lines[span.line] ?? "";
  const endColumn = span.endLine > span.line ? line.length : span.endColumn;
  const from = span.column > MAX_WIDTH - 20 ? span.column - 20 : 0;
  const piece = line.slice(from, from + MAX_WIDTH);
  const number = String(span.line + 1);
  const before = from > 0 ? "…" : "";
  const after = from + MAX_WIDTH < line.length ? "…" : "";
  const marked = line.slice(span.column, Math.min(endColumn, from + MAX_WIDTH));
  const carets = "^".repeat(Math.max(1, displayWidth(marked)));
  return [
    `→ ${number} │ ${before}${piece}${after}`,
    `  ${" ".repeat(number.length)} │ ${blanksFor(before + line.slice(from, span.column))}${carets}`,
  ];
}

/** One-based column as a reader counts: an emoji is one. */
export function readerColumn(lines: readonly string[], span: SourceSpan): number {
  return Array.from((lines[span.line] ?? "").slice(0, span.column)).length + 1;
}

/** Blanks as wide as a text; tabs stay tabs. */
function blanksFor(text: string): string {
  return Array.from(text, (character) =>
    character === "\t" ? "\t" : " ".repeat(displayWidth(character)),
  ).join("");
}

/** Columns that a text takes in a fixed-width font: emoji and East Asian letters take two. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{Mark}|\u200d/u.test(character)) continue;
    const wide =
      /\p{Emoji_Presentation}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60]/u;
    width += wide.test(character) ? 2 : 1;
  }
  return width;
}
