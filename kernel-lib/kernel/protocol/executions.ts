/** Execute requests: one after the other, and what happens to those that wait when one fails. */
import {setImmediate as turn} from "node:timers/promises";
import type {CellClient, Run} from "./cell-client.js";
import type {History} from "./history.js";
import type {ErrorReport} from "../messages.js";
import type {Outputs} from "./outputs.js";
import {errorContent} from "./replies.js";
import type {KernelSockets} from "./sockets.js";
import type {Header, JsonObject, WireMessage} from "./wire.js";

export interface ExecutionParts {
  sockets: KernelSockets;
  cell: CellClient;
  outputs: Outputs;
  history: History;
  /** Settles when no interrupt is under way: one must not hit the next run. */
  settled(): Promise<void>;
  /** Called when a run starts. @returns what to call when it is over */
  watch(run: Run): () => void;
}

/** A client that never stops sending must not keep the reply from the others. */
const MAX_READING_ROUNDS = 100;

interface ExecuteRequest {
  code: string;
  silent: boolean;
  storeHistory: boolean;
  stopOnError: boolean;
  userExpressions: [string, string][];
}

export class Executions {
  readonly #parts: ExecutionParts;
  readonly #queue: WireMessage[] = [];
  #draining = false;
  #serving: Promise<void> = Promise.resolve();
  #received = 0;
  #count = 0;
  #run: Run | undefined;
  #parent: Header | undefined;

  constructor(parts: ExecutionParts) {
    this.#parts = parts;
  }

  /** The run in progress, or undefined. */
  get run(): Run | undefined {
    return this.#run;
  }

  /** Header of the execute request in progress, or undefined. */
  get parent(): Header | undefined {
    return this.#parent;
  }

  /** Settles when the request in progress, if there is one, has its reply. */
  answered(): Promise<void> {
    return this.#serving;
  }

  add(message: WireMessage): void {
    this.#received++;
    this.#queue.push(message);
    if (!this.#draining) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#draining = true;
    for (let message = this.#queue.shift(); message; message = this.#queue.shift()) {
      this.#serving = this.#serve(message);
      await this.#serving;
    }
    this.#draining = false;
  }

  async #serve(message: WireMessage): Promise<void> {
    const {sockets} = this.#parts;
    this.#parent = message.header;
    publishStatus(sockets, "busy", message.header);
    const request = readExecuteRequest(message.content);
    const content =
      typeof request === "string"
        ? errorContent({ename: "TypeError", evalue: request, traceback: [request]})
        : await this.#execute(message, request);
    const stop = typeof request !== "string" && request.stopOnError;
    const abortOthers = stop && content["status"] === "error";
    // Before the reply: who sends after it knows of the failure, and is answered.
    if (abortOthers) await this.#readArrived();
    sockets.reply("shell", message, "execute_reply", content);
    this.#parent = undefined;
    publishStatus(sockets, "idle", message.header);
    if (abortOthers) for (const waiting of this.#queue.splice(0)) this.#abort(waiting);
  }

  async #execute(message: WireMessage, request: ExecuteRequest): Promise<JsonObject> {
    const {sockets, outputs, history} = this.#parts;
    const {code, silent, storeHistory} = request;
    const {header} = message;
    if (storeHistory) this.#count++;
    const count = this.#count;
    if (!silent) {
      const content = {code, execution_count: count};
      sockets.publish({type: "execute_input", content, parent: header});
    }
    const {failure, result} = await this.#runCode(code, header, silent);
    if (storeHistory) history.add(count, code, textOf(result));
    outputs.flush();
    const common = {execution_count: count, payload: []};
    if (failure !== undefined) {
      return {...errorContent(failure), ...common, user_expressions: {}};
    }
    const userExpressions = await this.#evaluate(request.userExpressions, header);
    return {status: "ok", ...common, user_expressions: userExpressions};
  }

  async #runCode(
    code: string,
    parent: Header,
    silent: boolean,
  ): Promise<{failure: ErrorReport | undefined; result: JsonObject | undefined}> {
    const {cell, outputs, settled, watch} = this.#parts;
    await settled();
    const request = cell.newRequest();
    const executionCount = this.#count;
    outputs.open(request, {parent, silent, executionCount});
    const run = cell.execute(request, {code, silent, executionCount});
    this.#run = run;
    const endWatch = watch(run);
    const failure = await run.ended;
    endWatch();
    this.#run = undefined;
    return {failure, result: outputs.takeResult(request)};
  }

  /** Each expression is a silent run of its own: one that fails harms no other. */
  async #evaluate(expressions: [string, string][], parent: Header): Promise<JsonObject> {
    const values: JsonObject = {};
    for (const [name, code] of expressions) {
      const {failure, result} = await this.#runCode(code, parent, true);
      values[name] = failure
        ? errorContent(failure)
        : {status: "ok", data: result ?? {}, metadata: {}};
    }
    return values;
  }

  /**
   * Waits until what zeromq holds is in the queue.
   *
   * The socket is not asked whether it is readable: that takes away the signal for which its reader
   * waits, and a message that comes just then is never read.
   */
  async #readArrived(): Promise<void> {
    for (let round = 0; round < MAX_READING_ROUNDS; round++) {
      const before = this.#received;
      // From one turn to the next the event loop has looked at every socket once.
      await turn();
      await turn();
      if (this.#received === before) return;
    }
  }

  #abort(message: WireMessage): void {
    const {sockets} = this.#parts;
    publishStatus(sockets, "busy", message.header);
    sockets.reply("shell", message, "execute_reply", {status: "aborted"});
    publishStatus(sockets, "idle", message.header);
  }
}

export function publishStatus(
  sockets: KernelSockets,
  state: "starting" | "busy" | "idle",
  parent: Header | undefined,
): void {
  sockets.publish({type: "status", content: {execution_state: state}, parent});
}

/** @returns the request, or what is wrong with it */
function readExecuteRequest(content: JsonObject): ExecuteRequest | string {
  const {code, silent, store_history: store, stop_on_error: stop} = content;
  if (typeof code !== "string") return "Cannot execute: code must be a string";
  const isSilent = silent === true;
  return {
    code,
    silent: isSilent,
    storeHistory: !isSilent && store !== false,
    stopOnError: stop !== false,
    userExpressions: readExpressions(content["user_expressions"]),
  };
}

function readExpressions(value: unknown): [string, string][] {
  if (typeof value !== "object" || value === null) return [];
  const isPair = (entry: [string, unknown]): entry is [string, string] =>
    typeof entry[1] === "string";
  return Object.entries(value).filter(isPair);
}

function textOf(result: JsonObject | undefined): string | null {
  const text = result?.["text/plain"];
  return typeof text === "string" ? text : null;
}
