import type {QuestionResult, SubmissionResult} from "../grading/result.js";
import type {CourseRules} from "./course-rules.js";
import {lateness, penaltyOf} from "./lateness.js";
import type {Lateness} from "./lateness.js";
import {entriesAbout, lastOf} from "./mark-log.js";
import type {Decision, MarkEntry, MarkLog} from "./mark-log.js";
import {percentOf, roundPoints, showOf, showPoints, sumPoints} from "./points.js";

/** What a person gave for a question. */
export interface PersonsPoints {
  points: number;
  by: string;
  /** ISO 8601 in UTC. */
  when: string;
  comment: string;
}

/** One question's share of a final mark. */
export interface QuestionMark {
  id: string;
  title: string;
  tier: 1 | 2 | 3;
  /** A person marks it. */
  manual: boolean;
  /** What hidden tests gave. */
  auto: number;
  /** What a person gave; it stands in place of what the tests gave. */
  person: PersonsPoints | undefined;
  /** What counts. */
  score: number;
  maxScore: number;
}

/** A mark of record with all its parts: `mark` is `auto` + `manual` − `penalty`, or the override. */
export interface FinalMark {
  student: string;
  problemSet: string;
  questions: QuestionMark[];
  /** Points by hidden tests. */
  auto: number;
  /** What people added to that; below 0 where they took some. */
  manual: number;
  /** `auto` + `manual`. */
  reached: number;
  late: Lateness;
  /** Points that lateness takes. */
  penalty: number;
  /** A person's decision about the whole; it stands in place of the parts. */
  override: PersonsPoints | undefined;
  mark: number;
  /** What all questions are worth, those that people mark included. */
  maxMark: number;
  /** `mark` in percent of `maxMark`. */
  percent: number;
  /** Ids of questions that still wait for a person; none where an override decides. */
  waiting: string[];
  /** Comments of regrades and notes, oldest first. */
  notes: string[];
  /** Entries that do not fit the set, as sentences. */
  strays: string[];
}

/**
 * The mark of record of one submission. It depends on nothing but its arguments: the same record,
 * log and rules give the same mark.
 */
export function finalMark(result: SubmissionResult, log: MarkLog, rules: CourseRules): FinalMark {
  const entries = entriesAbout(log, result);
  const questions = result.questions.map((question) => questionMark(question, entries));
  const auto = sumPoints(questions.map((question) => question.auto));
  const reached = sumPoints(questions.map((question) => question.score));
  const late = lateness(result.problemSet, entries, rules);
  const penalty = penaltyOf(reached, late.percent);
  const override = overrideIn(entries);
  const mark = override === undefined ? sumPoints([reached, -penalty]) : override.points;
  const maxMark = sumPoints(questions.map((question) => question.maxScore));
  const waiting = questions.filter(({manual, person}) => manual && person === undefined);
  return {
    student: result.student,
    problemSet: result.problemSet,
    questions,
    auto,
    manual: sumPoints([reached, -auto]),
    reached,
    late,
    penalty,
    override,
    mark,
    maxMark,
    percent: percentOf(mark, maxMark),
    waiting: override === undefined ? waiting.map(({id}) => id) : [],
    notes: entries.filter(({kind}) => /^(note|regrade)$/.test(kind)).map(({comment}) => comment),
    strays: straysIn(entries, result),
  };
}

/**
 * A decision to give points, checked against the record.
 *
 * @throws RangeError if the set has no such question, or the points are not from 0 to its most
 */
export function pointsDecision(
  result: SubmissionResult,
  {question, points, comment}: {question: string; points: number | null; comment: string},
): Decision {
  const found = result.questions.find(({id}) => id === question);
  if (found === undefined) {
    const ids = result.questions.map(({id}) => id).join(", ");
    throw new RangeError(`Cannot mark ${question}: ${result.problemSet} has ${ids}`);
  }
  if (points !== null && !(points >= 0 && points <= found.maxScore)) {
    throw new RangeError(
      `Cannot mark ${question}: need points from 0 to ${showPoints(found.maxScore)}, got ${points}`,
    );
  }
  return {kind: "points", question, points: points && roundPoints(points), comment};
}

/** A decision about the whole mark. @throws RangeError if it is not from 0 to the set's most */
export function overrideDecision(
  result: SubmissionResult,
  {mark, comment}: {mark: number | null; comment: string},
): Decision {
  const most = sumPoints(result.questions.map(({maxScore}) => maxScore));
  if (mark !== null && !(mark >= 0 && mark <= most)) {
    throw new RangeError(`Cannot override: need a mark from 0 to ${showPoints(most)}, got ${mark}`);
  }
  return {kind: "override", mark: mark && roundPoints(mark), comment};
}

/** What a regrade by the engine changed, as an entry of the log. */
export function regradeDecision(
  before: SubmissionResult,
  after: SubmissionResult,
  why: string,
): Decision {
  const state = ({digest, score}: SubmissionResult) => ({digest, score: roundPoints(score)});
  const change = `${showPoints(before.score)} to ${showPoints(after.score)} points by tests`;
  return {
    kind: "regrade",
    before: state(before),
    after: state(after),
    comment: `Graded anew, ${change}: ${why}`,
  };
}

function questionMark(question: QuestionResult, entries: readonly MarkEntry[]): QuestionMark {
  const mine = entries.filter((entry) => entry.kind === "points" && entry.question === question.id);
  const last = lastOf(mine, "points");
  const person =
    last === undefined || last.points === null ? undefined : personsPoints(last, last.points);
  const auto = roundPoints(question.score);
  return {
    id: question.id,
    title: question.title,
    tier: question.tier,
    manual: question.manual,
    auto,
    person,
    score: person?.points ?? auto,
    maxScore: roundPoints(question.maxScore),
  };
}

function overrideIn(entries: readonly MarkEntry[]): PersonsPoints | undefined {
  const last = lastOf(entries, "override");
  if (last === undefined || last.mark === null) return undefined;
  return personsPoints(last, last.mark);
}

function personsPoints({by, when, comment}: MarkEntry, points: number): PersonsPoints {
  return {points: roundPoints(points), by, when, comment};
}

/** A set that changed after it was marked can leave entries that fit no longer. */
function straysIn(entries: readonly MarkEntry[], {questions}: SubmissionResult): string[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== "points" || entry.points === null) return [];
    const question = questions.find(({id}) => id === entry.question);
    const entryName = `entry ${entry.number}`;
    if (question === undefined) {
      return [`${entryName} marks ${entry.question}, which the set does not have`];
    }
    if (entry.points <= question.maxScore) return [];
    const given = showOf(entry.points, question.maxScore);
    return [`${entryName} gives ${given} points for ${entry.question}`];
  });
}
