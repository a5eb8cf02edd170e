/**
 * Lines of text with their columns under one another, two spaces apart, for a terminal.
 *
 * @param lines cells of each line; a line may have fewer than others
 * @returns one text, without blanks at the ends of lines
 *
 * @example
 * import {alignColumns} from "kernel-lib/plot";
 * alignColumns([["code", "n"], ["RS(6,2)", "8"]]) // => 'code     n\nRS(6,2)  8'
 */
export function alignColumns(lines: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...lines.map((line) => line.length));
  // In characters, not in UTF-16 units: one that has two of these is one wide, or two.
  const length = (text: string): number => [...text].length;
  const widths = Array.from({length: columns}, (_, at) =>
    Math.max(...lines.map((line) => length(line[at] ?? ""))),
  );
  return lines
    .map((line) =>
      line
        .map((text, at) => text + " ".repeat(widths[at]! - length(text)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
