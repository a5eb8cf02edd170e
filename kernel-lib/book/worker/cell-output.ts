import {formatWithOptions} from "node-inspect-extracted";
import type {Output} from "../../kernel/index.js";
import {WORKER_STRINGS} from "../strings.js";

/** Most characters of text that one cell may print; a page must not drown in them. */
const MAX_TEXT = 200_000;
/** Text waits until there is so much of it, or so long (ms): a message a line would be slow. */
const FLUSH_LENGTH = 8_000;
const FLUSH_MS = 50;
/** Kept, since a cell may have a variable of this name. */
const clock = performance;

/** The outputs of the cell that runs: collects text, passes on everything else at once. */
export class CellOutput {
  private waiting: {name: "stdout" | "stderr"; text: string} | undefined;
  private printed = 0;
  private lastFlush = 0;
  private isOver = false;

  constructor(private readonly send: (output: Output) => void) {}

  print(name: "stdout" | "stderr", values: readonly unknown[]): void {
    const [first, ...others] = values;
    this.write(name, `${formatWithOptions({}, first, ...others)}\n`);
  }

  write(name: "stdout" | "stderr", text: string): void {
    const room = MAX_TEXT - this.printed;
    if (room <= 0) return;
    this.printed += text.length;
    if (text.length > room) text = `${text.slice(0, room)}\n${WORKER_STRINGS.notShown}\n`;
    if (this.waiting !== undefined && this.waiting.name !== name) this.flush();
    this.waiting = {name, text: (this.waiting?.text ?? "") + text};
    const isLong = this.waiting.text.length >= FLUSH_LENGTH;
    if (this.isOver || isLong || clock.now() - this.lastFlush >= FLUSH_MS) this.flush();
  }

  add(output: Output): void {
    this.flush();
    this.send(output);
  }

  /** The cell has ended: sends what waits, and from now on late text at once. */
  end(): void {
    this.flush();
    this.isOver = true;
  }

  private flush(): void {
    this.lastFlush = clock.now();
    if (this.waiting === undefined) return;
    this.send({output_type: "stream", ...this.waiting});
    this.waiting = undefined;
  }
}
