/**
 * Rows as aligned columns for a terminal, the first row as headings. Every control character is
 * shown as "·": a student's text must not steer the terminal of who marks.
 */
export function textTable(rows: readonly (readonly (string | number)[])[]): string {
  const texts = rows.map((row) =>
    row.map((value) => String(value).replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "·")),
  );
  const columns = Math.max(0, ...texts.map((row) => row.length));
  const widths = Array.from({length: columns}, (_, column) =>
    Math.max(...texts.map((row) => [...(row[column] ?? "")].length)),
  );
  return texts
    .map((row) =>
      row
        .map((text, column) => text + " ".repeat(widths[column]! - [...text].length))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
