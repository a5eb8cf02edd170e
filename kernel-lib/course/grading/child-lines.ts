import type {Output} from "../../kernel/index.js";
import {MAX_ANSWER_LENGTH} from "../answer.js";
import {ANSWER_TYPE} from "../question.js";

/** An answer as it came out of a submission: a claim, to be judged. */
export interface HandedIn {
  /** As in "q3": what the submission says it answers. */
  question: string;
  /** JSON of an `Answer`, unread. */
  json: string;
}

/** What the process of a submission reports. */
export type ChildLine =
  | {kind: "begin"; cell: string}
  | {
      kind: "cell";
      cell: string;
      ok: boolean;
      /** Texts only, cut. */
      outputs: Output[];
      /** The last one that the cell emitted. */
      answer: HandedIn | undefined;
    }
  | {kind: "end"};

/** Of what one cell writes or shows as text no more is kept, in UTF-16 units. */
export const MAX_TEXT_LENGTH: number = 64 * 2 ** 10;

/** Outputs of one cell beyond this number are not kept. */
const MAX_OUTPUTS = 200;

/** `{"ok":true,"value":…}` around the answer itself. */
const MAX_JSON_LENGTH = MAX_ANSWER_LENGTH + 64;

/** An answer as a text within JSON is up to twice as long, and there may be 64 KiB of escapes. */
const MAX_LINE_LENGTH = 3 * 2 ** 20;

/** Ours nest five deep. A million brackets take `JSON.parse` a second and much memory. */
const MAX_DEPTH = 8;

/** The line for a cell that ended: its texts, and its last answer. Pictures and HTML stay behind. */
export function cellLine({
  id,
  ok,
  outputs,
}: {
  id: string;
  ok: boolean;
  outputs: Output[];
}): ChildLine {
  const answers = outputs.flatMap((output) => {
    const answer = "data" in output ? checkedAnswer(output.data[ANSWER_TYPE]) : undefined;
    return answer === undefined ? [] : [answer];
  });
  return {kind: "cell", cell: id, ok, outputs: keptOutputs(outputs), answer: answers.at(-1)};
}

/**
 * Reads a line from the channel of a submission. Every byte of it may be the submission's own doing,
 * so whatever is taken is checked and built anew.
 *
 * @returns undefined for a line that is none of ours
 */
export function parseChildLine(text: string): ChildLine | undefined {
  const line = parsed(text);
  if (!isRecord(line)) return undefined;
  const {kind, cell, ok, outputs, answer} = line;
  if (kind === "end") return {kind};
  if (typeof cell !== "string") return undefined;
  if (kind === "begin") return {kind, cell};
  if (kind !== "cell" || typeof ok !== "boolean" || !Array.isArray(outputs)) return undefined;
  return {kind, cell, ok, outputs: keptOutputs(outputs), answer: checkedAnswer(answer)};
}

function parsed(text: string): unknown {
  if (text.length > MAX_LINE_LENGTH || !isShallow(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether brackets, other than those in texts, nest no deeper than ours. */
function isShallow(json: string): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '"') inText = !inText;
    else if (inText && character === "\\") at++;
    else if (!inText && (character === "[" || character === "{")) depth++;
    else if (!inText && (character === "]" || character === "}")) depth--;
    if (depth > MAX_DEPTH) return false;
  }
  return true;
}

function checkedAnswer(answer: unknown): HandedIn | undefined {
  if (!isRecord(answer)) return undefined;
  const {question, json} = answer;
  if (typeof question !== "string" || typeof json !== "string") return undefined;
  return json.length > MAX_JSON_LENGTH ? undefined : {question, json};
}

function keptOutputs(outputs: readonly unknown[]): Output[] {
  let room = MAX_TEXT_LENGTH;
  const cut = (text: unknown): string => {
    const kept = (typeof text === "string" ? text : "").slice(0, room);
    room -= kept.length;
    return kept;
  };
  return outputs
    .slice(0, MAX_OUTPUTS)
    .map((output) => keptOutput(output, cut))
    .filter((output) => output !== undefined);
}

function keptOutput(output: unknown, cut: (text: unknown) => string): Output | undefined {
  if (!isRecord(output)) return undefined;
  switch (output["output_type"]) {
    case "stream": {
      const name = output["name"] === "stderr" ? "stderr" : "stdout";
      return {output_type: "stream", name, text: cut(output["text"])};
    }
    case "error": {
      const {ename, evalue, traceback} = output;
      const lines = Array.isArray(traceback) ? traceback.slice(0, MAX_OUTPUTS) : [];
      return {
        ...{output_type: "error", ename: cut(ename), evalue: cut(evalue)},
        traceback: lines.map(cut),
      };
    }
    case "display_data":
    case "execute_result": {
      const data = isRecord(output["data"]) ? output["data"] : {};
      if (typeof data["text/plain"] !== "string") return undefined;
      const shown = {"text/plain": cut(data["text/plain"])};
      return {output_type: "display_data", data: shown, metadata: {}};
    }
    default:
      return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
