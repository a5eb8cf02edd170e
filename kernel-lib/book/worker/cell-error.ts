import type {ErrorOutput} from "../../kernel/index.js";
import {inspectValue} from "../../kernel/values/index.js";
import {WORKER_STRINGS} from "../strings.js";

/**
 * A failure as the page shows it: class, message, and the line that the reader typed.
 *
 * @param label by which frames name the cell
 * @param source of the cell
 */
export function errorOutput(error: unknown, label: string, source: string): ErrorOutput {
  if (!(error instanceof Error)) {
    const evalue = inspectValue(error);
    return {output_type: "error", ename: WORKER_STRINGS.thrownValue, evalue, traceback: []};
  }
  const line = lineIn(label, String(error.stack ?? ""));
  const text = line === undefined ? undefined : source.split("\n")[line - 1];
  return {
    ...{output_type: "error", ename: error.name, evalue: error.message},
    traceback: text === undefined ? [] : [WORKER_STRINGS.line(line!, text.trim())],
  };
}

/** The innermost frame that lies in this cell. */
function lineIn(label: string, stack: string): number | undefined {
  const at = stack.indexOf(`${label}:`);
  if (at < 0) return undefined;
  const line = Number(/^\d+/.exec(stack.slice(at + label.length + 1))?.[0]);
  return line > 0 ? line : undefined;
}
