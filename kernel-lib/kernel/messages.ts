/**
 * What the kernel's two threads say to each other.
 *
 * The **protocol thread** owns the sockets: it answers Jupyter, keeps the queue, and stays awake
 * while a cell runs. The **cell thread** (the process's main thread) owns the compiler and the
 * reader's variables, and knows no sockets. Each message is a plain object, so it can be cloned.
 *
 * `request` numbers a request to the cell thread; it is also the name of the cell run that an
 * output belongs to, for as long as the process lives: late output still finds its cell.
 */

/** MIME types to their values, as Jupyter's `data`; and what belongs to them. */
export interface MimeBundle {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

/** A failure as Jupyter wants it told. */
export interface ErrorReport {
  /** Class of the error, such as `RangeError`. */
  ename: string;
  /** Its message, one line or more. */
  evalue: string;
  /** Lines to show, the whole story: what, where, the line that the reader typed. */
  traceback: string[];
}

/** Why a run is ended from outside. */
export interface StopReason {
  ename: string;
  evalue: string;
}

/** The reader pressed stop. */
export const INTERRUPTED: StopReason = {
  ename: "KeyboardInterrupt",
  evalue: "The cell was interrupted",
};

/** To the cell thread. */
export type CellRequest =
  | {kind: "execute"; request: number; code: string; silent: boolean; executionCount: number}
  | {kind: "complete"; request: number; code: string; cursor: number}
  | {kind: "inspect"; request: number; code: string; cursor: number; detail: 0 | 1}
  | {kind: "is-complete"; request: number; code: string}
  /** Ends the run `request`, if it still runs: its reply is an error of class `ename`. */
  | {kind: "interrupt"; request: number; ename: string; evalue: string}
  /** Lets the process end. */
  | {kind: "shutdown"};

/** From the cell thread: outputs of a cell run, and answers. */
export type CellMessage =
  /** The compiler is loaded. */
  | {kind: "ready"}
  | {kind: "stream"; request: number; name: "stdout" | "stderr"; text: string}
  | ({
      kind: "display";
      request: number;
      displayId: string | undefined;
      update: boolean;
    } & MimeBundle)
  | {kind: "clear"; request: number; wait: boolean}
  | ({kind: "result"; request: number} & MimeBundle)
  /** An `error` output; also of a run that has ended: a timer or a promise it left behind. */
  | ({kind: "error"; request: number} & ErrorReport)
  /** The run is over. Its outputs, `error` among them, came before. */
  | {kind: "executed"; request: number; failure: ErrorReport | undefined}
  | {kind: "completed"; request: number; matches: CompletionMatch[]; start: number; end: number}
  | {kind: "inspected"; request: number; found: MimeBundle | undefined}
  | {kind: "completeness"; request: number; status: Completeness; indent: string};

export type Completeness = "complete" | "incomplete" | "invalid" | "unknown";

/** One completion; `type` is TypeScript's kind of thing, such as `function`. */
export interface CompletionMatch {
  text: string;
  type: string;
}
