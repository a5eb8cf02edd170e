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

/** What looks like a marker, in whatever spelling. */
const MARKER_LIKE = /#{2,}\s*(?:begin|end)[\s_-]*(?:solution|hidden|mark)/i;
/** What is read as one. */
const MARKER = /(?:BEGIN|END) (?:SOLUTION|HIDDEN TESTS)/;

/**
 * What is wrong with the markers of a cell, empty if nothing is. A marker that is spelt in another way
 * would be passed over without a word, and what it was to hide would reach the students.
 */
export function regionProblems(source: string): string[] {
  const misspelt = source
    .split("\n")
    .filter((line) => MARKER_LIKE.test(line) && !MARKER.test(line));
  const wrong = misspelt.map((line) => `has a line that is no marker of ours: ${line.trim()}`);
  for (const name of ["SOLUTION", "HIDDEN TESTS"] as const) {
    try {
      let began = 0;
      mapRegions(source, name, () => (began++, []));
      const ends = source.split("\n").filter((line) => line.includes(`END ${name}`)).length;
      if (ends !== began) wrong.push(`ends a region ${name} that did not begin`);
    } catch (error) {
      wrong.push(`cannot be read: ${(error as Error).message.replace("Cannot read cell: ", "")}`);
    }
  }
  return wrong;
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
