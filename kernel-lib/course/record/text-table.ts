import {alignColumns} from "../../plot/index.js";

/**
 * Rows as aligned columns for a terminal, the first row as headings. Every control character is
 * shown as "·": a student's text must not steer the terminal of who marks.
 */
export function textTable(rows: readonly (readonly (string | number)[])[]): string {
  return alignColumns(
    rows.map((row) =>
      row.map((value) => String(value).replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "·")),
    ),
  );
}
