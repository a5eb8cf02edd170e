/** A Jupyter client of our own, without Python: starts the kernel's process and talks to it. */
import {spawn} from "node:child_process";
import type {ChildProcess} from "node:child_process";
import {randomUUID} from "node:crypto";
import {once} from "node:events";
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {onTestFinished} from "vitest";
import * as zmq from "zeromq";
import {ROOT} from "../../binder/setup.mjs";
import {parseConnection} from "../../kernel-lib/dist/kernel/protocol/connection.js";
import {kernelspec} from "../../kernel-lib/dist/kernel/install.js";
import {
  decodeMessage,
  encodeMessage,
  newHeader,
  Signer,
} from "../../kernel-lib/dist/kernel/protocol/wire.js";
import type {JsonObject, WireMessage} from "../../kernel-lib/dist/kernel/protocol/wire.js";
import {freePorts} from "./jupyter.js";
import {scratchFolder} from "./scratch.js";

export type AskingChannel = "shell" | "control";

export interface Exchange {
  /** Content of the reply. */
  reply: JsonObject;
  /** What came on iopub under this request's header, from busy to idle. */
  published: WireMessage[];
}

export interface KernelClientOptions {
  env?: Record<string, string>;
  transport?: "tcp" | "ipc";
  key?: string;
  /** Node to run the kernel with. Default: this one. */
  node?: string;
  /** Working directory of the kernel: the notebook's folder. Default: the project's. */
  cwd?: string;
}

const CHANNELS = ["shell", "control", "stdin", "iopub", "hb"];
const EXECUTE = {silent: false, store_history: true, user_expressions: {}, allow_stdin: false};

export class KernelClient {
  /** Everything heard on iopub, in order. */
  readonly heard: WireMessage[] = [];
  readonly #replies = new Map<string, (message: WireMessage) => void>();
  #onHeard: (() => void)[] = [];

  private constructor(
    readonly child: ChildProcess,
    readonly sockets: {shell: zmq.Dealer; control: zmq.Dealer; iopub: zmq.Subscriber},
    readonly heartbeat: zmq.Request,
    readonly signer: Signer,
    readonly stderr: {text: string},
  ) {
    for (const channel of ["shell", "control"] as const) void this.#readReplies(channel);
    void this.#listen();
    // What it said last may still be on its way.
    child.once("exit", () => setTimeout(() => this.#wake(), 200));
  }

  /** Starts a kernel, which ends with the test, and waits until it hears us. */
  static async start(options: KernelClientOptions = {}): Promise<KernelClient> {
    const {transport = "tcp", key = randomUUID(), env = {}, node = process.execPath} = options;
    const {cwd = ROOT} = options;
    const folder = scratchFolder();
    const file: Record<string, unknown> = {transport, key, signature_scheme: "hmac-sha256"};
    file["ip"] = transport === "tcp" ? "127.0.0.1" : join(folder, "socket");
    const ports = transport === "tcp" ? await freePorts(CHANNELS.length) : [1, 2, 3, 4, 5];
    CHANNELS.forEach((name, index) => (file[`${name}_port`] = ports[index]));
    const path = join(folder, "connection.json");
    writeFileSync(path, JSON.stringify(file));
    const spec = kernelspec();
    const argv = [node, ...spec.argv.slice(1)].map((arg) => arg.replace("{connection_file}", path));
    const child = spawn(argv[0]!, argv.slice(1), {
      cwd,
      env: {...process.env, ...spec.env, ...env},
      stdio: ["ignore", "ignore", "pipe"],
    });
    const stderr = {text: ""};
    child.stderr!.on("data", (chunk) => (stderr.text += chunk));
    const {addresses} = parseConnection(file);
    const sockets = {
      shell: new zmq.Dealer({linger: 0}),
      control: new zmq.Dealer({linger: 0}),
      iopub: new zmq.Subscriber({linger: 0, receiveHighWaterMark: 0}),
    };
    const heartbeat = new zmq.Request({linger: 0});
    sockets.iopub.subscribe();
    for (const name of ["shell", "control", "iopub"] as const) {
      sockets[name].connect(addresses[name]);
    }
    heartbeat.connect(addresses.hb);
    const client = new KernelClient(
      child,
      sockets,
      heartbeat,
      new Signer(key, "hmac-sha256"),
      stderr,
    );
    onTestFinished(() => client.close());
    await client.until(() => client.heard.some((message) => typeOf(message) === "iopub_welcome"));
    return client;
  }

  /** Sends a request and waits for its reply and for `idle`. */
  async ask(
    type: string,
    content: JsonObject = {},
    channel: AskingChannel = "shell",
  ): Promise<Exchange> {
    return this.send(type, content, channel).done;
  }

  execute(code: string, options: JsonObject = {}): Promise<Exchange> {
    return this.ask("execute_request", {...EXECUTE, stop_on_error: true, code, ...options});
  }

  /** Sends a request; the caller may wait for its reply alone or for all of it. */
  send(
    type: string,
    content: JsonObject,
    channel: AskingChannel = "shell",
  ): {id: string; replied: Promise<JsonObject>; done: Promise<Exchange>} {
    const header = newHeader(type, "test");
    const message = {header, parentHeader: {}, metadata: {}, content, identities: [], buffers: []};
    const id = header.msg_id;
    let answer: JsonObject | undefined;
    this.#replies.set(id, (reply) => {
      answer = reply.content;
      this.#wake();
    });
    const replied = this.until(() => answer !== undefined).then(() => answer!);
    replied.catch(() => {});
    void this.sockets[channel].send(encodeMessage(message, this.signer));
    const done = replied.then(async (reply) => {
      await this.until(() => this.under(id).some(isIdle));
      return {reply, published: this.under(id)};
    });
    done.catch(() => {});
    return {id, replied, done};
  }

