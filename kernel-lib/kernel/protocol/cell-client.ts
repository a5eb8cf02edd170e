/** The protocol thread's end of the line to the main thread, where cells run. */
import type {MessagePort} from "node:worker_threads";
import type {Awake, Leaving, Nudge} from "./cell-port.js";
import type {CellMessage, CellRequest, ErrorReport, StopReason} from "../messages.js";
import type {SharedState} from "./shared-state.js";

/** A cell that the main thread runs, or will run as soon as it has read its messages. */
export interface Run {
  request: number;
  /** Settles when the run is over, with its error if it has one. All its outputs came before. */
  ended: Promise<ErrorReport | undefined>;
}

export type OutputMessage = Extract<
  CellMessage,
  {kind: "stream" | "display" | "clear" | "result" | "error"}
>;
type Question = Extract<CellRequest, {kind: "complete" | "inspect" | "is-complete"}>;
interface AnswerTo {
  complete: "completed";
  inspect: "inspected";
  "is-complete": "completeness";
}
type Answer<K extends Question["kind"]> = Extract<CellMessage, {kind: AnswerTo[K]}>;

export interface CellEvents {
  onOutput(output: OutputMessage): void;
  /** The process ends as soon as the sockets are closed. */
  onLeaving(): void;
}

export class CellClient {
  readonly #port: MessagePort;
  #lastRequest = 0;
  #lastNudge = 0;
  readonly #runs = new Map<number, (failure: ErrorReport | undefined) => void>();
  readonly #questions = new Map<number, {question: Question; settle: (answer: never) => void}>();
  readonly #nudges = new Map<number, () => void>();
  /** Settles when the compiler is loaded. */
  readonly ready: Promise<void>;

  constructor(port: MessagePort, shared: SharedState, {onOutput, onLeaving}: CellEvents) {
    this.#port = port;
    let onReady = (): void => {};
    this.ready = new Promise((settle) => (onReady = settle));
    port.on("message", (message: CellMessage | Awake | Leaving) => {
      if (message.kind !== "awake" && message.kind !== "leaving") shared.countRead();
      if (message.kind === "ready") onReady();
      else if (message.kind === "leaving") onLeaving();
      else if (message.kind === "awake") this.#settleNudge(message.nudge);
      else if (message.kind === "executed") this.end(message.request, message.failure);
      else if (isOutput(message)) onOutput(message);
      else this.#answer(message);
    });
  }

  /** @param request from `newRequest()` */
  execute(request: number, options: {code: string; silent: boolean; executionCount: number}): Run {
    const ended = new Promise<ErrorReport | undefined>((settle) => {
      this.#runs.set(request, settle);
    });
    this.#post({kind: "execute", request, ...options});
    return {request, ended};
  }

  newRequest(): number {
    return ++this.#lastRequest;
  }

  isRunning(run: Run): boolean {
    return this.#runs.has(run.request);
  }

  /** Also used where the main thread cannot say it any more. A second end is no end. */
  end(request: number, failure: ErrorReport | undefined): void {
    this.#runs.get(request)?.(failure);
    this.#runs.delete(request);
  }

  ask<K extends Question["kind"]>(
    kind: K,
    content: Omit<Extract<Question, {kind: K}>, "kind" | "request">,
  ): Promise<Answer<K>> {
    const request = this.newRequest();
    const question = {kind, request, ...content} as unknown as Question;
    return new Promise((settle) => {
      this.#questions.set(request, {question, settle});
      this.#post(question);
    });
  }

  /** After an interrupt, which may have ended the work on a question: asks again. */
  repeatQuestions(): void {
    for (const {question} of this.#questions.values()) this.#post(question);
  }

  interrupt(run: Run, reason: StopReason): void {
    this.#post({kind: "interrupt", request: run.request, ...reason});
  }

  /** Settles when the main thread has read this, and so everything that was sent before. */
  nudge(): Promise<void> {
    const nudge = ++this.#lastNudge;
    return new Promise((settle) => {
      this.#nudges.set(nudge, settle);
      this.#post({kind: "nudge", nudge});
    });
  }

  shutdown(): void {
    this.#post({kind: "shutdown"});
  }

  #post(request: CellRequest | Nudge): void {
    this.#port.postMessage(request);
  }

  /** An earlier nudge may have been lost to an interrupt; a later one answers for it. */
  #settleNudge(answered: number): void {
    for (const [nudge, settle] of this.#nudges) {
      if (nudge > answered) break;
      settle();
      this.#nudges.delete(nudge);
    }
  }

  #answer(message: Answer<Question["kind"]>): void {
    this.#questions.get(message.request)?.settle(message as never);
    this.#questions.delete(message.request);
  }
}

const OUTPUTS: readonly string[] = ["stream", "display", "clear", "result", "error"];

function isOutput(message: CellMessage): message is OutputMessage {
  return OUTPUTS.includes(message.kind);
}
