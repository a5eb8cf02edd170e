/** More labels than this crowd an axis. */
const MAX_DECADES = 8;

/**
 * A logarithmic axis whose labels are all of one form: powers of ten alone; or, over less than two
 * decades, where those would be too few, also 2 and 5 of each, and over less than one every digit,
 * all written in full.
 *
 * @param values everything drawn along the axis; what is not above zero has no place on it
 */
export function logAxis(values: readonly unknown[]): Record<string, unknown> {
  const drawn = values.filter((v): v is number => typeof v === "number" && v > 0 && v < Infinity);
  const decades = drawn.length === 0 ? 0 : Math.log10(Math.max(...drawn) / Math.min(...drawn));
  if (decades < 2) return {type: "log", dtick: decades < 1 ? "D1" : "D2", tickformat: "~g"};
  const dtick = Math.ceil(decades / MAX_DECADES);
  return {type: "log", dtick, tickformat: "", exponentformat: "power"};
}
