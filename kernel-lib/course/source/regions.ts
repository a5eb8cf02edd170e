/**
 * The regions of a source cell, with the markers and the result of nbgrader's `ClearSolutions` and
 * `ClearHiddenTests`: whole lines, from the one that has the begin marker to the one with the end.
 *
 * Source: nbgrader 0.9.6, preprocessors `clearsolutions` and `clearhiddentests`.
 */

/** What an answer that nobody wrote throws. */
export const STUB_MESSAGE = "Write your answer here";
/** Stands where the answer goes. It type-checks whatever the function returns, and stops only it. */
export const CODE_STUB: string = `throw new Error("${STUB_MESSAGE}");`;
export const TEXT_STUB = "YOUR ANSWER HERE";

type RegionName = "SOLUTION" | "HIDDEN TESTS";

/**
 * A cell without its solutions.
 *
 * @param stub takes the place of each region, with the indentation of the line that began it
 * @throws SyntaxError for a region that begins in another, or does not end
 */
export function replaceSolutions(source: string, stub: string): string {
  return mapRegions(source, "SOLUTION", (_, indent) => [indent + stub]);
}

/** A cell without its hidden tests. @throws SyntaxError as `replaceSolutions` */
export function removeHiddenTests(source: string): string {
  return mapRegions(source, "HIDDEN TESTS", () => []);
}

/** Whether a cell has such a region. */
export function hasRegion(source: string, name: RegionName): boolean {
  return source.includes(`BEGIN ${name}`);
}

function mapRegions(
  source: string,
  name: RegionName,
  replace: (lines: readonly string[], indent: string) => readonly string[],
): string {
  const kept: string[] = [];
  let region: {lines: string[]; indent: string} | undefined;
  for (const line of source.split("\n")) {
    if (line.includes(`BEGIN ${name}`)) {
      if (region) throw new SyntaxError(`Cannot read cell: ${name} begins inside ${name}`);
      region = {lines: [], indent: /^\s*/.exec(line)![0]};
    } else if (line.includes(`END ${name}`)) {
      if (region) kept.push(...replace(region.lines, region.indent));
      region = undefined;
    } else if (region) region.lines.push(line);
    else kept.push(line);
  }
  if (region) throw new SyntaxError(`Cannot read cell: ${name} begins and does not end`);
  return kept.join("\n");
}
