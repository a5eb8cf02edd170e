import {instantOf} from "./due-time.js";

/** What a person decided about one submission. */
export type Decision =
  /** Points for a question; `null` takes an earlier entry back. */
  | {kind: "points"; question: string; points: number | null; comment: string}
  /** The whole mark, whatever parts and penalties say; `null` takes it back. */
  | {kind: "override"; mark: number | null; comment: string}
  /** Another due time for this student. */
  | {kind: "extension"; due: string; comment: string}
  /** When the work was handed in, as in nbgrader's `timestamp.txt`. */
  | {kind: "handed-in"; at: string; comment: string}
  /** The engine graded this submission anew. */
  | {kind: "regrade"; before: GradingState; after: GradingState; comment: string}
  /** Anything else that belongs into the record, as the outcome of second marking. */
  | {kind: "note"; comment: string};

/** What a grading run said, as far as a regrade changes it. */
export interface GradingState {
  digest: string;
  score: number;
}

/** One line of the record: it is never changed, only followed by another. */
export type MarkEntry = Decision & {
  /** 1, 2, 3, … in the order of writing. */
  number: number;
  /** ISO 8601 in UTC. */
  when: string;
  /** Who decided. */
  by: string;
  student: string;
  problemSet: string;
};

/** Whom an entry is about. */
export interface MarkTarget {
  student: string;
  problemSet: string;
}

/** What `marks.json` holds: all decisions of people, oldest first. */
export interface MarkLog {
  format: 1;
  entries: readonly MarkEntry[];
}

/** No decision yet. */
export const EMPTY_LOG: MarkLog = {format: 1, entries: []};

const KINDS = ["points", "override", "extension", "handed-in", "regrade", "note"];

/**
 * A log with one entry more at its end. No clock is read here: who writes says when.
 *
 * @throws RangeError if nobody signs, a comment is missing where a mark is changed, or `when` lies
 *   before the last entry
 */
export function withEntry(
  log: MarkLog,
  target: MarkTarget,
  decision: Decision,
  signature: {by: string; when: string},
): MarkLog {
  const by = signature.by.trim();
  if (by === "") throw new RangeError("Cannot write a mark: need the name of who decides");
  if (decision.kind !== "handed-in" && decision.comment.trim() === "") {
    throw new RangeError("Cannot write a mark: need a comment that says why");
  }
  const entry = {
    number: log.entries.length + 1,
    when: signature.when,
    by,
    ...target,
    ...decision,
  } as MarkEntry;
  const entries = [...log.entries, entry];
  checkOrder(entries);
  return {format: 1, entries};
}

/** As `marks.json` holds it, one entry a line, so that a diff shows what was added. */
export function markLogText({entries}: MarkLog): string {
  const lines = entries.map((entry) => ` ${JSON.stringify(entry)}`);
  return `{"format": 1, "entries": [\n${lines.join(",\n")}\n]}\n`;
}

/**
 * Reads `marks.json`.
 *
 * @throws SyntaxError if it is none, or an entry was taken out, moved or cut
 */
export function parseMarkLog(text: string): MarkLog {
  const {format, entries} = parse(text);
  if (format !== 1 || !Array.isArray(entries)) {
    throw new SyntaxError("Cannot read marks.json: need format 1 and a list of entries");
  }
  entries.forEach(checkEntry);
  checkOrder(entries as MarkEntry[]);
  return {format: 1, entries: entries as MarkEntry[]};
}

/** The entries about one submission, oldest first. */
export function entriesAbout(log: MarkLog, {student, problemSet}: MarkTarget): MarkEntry[] {
  return log.entries.filter(
    (entry) => entry.student === student && entry.problemSet === problemSet,
  );
}

/** The latest entry of one kind: it is the one that counts. */
export function lastOf<K extends Decision["kind"]>(
  entries: readonly MarkEntry[],
  kind: K,
): Extract<MarkEntry, {kind: K}> | undefined {
  return entries.filter((entry) => entry.kind === kind).at(-1) as
    Extract<MarkEntry, {kind: K}> | undefined;
}

function parse(text: string): {format?: unknown; entries?: unknown} {
  try {
    return (JSON.parse(text) ?? {}) as object;
  } catch (error) {
    throw new SyntaxError(`Cannot read marks.json: ${(error as Error).message}`);
  }
}

function checkEntry(entry: unknown, index: number): void {
  const fields = (entry ?? {}) as Record<string, unknown>;
  const texts = ["when", "by", "student", "problemSet", "comment"];
  const wrong =
    fields["number"] !== index + 1
      ? `need the number ${index + 1}, got ${String(fields["number"])}`
      : !KINDS.includes(fields["kind"] as string)
        ? `no such kind: ${String(fields["kind"])}`
        : texts.find((name) => typeof fields[name] !== "string");
  if (wrong !== undefined) {
    throw new SyntaxError(`Cannot read marks.json: entry ${index + 1}: ${wrong}`);
  }
  checkAmount(fields["points"], index);
  checkAmount(fields["mark"], index);
}

function checkAmount(value: unknown, index: number): void {
  if (value === undefined || value === null || (Number.isFinite(value) && Number(value) >= 0))
    return;
  throw new SyntaxError(`Cannot read marks.json: entry ${index + 1}: no points: ${String(value)}`);
}

function checkOrder(entries: readonly MarkEntry[]): void {
  let last = -Infinity;
  for (const {number, when} of entries) {
    const instant = instantOf(when, "UTC");
    if (instant < last) {
      throw new RangeError(`Cannot keep the record: entry ${number} is older than the one before`);
    }
    last = instant;
  }
}
