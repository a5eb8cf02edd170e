import type {CellMessage} from "./messages.js";
import type {DisplayOutput, Output, ResultOutput} from "./notebook-format.js";

/**
 * Turns the messages of cell runs into the outputs that a notebook file keeps, as Jupyter's own
 * clients do: text of one stream in a row is one output, an update changes what is shown under its
 * id, in whichever cell, and a cleared cell begins anew.
 */
export class OutputList {
  private readonly byRun = new Map<number, Output[]>();
  private readonly shown = new Map<string, DisplayOutput[]>();
  /** Runs to be cleared when their next output comes. */
  private readonly clearing = new Set<number>();

  /** @returns the outputs of a run, in order; the array grows */
  of(request: number): Output[] {
    const known = this.byRun.get(request);
    if (known) return known;
    const outputs: Output[] = [];
    this.byRun.set(request, outputs);
    return outputs;
  }

  /** @param executionCount to keep with a result */
  add(message: CellMessage, executionCount: number | null): void {
    if (!("request" in message)) return;
    const outputs = this.of(message.request);
    if (message.kind === "clear") {
      if (message.wait) this.clearing.add(message.request);
      else outputs.length = 0;
      return;
    }
    if (message.kind === "display" && message.update) {
      this.update(message.displayId, message.data, message.metadata);
      return;
    }
    const output = this.outputOf(message, executionCount);
    if (output === undefined) return;
    if (this.clearing.delete(message.request)) outputs.length = 0;
    const last = outputs.at(-1);
    const carriesOn =
      output.output_type === "stream" &&
      last?.output_type === "stream" &&
      last.name === output.name;
    if (carriesOn) last.text += output.text;
    else outputs.push(output);
  }

  private outputOf(message: CellMessage, count: number | null): Output | undefined {
    if (message.kind === "stream") {
      return {output_type: "stream", name: message.name, text: message.text};
    }
    if (message.kind === "display") {
      const {data, metadata, displayId} = message;
      const output: DisplayOutput = {output_type: "display_data", data, metadata};
      if (displayId !== undefined) {
        this.shown.set(displayId, [...(this.shown.get(displayId) ?? []), output]);
      }
      return output;
    }
    if (message.kind === "result") {
      const {data, metadata} = message;
      const result: ResultOutput = {
        ...{output_type: "execute_result", data, metadata, execution_count: count},
      };
      return result;
    }
    if (message.kind !== "error") return undefined;
    const {ename, evalue, traceback} = message;
    return {output_type: "error", ename, evalue, traceback};
  }

  private update(
    displayId: string | undefined,
    data: Record<string, unknown>,
    metadata: Record<string, unknown>,
  ): void {
    for (const output of this.shown.get(displayId ?? "") ?? []) {
      output.data = data;
      output.metadata = metadata;
    }
  }
}
