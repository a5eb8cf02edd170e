import {Random} from "../../random/index.js";
import type {CourseRules} from "./course-rules.js";
import type {FinalMark} from "./marks.js";

/** A submission that a second person marks. */
export interface SampleRow {
  student: string;
  problemSet: string;
  mark: number;
  maxMark: number;
  percent: number;
  /** "fail", "borderline", or "rest, quarter 2 of 4". */
  why: string;
}

export interface SampleOptions {
  /** A whole number in [0, 2^32): print it beside the sample. */
  seed: number;
  /** Percent of each quarter of the rest that is drawn, rounded up. */
  restPercent: number;
}

const QUARTERS = 4;

/**
 * The submissions of one problem set for second marking:
 *
 * 1. every fail (below `passPercent`);
 * 2. every borderline one: within `borderPercent` of the pass or of another boundary, both ends
 *    included;
 * 3. of the rest, ordered by mark and then by id and cut into four quarters of (nearly) equal size,
 *    `restPercent` of each quarter, rounded up, drawn with the seed.
 *
 * The order in which marks are given changes nothing. Rows come by mark, lowest first.
 *
 * @throws RangeError if seed or percentage lies outside its range, or marks are of several sets
 */
export function moderationSample(
  marks: readonly FinalMark[],
  rules: CourseRules,
  {seed, restPercent}: SampleOptions,
): SampleRow[] {
  if (!(restPercent >= 0 && restPercent <= 100)) {
    throw new RangeError(`Cannot draw a sample: need a percentage, got ${restPercent}`);
  }
  const sets = new Set(marks.map(({problemSet}) => problemSet));
  if (sets.size > 1) {
    throw new RangeError(`Cannot draw a sample: need one problem set, got ${[...sets].join(", ")}`);
  }
  const random = new Random(seed).fork(`moderation of ${[...sets].join()}`);
  const ordered = [...marks].sort(byMark);
  const certain = ordered.flatMap((mark) => {
    const why = certainly(mark, rules);
    return why === undefined ? [] : [row(mark, why)];
  });
  const rest = ordered.filter((mark) => certainly(mark, rules) === undefined);
  const drawn = Array.from({length: QUARTERS}, (_, quarter) => {
    const from = Math.round((quarter * rest.length) / QUARTERS);
    const to = Math.round(((quarter + 1) * rest.length) / QUARTERS);
    const wanted = Math.ceil(((to - from) * restPercent) / 100);
    return draw(rest.slice(from, to), wanted, random).map((mark) =>
      row(mark, `rest, quarter ${quarter + 1} of ${QUARTERS}`),
    );
  });
  return [...certain, ...drawn.flat()].sort(byMark);
}

function certainly({percent}: FinalMark, rules: CourseRules): string | undefined {
  if (percent < rules.passPercent) return "fail";
  const near = [rules.passPercent, ...rules.boundaries].some(
    (boundary) => Math.abs(percent - boundary) <= rules.borderPercent + 1e-9,
  );
  return near ? "borderline" : undefined;
}

/** `count` of the list, each subset equally likely, in the list's order. */
function draw<T>(list: readonly T[], count: number, random: Random): T[] {
  const left = list.map((_, index) => index);
  const taken = Array.from({length: count}, () =>
    left.splice(random.integer({min: 0, max: left.length - 1}), 1),
  );
  return taken
    .flat()
    .sort((a, b) => a - b)
    .map((index) => list[index]!);
}

function row({student, problemSet, mark, maxMark, percent}: FinalMark, why: string): SampleRow {
  return {student, problemSet, mark, maxMark, percent, why};
}

function byMark<T extends {percent: number; student: string}>(a: T, b: T): number {
  if (a.percent !== b.percent) return a.percent - b.percent;
  return a.student < b.student ? -1 : a.student > b.student ? 1 : 0;
}
