import {StringDecoder} from "node:string_decoder";
import jupyter from "tslab/dist/jupyter.js";
import {CellExecutor, stopReport} from "./cell-executor.js";
import type {CellRun, RunOutcome} from "./cell-executor.js";
import {CellTurns} from "./cell-turns.js";
import {diagnosticsReport} from "../language/diagnostics.js";
import {INTERRUPTED} from "../messages.js";
import type {CellMessage, ErrorReport, StopReason} from "../messages.js";
import {mimeBundle} from "../values/mime-bundle.js";
import {errorReport, writeStacksInCells} from "./traceback.js";

export interface CellSessionOptions {
  /** Told every output and every end of a run. */
  emit: (message: CellMessage) => void;
  /** Runs work that no interrupt may cut short, such as the compiler's. */
  ownWork?: <T>(work: () => T) => T;
}

/** What tslab's `display` calls to show something. */
interface DisplayContent {
  data: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  transient?: {display_id?: string};
}

/**
 * A notebook's life in this process: cells run one after another, and whatever they write, show,
 * throw or leave behind becomes messages, each with the number of the run it belongs to.
 *
 * There is one per process: it takes over the standard streams, the timers and the way errors are
 * reported. The same session serves Jupyter (through the protocol thread) and the headless runner.
 */
export class CellSession {
  readonly executor: CellExecutor;
  private readonly turns = new CellTurns();
  private readonly emit: (message: CellMessage) => void;
  private readonly later = setImmediate;
  /** Errors that came outside the run's own code while it was under way, by run. */
  private readonly strays = new Map<number, ErrorReport>();
  /** How many runs had the latest number. */
  private numbered = {count: -1, runs: 0};
  /** The run that has no answer yet. */
  private open: {request: number} | undefined;

  constructor({emit, ownWork}: CellSessionOptions) {
    this.emit = emit;
    this.executor = new CellExecutor(process.cwd(), ownWork);
    writeStacksInCells(this.executor.sources);
    this.takeOverStreams();
    this.takeOverDisplay();
    this.turns.install();
    process.on("uncaughtException", (error) => this.stray(error));
    process.on("unhandledRejection", (reason) => this.stray(reason));
  }

  /** Runs a cell; the message `executed` says that it is over and comes after all its outputs. */
  execute(request: {request: number; code: string; silent: boolean; executionCount: number}): void {
    const {code, silent, executionCount} = request;
    const label = silent ? `cell [silent ${request.request}]` : this.labelOf(executionCount);
    const run: CellRun = {request: request.request, code, label, executionCount};
    this.open = {request: run.request};
    this.turns.start(run.request);
    try {
      this.executor.execute(run, (outcome) => this.finish(run, outcome));
    } catch (error) {
      // A fault of the compiler's own: the cell has not run.
      this.answer(run.request, errorReport(error, this.executor.sources));
    }
  }

  /** Unlike the number, unique: a client that stores no history, as nbval, leaves it where it is. */
  private labelOf(executionCount: number): string {
    const {count, runs} = this.numbered;
    this.numbered = {count: executionCount, runs: count === executionCount ? runs + 1 : 1};
    const again = this.numbered.runs > 1 ? `, run ${this.numbered.runs}` : "";
    return `cell [${executionCount}${again}]`;
  }

  private finish(run: CellRun, outcome: RunOutcome): void {
    if (outcome.kind === "done") {
      // Also of a silent run: the protocol thread shows nothing of it, but may be asked for its value.
      if (outcome.value === undefined) this.answer(run.request, undefined);
      else this.showValue(run.request, outcome.value);
      return;
    }
    this.answer(run.request, this.reportOf(run, outcome));
  }

  private reportOf(run: CellRun, outcome: Exclude<RunOutcome, {kind: "done"}>): ErrorReport {
    if (outcome.kind === "stopped") return outcome.report;
    if (outcome.kind === "threw") return errorReport(outcome.error, this.executor.sources);
    return diagnosticsReport(outcome.diagnostics, run);
  }

