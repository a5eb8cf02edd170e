import {rulesOfSet} from "./course-rules.js";
import type {CourseRules} from "./course-rules.js";
import {csvText} from "./csv.js";
import {statusOf} from "./grade-lines.js";
import type {GradeLine, MarkedSubmission} from "./grade-lines.js";
import {showOf} from "./points.js";
import type {RosterRow} from "./roster.js";

/** Columns by which Moodle knows a person. */
const MOODLE_PEOPLE: readonly [column: string, fieldOf: (row: RosterRow) => string][] = [
  ["Username", (row) => row.hubId || row.student],
  ["ID number", (row) => row.lmsId],
  ["Email address", (row) => row.email],
  ["Full name", (row) => row.name],
];

/**
 * Canvas's own columns: Student, ID, SIS User ID, SIS Login ID, Section, then one column a set,
 * "ps03 (4711)" with Canvas's number of the assignment; below it the row "Points Possible". Canvas
 * refuses a file in which Section is not the last column before the marks.
 */
export function canvasTable(
  lines: readonly GradeLine[],
  sets: readonly string[],
  rules: CourseRules,
  partial: boolean,
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
 * For Grades › Import › CSV file in Moodle: map one of the first columns to the user's field of that
 * name, and each set's two columns to its grade and its feedback.
 *
 * Three traps of that importer: a line whose mapped field is empty changes the student of the line
 * above, so that a column stands here only if every line has it; one student who is not known stops
 * the whole import; a feedback without its grade deletes the grade.
 */
export function moodleTable(
  lines: readonly GradeLine[],
  sets: readonly string[],
  rules: CourseRules,
  partial: boolean,
): string {
  const people = MOODLE_PEOPLE.filter(([, fieldOf]) => lines.every(({row}) => fieldOf(row) !== ""));
  const pairs = sets.flatMap((set) => [set, `${set} feedback`]);
  const rows = lines.map(({row, bySet}) => [
    ...people.map(([, fieldOf]) => fieldOf(row)),
    ...sets.flatMap((set) => {
      const one = bySet.get(set);
      const mark = lmsMark(one, rules, partial);
      return [mark, mark === undefined ? "" : feedbackLine(one)];
    }),
  ]);
  return csvText([...people.map(([column]) => column), ...pairs], rows);
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

function maxOf(lines: readonly GradeLine[], set: string): number | undefined {
  return lines.find(({bySet}) => bySet.has(set))?.bySet.get(set)!.final.maxMark;
}
