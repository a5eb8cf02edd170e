const DAY_MS = 86_400_000;
const FORM = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(\S*)$/;
const OFFSET = /^([+-])(\d\d):?(\d\d)?$/;

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The instant that a text names, in milliseconds since 1970, to the whole second (a fraction is
 * dropped, so that all of the due second is still on time).
 *
 * The text is ISO 8601, or what nbgrader writes into `timestamp.txt`: "2026-11-30 22:59:00.123456
 * UTC". A zone is "Z", "UTC", an offset, or an IANA name as in "Europe/Vienna"; abbreviations such
 * as CEST are refused, since they are not unique.
 *
 * @param zone in which a text without a zone is meant. nbgrader means UTC.
 * @throws SyntaxError if the text is no time, or its zone is not known
 *
 * A clock time that comes twice in a night is the later of the two, and one that never comes is
 * read before the clock was put forward: both to the student's advantage.
 */
export function instantOf(text: string, zone: string): number {
  const [, year, month, day, hour, minute, second = "0", given = ""] = FORM.exec(text.trim()) ?? [];
  const fields = [year, month, day, hour, minute, second].map(Number);
  const clock = Date.UTC(fields[0]!, fields[1]! - 1, fields[2], fields[3], fields[4], fields[5]);
  if (Number.isNaN(clock) || !isRealTime(clock, fields)) {
    throw new SyntaxError(
      `Cannot read the time ${JSON.stringify(text)}: need one as in 2026-11-30T23:59:00`,
    );
  }
  const offset = OFFSET.exec(given);
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return clock - (offset[1] === "-" ? -minutes : minutes) * 60_000;
  }
  return instantOfClock(clock, knownZone(/^(Z|GMT)$/i.test(given) ? "UTC" : given || zone));
}

/** An instant as ISO 8601 in UTC, to the second: "2026-11-30T22:59:00Z". */
export function isoTime(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/** An instant as the clock of that zone shows it: "2026-11-30 23:59:00". */
export function localTime(instant: number, zone: string): string {
  const iso = isoTime(instant + offsetAt(instant, zone));
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
}

/**
 * How many days have begun since a due time: 0 up to and with the due second, then 1 for as long as
 * the clock of the zone has not reached the due hour again, and so on. Where the clock is changed a
 * day has 23 or 25 hours.
 */
export function startedDays(due: number, handedIn: number, zone: string): number {
  if (handedIn <= due) return 0;
  const clock = due + offsetAt(due, zone);
  let days = Math.max(1, Math.floor((handedIn - due) / DAY_MS) - 1);
  while (handedIn > instantOfClock(clock + days * DAY_MS, zone)) days++;
  return days;
}

/** @throws SyntaxError if there is no such zone */
export function knownZone(zone: string): string {
  try {
    formatFor(zone);
    return zone;
  } catch {
    throw new SyntaxError(
      `Cannot use the time zone ${JSON.stringify(zone)}: need UTC, an offset, or a name as in ` +
        "Europe/Vienna",
    );
  }
}

/** 30 February and 25:00 become other times in Date.UTC. */
function isRealTime(clock: number, fields: readonly number[]): boolean {
  const date = new Date(clock);
  return (
    date.getUTCMonth() + 1 === fields[1] &&
    date.getUTCDate() === fields[2] &&
    date.getUTCHours() === fields[3] &&
    date.getUTCMinutes() === fields[4] &&
    date.getUTCSeconds() === fields[5]
  );
}

/** @param clock what the zone's clock shows, as if it were UTC */
function instantOfClock(clock: number, zone: string): number {
  const offsets = [clock - DAY_MS, clock + DAY_MS].map((near) => offsetAt(near, zone));
  const instants = offsets.map((offset) => clock - offset);
  const real = instants.filter((instant) => instant + offsetAt(instant, zone) === clock);
  return Math.max(...(real.length > 0 ? real : instants));
}

/** How far the zone's clock is ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const parts = formatFor(zone).formatToParts(instant);
  const field = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(
    field("year"),
    field("month") - 1,
    field("day"),
    field("hour"),
    field("minute"),
    field("second"),
  );
  return shown - Math.floor(instant / 1000) * 1000;
}

function formatFor(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-u-ca-iso8601", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
  }
  return format;
}