  private showValue(request: number, value: unknown): void {
    mimeBundle(value).then(
      (bundle) => {
        if (this.open?.request !== request) return;
        if (bundle) this.emit({kind: "result", request, ...bundle});
        this.answer(request, undefined);
      },
      (error: unknown) => this.answer(request, errorReport(error, this.executor.sources)),
    );
  }

  /** Not in this turn: a promise that was rejected in it is reported at the turn's end. */
  private answer(request: number, failure: ErrorReport | undefined): void {
    this.later(() => this.close(request, failure));
  }

  private close(request: number, failure: ErrorReport | undefined): void {
    if (this.open?.request !== request) return;
    this.flushStreams();
    const stray = this.strays.get(request);
    this.strays.delete(request);
    // A stray error was told when it came.
    if (failure) this.emit({kind: "error", request, ...failure});
    this.emit({kind: "executed", request, failure: failure ?? stray});
    // Not before: an interrupt that lands between the two is answered again, not lost.
    if (this.open.request === request) this.open = undefined;
  }

  /** Ends a run from outside: what it waits for is not waited for any more. */
  interrupt({request, ...reason}: StopReason & {request: number}): void {
    if (this.open?.request !== request) return;
    const report = stopReport(reason);
    this.executor.stop(report);
    // The interrupt may have hit while the value was being shown.
    this.close(request, report);
  }

  /** As `interrupt`, for whatever runs. */
  interruptOpen(): void {
    if (this.open !== undefined) this.interrupt({...this.open, ...INTERRUPTED});
  }

  /** An exception in a timer, or a promise that nobody handles. */
  private stray(error: unknown): void {
    const request = this.turns.current;
    const report = errorReport(error, this.executor.sources);
    this.flushStreams();
    if (this.open?.request === request) this.strays.set(request, report);
    this.emit({kind: "error", request, ...report});
  }

  private takeOverDisplay(): void {
    const write = (content: DisplayContent, update?: boolean): void => {
      this.flushStreams();
      this.emit({
        ...{kind: "display", request: this.turns.current, update: update === true},
        ...{data: content.data, metadata: content.metadata ?? {}},
        displayId: content.transient?.display_id,
      });
    };
    (jupyter as {lastWriteDisplayData: unknown}).lastWriteDisplayData = write;
    // In a terminal it clears the screen; here, what the cell has shown so far.
    console.clear = () => {
      this.flushStreams();
      this.emit({kind: "clear", request: this.turns.current, wait: false});
    };
  }

  private readonly decoders = new Map<
    "stdout" | "stderr",
    {request: number; decoder: StringDecoder}
  >();

  private takeOverStreams(): void {
    for (const name of ["stdout", "stderr"] as const) {
      process[name].write = ((
        chunk: string | Uint8Array,
        encoding?: BufferEncoding | (() => void),
        done?: () => void,
      ): boolean => {
        this.write(name, chunk, typeof encoding === "string" ? encoding : undefined);
        const settle = typeof encoding === "function" ? encoding : done;
        if (settle) process.nextTick(settle);
        return true;
      }) as typeof process.stdout.write;
    }
  }

  private write(name: "stdout" | "stderr", chunk: string | Uint8Array, encoding = "utf8"): void {
    const request = this.turns.current;
    let text: string;
    if (typeof chunk !== "string") text = this.decode(name, request, chunk);
    else if (encoding === "utf8" || encoding === "utf-8") text = chunk;
    else text = this.decode(name, request, Buffer.from(chunk, encoding as BufferEncoding));
    if (text !== "") this.emit({kind: "stream", request, name, text});
  }

  /** A character's bytes may come in two writes. */
  private decode(name: "stdout" | "stderr", request: number, bytes: Uint8Array): string {
    let held = this.decoders.get(name);
    if (held?.request !== request) {
      held = {request, decoder: new StringDecoder("utf8")};
      this.decoders.set(name, held);
    }
    return held.decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  private flushStreams(): void {
    for (const [name, {request, decoder}] of this.decoders) {
      const text = decoder.end();
      if (text !== "") this.emit({kind: "stream", request, name, text});
    }
    this.decoders.clear();
  }
}
