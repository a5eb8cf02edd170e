import {rulesOfSet} from "./course-rules.js";
import type {CourseRules} from "./course-rules.js";
import {csvText, isFormula} from "./csv.js";
import type {CsvValue} from "./csv.js";
import {linesOf, statusOf} from "./grade-lines.js";
import type {GradeLine, MarkedSubmission} from "./grade-lines.js";
import {canvasTable, moodleTable} from "./lms-tables.js";
import {rosterRowOf} from "./roster.js";
import type {RosterRow} from "./roster.js";

export interface GradeFilesOptions {
  submissions: readonly MarkedSubmission[];
  roster: readonly RosterRow[];
  rules: CourseRules;
  /** Whether an LMS gets marks that still wait for a person; else such cells are empty. */
  partial: boolean;
}

/** Texts of the three files, and what a person should know before uploading one. */
export interface GradeFiles {
  grades: string;
  canvas: string;
  moodle: string;
  warnings: string[];
}

/**
 * `grades.csv` for people (one line a student and set, every part of the mark), and one file each
 * for the gradebooks of Canvas and Moodle, which take one line a student.
 *
 * A student of the roster who handed nothing in gets an empty cell (rule `missing`): Canvas and
 * Moodle then show "missing" and apply the course's own policy, while a typed 0 could not be told
 * from an earned one. An empty cell also takes back a mark that stands in the gradebook.
 *
 * A submission without a row in the roster stands in `grades.csv` alone and is named in the
 * warnings: Canvas would guess whose it is by the name, and Moodle would refuse the whole file.
 */
export function gradeFiles(options: GradeFilesOptions): GradeFiles {
  const {submissions, roster, rules, partial} = options;
  const sets = [...new Set(submissions.map(({result}) => result.problemSet))].sort();
  const lines = linesOf(submissions, roster);
  const known = lines.filter(({inRoster}) => inRoster || roster.length === 0);
  return {
    grades: gradesTable(lines, sets),
    canvas: canvasTable(known, sets, rules, partial),
    moodle: moodleTable(known, sets, rules, partial),
    warnings: warningsFor(lines, sets, {roster, rules}),
  };
}

const GRADES_COLUMNS = [
  ...["student", "name", "email", "section", "in_roster", "problem_set", "status"],
  ...["auto", "manual", "late_days", "penalty", "override", "mark", "max", "percent"],
  ...["waiting_for", "flags", "remarks"],
];

function gradesTable(lines: readonly GradeLine[], sets: readonly string[]): string {
  const rows = lines.flatMap(({row, inRoster, bySet}) =>
    sets
      .filter((set) => inRoster || bySet.has(set))
      .map((set) => {
        const one = bySet.get(set);
        const who = [row.student, row.name, row.email, row.section, inRoster ? "yes" : "no", set];
        return [...who, statusOf(one), ...partsOf(one)];
      }),
  );
  return csvText(GRADES_COLUMNS, rows);
}

function partsOf(one: MarkedSubmission | undefined): CsvValue[] {
  if (one === undefined) return Array<CsvValue>(11).fill(undefined);
  const {result, final} = one;
  return [
    final.auto,
    final.manual,
    final.late.startedDays,
    final.penalty,
    final.override?.points,
    final.mark,
    final.maxMark,
    final.percent,
    final.waiting.join(" "),
    [...new Set(result.flags.map(({kind}) => kind))].join(" "),
    [...final.strays, ...final.notes].join("; "),
  ];
}

function warningsFor(
  lines: readonly GradeLine[],
  sets: readonly string[],
  {roster, rules}: Pick<GradeFilesOptions, "roster" | "rules">,
): string[] {
  if (roster.length === 0) return ["There is no roster: the LMS's files carry folder names only."];
  const strangers = lines.filter(({inRoster}) => !inRoster).map(({row}) => row.student);
  const known = lines.filter(({inRoster}) => inRoster);
  const noId = known.filter(({row}) => row.lmsId === "" && row.email === "");
  const gaps = [
    ...(known.some(({row}) => row.email === "") ? ["Email address"] : []),
    ...(known.some(({row}) => row.lmsId === "") ? ["ID number"] : []),
  ];
  const formulas = known.filter(({row}) => Object.values(row).some((text) => isFormula(text)));
  const noNumber = sets.filter((set) => rulesOfSet(rules, set).canvasId === undefined);
  return [
    ...strangers.map((student) =>
      rosterRowOf(roster, student) === undefined
        ? `${student} handed in, but is not in the roster.`
        : `${student} handed in too, under another name of one student: choose which counts.`,
    ),
    ...noId.map(({row}) => `${row.student} has neither lms_id nor email in the roster.`),
    ...gaps.map(
      (column) => `Moodle's file has no ${column}: not every student of the roster has one.`,
    ),
    ...formulas.map(
      ({row}) => `${row.student}: a text like a formula got an apostrophe before it.`,
    ),
    ...noNumber.map((set) => `${set} has no canvasId in course.json: Canvas will ask which it is.`),
  ];
}
