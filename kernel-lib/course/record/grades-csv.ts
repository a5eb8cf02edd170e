import type {SubmissionResult} from "../grading/result.js";
import {rulesOfSet} from "./course-rules.js";
import type {CourseRules} from "./course-rules.js";
import {csvText, isFormula} from "./csv.js";
import type {CsvValue} from "./csv.js";
import type {FinalMark} from "./marks.js";
import {showOf} from "./points.js";
import {rosterRowOf} from "./roster.js";
import type {RosterRow} from "./roster.js";

/** One submission with the mark of record that was made for it. */
export interface MarkedSubmission {
  result: SubmissionResult;
  final: FinalMark;
}

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

type Status = "marked" | "waiting for a person" | "nothing handed in";

interface Line {
  row: RosterRow;
  inRoster: boolean;
  bySet: ReadonlyMap<string, MarkedSubmission>;
}

/**
 * `grades.csv` for people (one line a student and set, every part of the mark), and one file each
 * for the gradebooks of Canvas and Moodle, which take one line a student.
 *
 * A student of the roster who handed nothing in gets an empty cell (rule `missing`): Canvas and
 * Moodle then show "missing" and apply the course's own policy, while a typed 0 could not be told
 * from an earned one. In Canvas an empty cell also takes a mark back that stands there.
 *
 * A submission without a row in the roster stands in `grades.csv` alone and is named in the
 * warnings: an LMS would guess whose it is.
 */
export function gradeFiles(options: GradeFilesOptions): GradeFiles {
  const {submissions, roster, rules} = options;
  const sets = [...new Set(submissions.map(({result}) => result.problemSet))].sort();
  const lines = linesOf(submissions, roster);
  const known = lines.filter(({inRoster}) => inRoster || roster.length === 0);
  return {
    grades: gradesTable(lines, sets),
    canvas: canvasTable(known, sets, options),
    moodle: moodleTable(known, sets, options),
    warnings: warningsFor(lines, sets, {roster, rules}),
  };
}

/** The roster's order first, then strangers by id. */
function linesOf(submissions: readonly MarkedSubmission[], roster: readonly RosterRow[]): Line[] {
  const byStudent = new Map<RosterRow | string, Map<string, MarkedSubmission>>();
  for (const row of roster) byStudent.set(row, new Map());
  const strangers = new Set<string>();
  for (const one of ownFolderFirst(submissions, roster)) {
    const {student, problemSet} = one.result;
    const row = rosterRowOf(roster, student);
    const isTaken = row !== undefined && byStudent.get(row)!.has(problemSet);
    const key = row === undefined || isTaken ? student : row;
    if (key === student) strangers.add(student);
    if (!byStudent.has(key)) byStudent.set(key, new Map());
    byStudent.get(key)!.set(problemSet, one);
  }
  const line = (row: RosterRow, key: RosterRow | string, inRoster: boolean): Line => ({
    row,
    inRoster,
    bySet: byStudent.get(key)!,
  });
  const stranger = (student: string): RosterRow => ({
    ...{student, hubId: "", lmsId: "", name: "", email: "", section: ""},
  });
  return [
    ...roster.map((row) => line(row, row, true)),
    ...[...strangers].sort().map((student) => line(stranger(student), student, false)),
  ];
}

/** Whose folder bears the hub's id comes after: two folders of one student are for a person. */
function ownFolderFirst(
  submissions: readonly MarkedSubmission[],
  roster: readonly RosterRow[],
): MarkedSubmission[] {
  const folders = new Set(roster.map(({student}) => student.normalize("NFC")));
  const isOwn = ({result}: MarkedSubmission): boolean =>
    folders.has(result.student.normalize("NFC"));
  return [...submissions.filter(isOwn), ...submissions.filter((one) => !isOwn(one))];
}

const GRADES_COLUMNS = [
  ...["student", "name", "email", "section", "in_roster", "problem_set", "status"],
  ...["auto", "manual", "late_days", "penalty", "override", "mark", "max", "percent"],
  ...["waiting_for", "flags", "remarks"],
];

