import {rulesOfSet} from "./course-rules.js";
import type {CourseRules} from "./course-rules.js";
import {instantOf, isoTime, localTime, startedDays} from "./due-time.js";
import {lastOf} from "./mark-log.js";
import type {MarkEntry} from "./mark-log.js";
import {hundredths} from "./points.js";

/** Whether a submission was late, and what that costs. */
export interface Lateness {
  /** ISO 8601 in UTC; absent where nothing is due. */
  due: string | undefined;
  /** ISO 8601 in UTC; absent where nobody knows. */
  handedIn: string | undefined;
  /** 0 on time or within the grace minutes. */
  startedDays: number;
  /** Percent of the points reached that are taken, at most 100. */
  percent: number;
  /** One sentence for the student. */
  because: string;
}

/**
 * The lateness of one submission. On time is up to and with the due second, plus the grace minutes;
 * after them days are counted from the due time, by the clock of the course's zone.
 *
 * @param entries about this submission, oldest first: the last extension and the last time of
 *   handing in count
 */
export function lateness(
  problemSet: string,
  entries: readonly MarkEntry[],
  rules: CourseRules,
): Lateness {
  const zone = rules.timeZone;
  const {due: dueOfSet, late} = rulesOfSet(rules, problemSet);
  const dueText = lastOf(entries, "extension")?.due ?? dueOfSet;
  const atText = lastOf(entries, "handed-in")?.at;
  const at = atText === undefined ? undefined : instantOf(atText, "UTC");
  const due = dueText === undefined ? undefined : instantOf(dueText, zone);
  const known = {
    due: due === undefined ? undefined : isoTime(due),
    handedIn: at === undefined ? undefined : isoTime(at),
  };
  const onTime = (because: string): Lateness => ({...known, startedDays: 0, percent: 0, because});
  if (due === undefined) return onTime("No due time is set.");
  if (at === undefined) return onTime("The time of handing in is not known: nothing is taken.");
  const times = `handed in ${localTime(at, zone)}, due ${localTime(due, zone)}, ${zone}`;
  if (at <= due) return onTime(`On time: ${times}.`);
  if (at <= due + late.graceMinutes * 60_000) {
    return onTime(`Within ${late.graceMinutes} minutes of grace: ${times}.`);
  }
  const days = startedDays(due, at, zone);
  const tooLate = days > late.mostDays;
  const percent = tooLate ? 100 : Math.min(100, days * late.percentPerDay);
  const started = `${days} started ${days === 1 ? "day" : "days"} late`;
  const rule = tooLate
    ? `after ${late.mostDays} days nothing counts`
    : percent === 0
      ? "nothing is taken"
      : `each takes ${late.percentPerDay} % of the points reached`;
  return {...known, startedDays: days, percent, because: `${started} (${times}); ${rule}.`};
}

/** The points that lateness takes; half a hundredth is left to the student. */
export function penaltyOf(reached: number, percent: number): number {
  const exact = Number(((hundredths(reached) * percent) / 100).toFixed(6));
  return Math.ceil(exact - 0.5) / 100 + 0;
}
