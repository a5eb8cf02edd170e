import {describe, expect, it} from "vitest";
import type {CellMessage} from "../../kernel-lib/dist/kernel/messages.js";
import {OutputList} from "../../kernel-lib/dist/kernel/output-list.js";

function outputsOf(...messages: CellMessage[]): unknown {
  const list = new OutputList();
  for (const message of messages) list.add(message, 7);
  return list.of(1);
}
const say = (text: string, name: "stdout" | "stderr" = "stdout"): CellMessage => ({
  ...{kind: "stream", request: 1, name, text},
});
const show = (text: string, displayId?: string, update = false): CellMessage => ({
  ...{kind: "display", request: 1, displayId, update, data: {"text/plain": text}, metadata: {}},
});

describe("OutputList", () => {
  it("text of one stream in a row is one output, and errors end a run", () => {
    const error = {ename: "E", evalue: "v", traceback: ["t"]};
    expect(
      outputsOf(say("a"), say("b"), say("c", "stderr"), say("d"), {
        kind: "error",
        request: 1,
        ...error,
      }),
    ).toEqual([
      {output_type: "stream", name: "stdout", text: "ab"},
      {output_type: "stream", name: "stderr", text: "c"},
      {output_type: "stream", name: "stdout", text: "d"},
      {output_type: "error", ...error},
    ]);
  });

  it("a result carries the cell's count", () => {
    expect(
      outputsOf({kind: "result", request: 1, data: {"text/plain": "2"}, metadata: {}}),
    ).toEqual([
      {output_type: "execute_result", data: {"text/plain": "2"}, metadata: {}, execution_count: 7},
    ]);
  });

  it("an update changes what is shown under its id, also from a later run", () => {
    const later = {...show("new", "x", true), request: 2} as CellMessage;
    expect(outputsOf(show("old", "x"), show("other", "y"), later)).toEqual([
      {output_type: "display_data", data: {"text/plain": "new"}, metadata: {}},
      {output_type: "display_data", data: {"text/plain": "other"}, metadata: {}},
    ]);
  });

  it("a cleared cell begins anew: at once, or with its next output", () => {
    expect(outputsOf(say("a"), {kind: "clear", request: 1, wait: false})).toEqual([]);
    expect(outputsOf(say("a"), {kind: "clear", request: 1, wait: true})).toHaveLength(1);
    expect(outputsOf(say("a"), {kind: "clear", request: 1, wait: true}, show("b"))).toEqual([
      {output_type: "display_data", data: {"text/plain": "b"}, metadata: {}},
    ]);
  });
});
