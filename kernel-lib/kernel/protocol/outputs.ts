/**
 * What cells write and show, on its way to Jupyter: under the header of the request that it belongs
 * to, also long after that request; text in batches; cut where a limit is set.
 */
import type {OutputMessage} from "./cell-client.js";
import type {Publication} from "./sockets.js";
import type {Header} from "./wire.js";

/** Text is sent when so much has come, or so much later: 10 MB in lines are then few messages. */
const BATCH_CHARACTERS = 65_536;
const BATCH_MS = 15;

/** Where the output of one cell run goes. */
export interface Origin {
  parent: Header;
  /** Nothing is shown. */
  silent: boolean;
  executionCount: number;
}

interface Entry extends Origin {
  usedBytes: number;
  usedLines: number;
  cut: boolean;
  result: Record<string, unknown> | undefined;
}

type Stream = Extract<OutputMessage, {kind: "stream"}>;

export class Outputs {
  readonly #publish: (publication: Publication) => void;
  readonly #maxBytes: number;
  readonly #maxLines: number;
  /** Kept for as long as the process lives: a timer may write whenever it likes. */
  readonly #entries = new Map<number, Entry>();
  #batch: {request: number; name: Stream["name"]; texts: string[]; characters: number} | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param limits of what one cell run may write; Infinity for no limit */
  constructor(
    publish: (publication: Publication) => void,
    limits: {outputBytes: number; outputLines: number},
  ) {
    this.#publish = publish;
    this.#maxBytes = limits.outputBytes;
    this.#maxLines = limits.outputLines;
  }

  /** Says where the outputs of a run go, before the first comes. */
  open(request: number, origin: Origin): void {
    this.#entries.set(request, {
      ...origin,
      usedBytes: 0,
      usedLines: 0,
      cut: false,
      result: undefined,
    });
  }

  /** The value that a run showed last, by MIME types; once. */
  takeResult(request: number): Record<string, unknown> | undefined {
    const entry = this.#entries.get(request);
    const result = entry?.result;
    if (entry !== undefined) entry.result = undefined;
    return result;
  }

  handle(output: OutputMessage): void {
    const entry = this.#entries.get(output.request);
    if (entry === undefined) return;
    if (output.kind === "result") entry.result = output.data;
    if (entry.silent) return;
    if (output.kind === "stream") this.#write(entry, output);
    else this.#show(entry, output);
  }

  /** Sends the text that waits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#batch;
    if (batch === undefined) return;
    this.#batch = undefined;
    const {parent} = this.#entries.get(batch.request)!;
    const content = {name: batch.name, text: batch.texts.join("")};
    this.#publish({type: "stream", content, parent});
  }

  #write(entry: Entry, {request, name, text}: Stream): void {
    if (entry.cut) return;
    const linesLeft = this.#maxLines - entry.usedLines;
    const bytesLeft = this.#maxBytes - entry.usedBytes;
    const kept = cutToBytes(cutToLines(text, linesLeft), bytesLeft);
    entry.usedLines += countLines(text);
    entry.usedBytes += Buffer.byteLength(text);
    this.#append(request, name, kept);
    if (kept.length < text.length)
      this.#noteCut(entry, request, name, entry.usedBytes > this.#maxBytes);
  }

  #append(request: number, name: Stream["name"], text: string): void {
    if (text === "") return;
    if (this.#batch?.request !== request || this.#batch.name !== name) this.flush();
    this.#batch ??= {request, name, texts: [], characters: 0};
    this.#batch.texts.push(text);
    this.#batch.characters += text.length;
    if (this.#batch.characters >= BATCH_CHARACTERS) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), BATCH_MS);
  }

  #show(entry: Entry, output: Exclude<OutputMessage, Stream>): void {
    this.flush();
    const {parent, executionCount} = entry;
    if (output.kind === "clear") {
      this.#publish({type: "clear_output", content: {wait: output.wait}, parent});
      return;
    }
    if (output.kind === "error") {
      const {ename, evalue, traceback} = output;
      this.#publish({type: "error", content: {ename, evalue, traceback}, parent});
      return;
    }
    if (!this.#mayShow(entry, output)) return;
    const {data, metadata} = output;
    if (output.kind === "result") {
      const content = {execution_count: executionCount, data, metadata};
      this.#publish({type: "execute_result", content, parent});
      return;
    }
    const transient = output.displayId === undefined ? {} : {display_id: output.displayId};
    const type = output.update ? "update_display_data" : "display_data";
    this.#publish({type, content: {data, metadata, transient}, parent});
  }

  #mayShow(entry: Entry, output: Extract<OutputMessage, {kind: "display" | "result"}>): boolean {
    if (this.#maxBytes === Infinity) return true;
    entry.usedBytes += Buffer.byteLength(JSON.stringify(output.data));
    if (entry.usedBytes <= this.#maxBytes) return true;
    if (!entry.cut) this.#noteCut(entry, output.request, "stdout", true);
    return false;
  }

  /** On the stream that was cut: to graders, text on stderr is a failure. */
  #noteCut(entry: Entry, request: number, name: Stream["name"], byBytes: boolean): void {
    entry.cut = true;
    const limit = byBytes
      ? `${this.#maxBytes.toLocaleString("en")} bytes`
      : `${this.#maxLines.toLocaleString("en")} lines`;
    this.#append(request, name, `\n[Output cut: a cell may write ${limit} here.]\n`);
  }
}

/** The longest beginning of a text that has at most `bytes` bytes in UTF-8. */
function cutToBytes(text: string, bytes: number): string {
  if (bytes === Infinity) return text;
  if (bytes <= 0) return "";
  const target = new Uint8Array(Math.min(bytes, text.length * 3));
  const {read} = new TextEncoder().encodeInto(text, target);
  return text.slice(0, read);
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

/** The beginning of a text up to its `lines`-th line break. */
function cutToLines(text: string, lines: number): string {
  if (lines === Infinity) return text;
  let end = -1;
  for (let left = lines; left > 0; left--) {
    end = text.indexOf("\n", end + 1);
    if (end < 0) return text;
  }
  return text.slice(0, end + 1);
}
