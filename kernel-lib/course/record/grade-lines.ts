import type {SubmissionResult} from "../grading/result.js";
import type {FinalMark} from "./marks.js";
import {rosterRowOf} from "./roster.js";
import type {RosterRow} from "./roster.js";

/** One submission with the mark of record that was made for it. */
export interface MarkedSubmission {
  result: SubmissionResult;
  final: FinalMark;
}

export type GradeStatus = "marked" | "waiting for a person" | "nothing handed in";

/** One student of a table. */
export interface GradeLine {
  row: RosterRow;
  /** Else the folder's name is all that is known. */
  inRoster: boolean;
  /** What was handed in, by problem set. */
  bySet: ReadonlyMap<string, MarkedSubmission>;
}

/** The roster's order first, then strangers by id. */
export function linesOf(
  submissions: readonly MarkedSubmission[],
  roster: readonly RosterRow[],
): GradeLine[] {
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
  const line = (row: RosterRow, key: RosterRow | string, inRoster: boolean): GradeLine => ({
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

/** What stands in the way of a mark. */
export function statusOf(one: MarkedSubmission | undefined): GradeStatus {
  if (one === undefined) return "nothing handed in";
  return one.final.waiting.length > 0 ? "waiting for a person" : "marked";
}