  sendExecute(code: string, options: JsonObject = {}): ReturnType<KernelClient["send"]> {
    return this.send("execute_request", {...EXECUTE, stop_on_error: true, code, ...options});
  }

  /** What was heard so far under the header of a request. */
  under(id: string): WireMessage[] {
    return this.heard.filter((message) => message.parentHeader["msg_id" as never] === id);
  }

  /**
   * Waits for something heard on iopub.
   *
   * @throws Error if the kernel has ended without it
   */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.#hasExited) throw new Error(`The kernel has ended: ${this.stderr.text}`);
      await new Promise<void>((settle) => this.#onHeard.push(settle));
    }
  }

  async exited(): Promise<{code: number | null; signal: string | null}> {
    const {child} = this;
    if (!this.#hasExited) await once(child, "exit");
    return {code: child.exitCode, signal: child.signalCode};
  }

  close(): void {
    this.child.kill("SIGKILL");
    const {shell, control, iopub} = this.sockets;
    for (const socket of [shell, control, iopub, this.heartbeat]) socket.close();
  }

  async #readReplies(channel: AskingChannel): Promise<void> {
    for await (const frames of this.sockets[channel]) {
      const message = this.#decode(frames);
      const id = message.parentHeader["msg_id" as never] as string;
      this.#replies.get(id)?.(message);
      this.#replies.delete(id);
    }
  }

  async #listen(): Promise<void> {
    for await (const frames of this.sockets.iopub) {
      this.heard.push(this.#decode(frames));
      this.#wake();
    }
  }

  get #hasExited(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  #wake(): void {
    const waiting = this.#onHeard;
    this.#onHeard = [];
    for (const settle of waiting) settle();
  }

  #decode(frames: Uint8Array[]): WireMessage {
    const {message, problem} = decodeMessage(frames, this.signer);
    if (message === undefined) throw new Error(`The kernel sent nonsense: ${problem}`);
    return message;
  }
}

export function typeOf(message: WireMessage): string {
  return message.header.msg_type;
}

export function typesOf(messages: readonly WireMessage[]): string[] {
  return messages.map((message) =>
    typeOf(message) === "status" ? String(message.content["execution_state"]) : typeOf(message),
  );
}

/** All text of one stream. */
export function streamText(messages: readonly WireMessage[], name = "stdout"): string {
  return messages
    .filter((message) => typeOf(message) === "stream" && message.content["name"] === name)
    .map((message) => message.content["text"])
    .join("");
}

function isIdle(message: WireMessage): boolean {
  return message.content["execution_state"] === "idle";
}
