import type {ErrorOutput} from "../../kernel/index.js";
import {inspectValue} from "../../kernel/values/index.js";
import {WORKER_STRINGS} from "../strings.js";

/** A chain of causes may be a ring, and an error may have many parts. */
const MOST_CAUSES = 5;

/**
 * A failure as the page shows it: class, message, the line that the reader typed, and what caused it.
 * Never throws, whatever was thrown.
 *
 * @param label by which frames name the cell
 * @param source of the cell
 */
export function errorOutput(error: unknown, label: string, source: string): ErrorOutput {
  if (!isError(error)) {
    const evalue = textOf(() => inspectValue(error));
    return {output_type: "error", ename: WORKER_STRINGS.thrownValue, evalue, traceback: []};
  }
  const line = lineIn(
    label,
    textOf(() => error.stack),
  );
  const text = line === undefined ? undefined : source.split("\n")[line - 1];
  return {
    ...{output_type: "error", ename: nameOf(error), evalue: textOf(() => error.message)},
    traceback: [
      ...(text === undefined ? [] : [WORKER_STRINGS.line(line!, text.trim())]),
      ...reasons(error),
    ],
  };
}

/** The innermost frame that lies in this cell. */
function lineIn(label: string, stack: string): number | undefined {
  const at = stack.indexOf(`${label}:`);
  if (at < 0) return undefined;
  const line = Number(/^\d+/.exec(stack.slice(at + label.length + 1))?.[0]);
  return line > 0 ? line : undefined;
}

/** What an error says it was caused by or consists of, a line each. */
function reasons(error: Error, depth = 0): string[] {
  if (depth === MOST_CAUSES) return [];
  const describe = (word: string, inner: unknown): string[] =>
    isError(inner)
      ? [`${word}: ${nameOf(inner)}: ${textOf(() => inner.message)}`, ...reasons(inner, depth + 1)]
      : [];
  try {
    const parts = "errors" in error && Array.isArray(error.errors) ? error.errors : [];
    return [
      ...describe(WORKER_STRINGS.causedBy, error.cause),
      ...parts
        .slice(0, MOST_CAUSES)
        .flatMap((part: unknown) => describe(WORKER_STRINGS.oneOf, part)),
    ];
  } catch {
    return [];
  }
}

function nameOf(error: Error): string {
  return textOf(() => error.name || error.constructor.name);
}

function isError(value: unknown): value is Error {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}

/** A property may be a getter that throws, and be no text. */
function textOf(read: () => unknown): string {
  try {
    return String(read() ?? "");
  } catch {
    return WORKER_STRINGS.unreadable;
  }
}