function gradesTable(lines: readonly Line[], sets: readonly string[]): string {
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

/**
 * Canvas's own columns: Student, ID, SIS User ID, SIS Login ID, Section, then one column a set,
 * "ps03 (4711)" with Canvas's number of the assignment; below it the row "Points Possible". Canvas
 * refuses a file in which Section is not the last column before the marks.
 */
function canvasTable(
  lines: readonly Line[],
  sets: readonly string[],
  {rules, partial}: GradeFilesOptions,
): string {
  const headings = sets.map((set) => {
    const {canvasId} = rulesOfSet(rules, set);
    return canvasId === undefined ? set : `${set} (${canvasId})`;
  });
  const columns = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", ...headings];
  const possible = sets.map((set) => maxOf(lines, set));
  const rows = lines.map(({row, bySet}) => {
    // Canvas reads the digits at the start of an ID and drops the rest: "12ab" would be student 12.
    const isNumber = /^\d+$/.test(row.lmsId);
    return [
      row.name || row.student,
      isNumber ? row.lmsId : "",
      isNumber ? "" : row.lmsId,
      row.hubId || row.student,
      row.section,
      ...sets.map((set) => lmsMark(bySet.get(set), rules, partial)),
    ];
  });
  return csvText(columns, [["    Points Possible", "", "", "", "", ...possible], ...rows]);
}

/**
 * For Grades › Import › CSV file in Moodle: map "Email address" to the user's email, or "ID number"
 * to the user's ID number, and each set's two columns to its grade and its feedback. A feedback
 * imported without its grade deletes the grade, so a cell without a mark has no feedback either.
 */
function moodleTable(
  lines: readonly Line[],
  sets: readonly string[],
  {rules, partial}: GradeFilesOptions,
): string {
  const pairs = sets.flatMap((set) => [set, `${set} feedback`]);
  const rows = lines.map(({row, bySet}) => [
    row.hubId || row.student,
    row.lmsId,
    row.email,
    row.name,
    ...sets.flatMap((set) => {
      const one = bySet.get(set);
      const mark = lmsMark(one, rules, partial);
      return [mark, mark === undefined ? "" : feedbackLine(one)];
    }),
  ]);
  return csvText(["Identifier", "ID number", "Email address", "Full name", ...pairs], rows);
}

function statusOf(one: MarkedSubmission | undefined): Status {
  if (one === undefined) return "nothing handed in";
  return one.final.waiting.length > 0 ? "waiting for a person" : "marked";
}

function lmsMark(
  one: MarkedSubmission | undefined,
  {missing}: CourseRules,
  partial: boolean,
): number | undefined {
  if (one === undefined) return missing === "zero" ? 0 : undefined;
  return statusOf(one) === "marked" || partial ? one.final.mark : undefined;
}

/** In words, since a gradebook shows one number only. */
function feedbackLine(one: MarkedSubmission | undefined): string {
  if (one === undefined) return "Nothing was handed in.";
  const {final} = one;
  if (final.override !== undefined) return `Decided by a person: ${final.override.comment}`;
  const parts = final.questions.map(({id, score, maxScore}) => `${id} ${showOf(score, maxScore)}`);
  const late = final.penalty > 0 ? ` Late: ${final.late.because}` : "";
  return `${parts.join(", ")}.${late}`;
}

function maxOf(lines: readonly Line[], set: string): number | undefined {
  return lines.find(({bySet}) => bySet.has(set))?.bySet.get(set)!.final.maxMark;
}

function warningsFor(
  lines: readonly Line[],
  sets: readonly string[],
  {roster, rules}: Pick<GradeFilesOptions, "roster" | "rules">,
): string[] {
  if (roster.length === 0) return ["There is no roster: the LMS's files carry folder names only."];
  const strangers = lines.filter(({inRoster}) => !inRoster).map(({row}) => row.student);
  const known = lines.filter(({inRoster}) => inRoster);
  const noId = known.filter(({row}) => row.lmsId === "" && row.email === "");
  const formulas = known.filter(({row}) => Object.values(row).some((text) => isFormula(text)));
  const noNumber = sets.filter((set) => rulesOfSet(rules, set).canvasId === undefined);
  return [
    ...strangers.map((student) =>
      rosterRowOf(roster, student) === undefined
        ? `${student} handed in, but is not in the roster.`
        : `${student} handed in too, under another name of one student: choose which counts.`,
    ),
    ...noId.map(({row}) => `${row.student} has neither lms_id nor email in the roster.`),
    ...formulas.map(
      ({row}) => `${row.student}: a text like a formula got an apostrophe before it.`,
    ),
    ...noNumber.map((set) => `${set} has no canvasId in course.json: Canvas will ask which it is.`),
  ];
}
