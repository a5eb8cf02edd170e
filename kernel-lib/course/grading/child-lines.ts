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

/**
 * Reads a line from the channel of a submission. Every byte of it may be the submission's own doing,
 * so whatever is taken is checked and built anew.
 *
 * @returns undefined for a line that is none of ours
 */
export function parseChildLine(text: string): ChildLine | undefined {
  const line = parsed(text);
  if (!isRecord(line)) return undefined;
  const {kind, cell, ok, outputs} = line;
  if (kind === "end") return {kind};
  if (typeof cell !== "string") return undefined;
  if (kind === "begin") return {kind, cell};
  if (kind !== "cell" || typeof ok !== "boolean" || !Array.isArray(outputs)) return undefined;
  return {kind, cell, ok, outputs: keptOutputs(outputs), answer: lastAnswer(outputs)};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function lastAnswer(outputs: readonly unknown[]): HandedIn | undefined {
  const answers = outputs.flatMap((output) => {
    const handedIn = isRecord(output) && isRecord(output["data"]) && output["data"][ANSWER_TYPE];
    if (!isRecord(handedIn)) return [];
    const {question, json} = handedIn;
    if (typeof question !== "string" || typeof json !== "string") return [];
    return json.length > MAX_JSON_LENGTH ? [] : [{question, json}];
  });
  return answers.at(-1);
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
