import {instantOf, knownZone} from "./due-time.js";
import {problemSetName} from "./student-folder.js";

/** What lateness costs. */
export interface LateRule {
  /** Minutes after the due time that cost nothing; days are still counted from the due time. */
  graceMinutes: number;
  /** Percent of the points reached that each started day takes. */
  percentPerDay: number;
  /** Whoever is later than this many started days gets nothing. */
  mostDays: number;
}

export interface SetRules {
  /** Clock time in the course's zone, as in "2026-11-30T23:59:00"; absent where none is due. */
  due: string | undefined;
  /** Canvas's number of the assignment: without it Canvas asks which one is meant. */
  canvasId: number | undefined;
  late: LateRule;
}

/** What `course.json` says: how marks are made of points. */
export interface CourseRules {
  course: string;
  /** IANA name, as in "Europe/Vienna": due times and late days follow its clock. */
  timeZone: string;
  /** Percent of all points below which a mark is a fail. */
  passPercent: number;
  /** Percentages at which something is decided, as grades are; the pass is always one. */
  boundaries: number[];
  /** A mark this near to a boundary, in percent, is borderline. */
  borderPercent: number;
  /** What the LMS's files hold for a student who handed nothing in. */
  missing: "empty" | "zero";
  late: LateRule;
  sets: Record<string, SetRules>;
}

const NO_LATE_RULE: LateRule = {graceMinutes: 0, percentPerDay: 0, mostDays: 36_500};

/** The rules of a course that has none: no due time, a pass at half of the points. */
export const DEFAULT_RULES: CourseRules = {
  course: "",
  timeZone: "UTC",
  passPercent: 50,
  boundaries: [],
  borderPercent: 3,
  missing: "empty",
  late: NO_LATE_RULE,
  sets: {},
};

/** The rules of one problem set. */
export function rulesOfSet(rules: CourseRules, problemSet: string): SetRules {
  const given = Object.hasOwn(rules.sets, problemSet) ? rules.sets[problemSet] : undefined;
  return given ?? {due: undefined, canvasId: undefined, late: rules.late};
}

/**
 * Reads `course.json`. Every field may be missing; one that is not known is refused, since a typing
 * error would otherwise cost or save marks in silence.
 *
 * @throws SyntaxError if it is no JSON, or says something that it cannot
 */
export function courseRules(text: string): CourseRules {
  const fields = knownFields("course.json", parse(text), [
    ...["course", "timeZone", "passPercent", "boundaries", "borderPercent", "missing"],
    ...["late", "sets"],
  ]);
  const timeZone = knownZone(textIn(fields, "timeZone") ?? DEFAULT_RULES.timeZone);
  const late = lateRule("late", fields["late"], NO_LATE_RULE);
  const missing = fields["missing"] ?? DEFAULT_RULES.missing;
  if (missing !== "empty" && missing !== "zero") throw refused("missing", '"empty" or "zero"');
  const boundaries = fields["boundaries"] ?? [];
  if (!Array.isArray(boundaries)) throw refused("boundaries", "a list of percentages");
  return {
    course: textIn(fields, "course") ?? "",
    timeZone,
    passPercent: numberIn(fields, "passPercent", 100) ?? DEFAULT_RULES.passPercent,
    boundaries: boundaries.map((one) => numberIn({boundaries: one}, "boundaries", 100)!),
    borderPercent: numberIn(fields, "borderPercent", 100) ?? DEFAULT_RULES.borderPercent,
    missing,
    late,
    sets: Object.fromEntries(
      Object.entries(knownFields("sets", fields["sets"] ?? {})).map(([name, set]) => [
        problemSetName(name),
        setRules(name, set, {timeZone, late}),
      ]),
    ),
  };
}

function setRules(
  name: string,
  value: unknown,
  {timeZone, late}: Pick<CourseRules, "timeZone" | "late">,
): SetRules {
  const fields = knownFields(`sets.${name}`, value, ["due", "canvasId", "late"]);
  const due = textIn(fields, "due");
  if (due !== undefined) instantOf(due, timeZone);
  return {
    due,
    canvasId: numberIn(fields, "canvasId", Number.MAX_SAFE_INTEGER),
    late: lateRule(`sets.${name}.late`, fields["late"], late),
  };
}

function lateRule(where: string, value: unknown, otherwise: LateRule): LateRule {
  const fields = knownFields(where, value ?? {}, ["graceMinutes", "percentPerDay", "mostDays"]);
  return {
    graceMinutes: numberIn(fields, "graceMinutes", 1e6) ?? otherwise.graceMinutes,
    percentPerDay: numberIn(fields, "percentPerDay", 100) ?? otherwise.percentPerDay,
    mostDays: numberIn(fields, "mostDays", 1e6) ?? otherwise.mostDays,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`Cannot read course.json: ${(error as Error).message}`);
  }
}

function knownFields(
  where: string,
  value: unknown,
  names?: readonly string[],
): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SyntaxError(`Cannot read course.json: ${where} must be an object`);
  }
  const stray = names && Object.keys(value).find((name) => !names.includes(name));
  if (stray !== undefined) {
    throw new SyntaxError(
      `Cannot read course.json: ${where} has no "${stray}", only ${names!.join(", ")}`,
    );
  }
  return value as Record<string, unknown>;
}

function textIn(fields: Record<string, unknown>, name: string): string | undefined {
  const value = fields[name];
  if (value !== undefined && typeof value !== "string") throw refused(name, "a text");
  return value;
}

function numberIn(fields: Record<string, unknown>, name: string, most: number): number | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !(value >= 0 && value <= most)) {
    throw refused(name, `a number from 0 to ${most}`);
  }
  return value;
}

function refused(name: string, need: string): SyntaxError {
  return new SyntaxError(`Cannot read course.json: "${name}" must be ${need}`);
}
