/** One observation: column name → value. */
export type Row = Record<string, unknown>;

/** Plain objects, or anything with `objects()`, such as an arquero table. */
export type RowSource = readonly object[] | {objects(): object[]};

/**
 * The rows as plain objects.
 *
 * @throws RangeError if there is no row: an empty figure is a mistake, not a figure
 *
 * @example
 * import {toRows} from "kernel-lib/plot";
 * toRows([{zones: 2}]) // => [ { zones: 2 } ]
 */
export function toRows(source: RowSource): Row[] {
  const rows = (
    Array.isArray(source) ? source : (source as {objects(): object[]}).objects()
  ) as Row[];
  if (rows.length === 0) throw new RangeError("Cannot plot: there are no rows");
  return rows;
}

/** @throws RangeError if a row lacks the column, naming the columns that exist */
export function columnOf(rows: readonly Row[], column: string): unknown[] {
  return rows.map((row) => {
    if (!(column in row)) {
      throw new RangeError(
        `Cannot plot: no column "${column}"; the rows have ${Object.keys(row).join(", ")}`,
      );
    }
    return row[column];
  });
}
