/** The kernel's five sockets: binding, receiving, and sending in order. */
import {randomUUID} from "node:crypto";
import * as zmq from "zeromq";
import type {Connection} from "./connection.js";
import {decodeMessage, encodeMessage, newHeader, Signer} from "./wire.js";
import type {Header, JsonObject, WireMessage} from "./wire.js";

/** A channel on which clients ask. */
export type AskingChannel = "shell" | "control";

/** Takes one line about something that went wrong and was survived. */
export type Log = (line: string) => void;

export interface Publication {
  type: string;
  content: JsonObject;
  /** Header of the request it belongs to, or undefined for none. */
  parent: Header | undefined;
  metadata?: JsonObject;
}

export class KernelSockets {
  readonly #signer: Signer;
  readonly #log: Log;
  readonly #session = randomUUID();
  // A high-water mark of 0 is none: zeromq would drop messages without a word, `idle` among them.
  readonly #shell = new zmq.Router({sendHighWaterMark: 0, handover: true, linger: 1000});
  readonly #control = new zmq.Router({sendHighWaterMark: 0, handover: true, linger: 1000});
  /** Bound because the connection file lists it. Nothing is read: we declare no standard input. */
  readonly #stdin = new zmq.Router({linger: 0});
  readonly #iopub = new zmq.XPublisher({sendHighWaterMark: 0, linger: 1000});
  readonly #heartbeat = new zmq.Reply({linger: 0});
  #closed = false;
  readonly #outboxes = new Map<zmq.Writable, Promise<void>>();

  constructor(connection: Connection, log: Log) {
    this.#signer = new Signer(connection.key, connection.signatureScheme);
    this.#log = log;
    // Each new subscriber is welcomed, also if another one subscribed before it.
    this.#iopub.verbosity = "allSubs";
  }

  async bind({addresses}: Connection): Promise<void> {
    await Promise.all([
      this.#shell.bind(addresses.shell),
      this.#control.bind(addresses.control),
      this.#stdin.bind(addresses.stdin),
      this.#iopub.bind(addresses.iopub),
      this.#heartbeat.bind(addresses.hb),
    ]);
    void this.#each(this.#heartbeat, "heartbeat", (frames) => this.#heartbeat.send(frames));
    void this.#each(this.#iopub, "iopub", ([frame]) => this.#welcome(frame));
  }

  /** Hands each good message of a channel to `handle`; others are dropped and logged. */
  listen(channel: AskingChannel, handle: (message: WireMessage) => void): void {
    const socket = this.#socketOf(channel);
    void this.#each(socket, channel, (frames) => {
      const {message, problem} = decodeMessage(frames, this.#signer);
      if (message === undefined) this.#log(`A message on ${channel} was dropped: ${problem}`);
      else handle(message);
    });
  }

  reply(channel: AskingChannel, request: WireMessage, type: string, content: JsonObject): void {
    const header = newHeader(type, this.#session);
    const {identities, header: parentHeader} = request;
    const message = {identities, header, parentHeader, metadata: {}, content, buffers: []};
    this.#send(this.#socketOf(channel), message);
  }

  publish({type, content, parent, metadata = {}}: Publication): void {
    const header = newHeader(type, this.#session);
    const identities = [new TextEncoder().encode(type)];
    const parentHeader = parent ?? {};
    this.#send(this.#iopub, {identities, header, parentHeader, metadata, content, buffers: []});
  }

  /** Settles when everything so far has been handed to zeromq's own thread. */
  async flush(): Promise<void> {
    await Promise.all(this.#outboxes.values());
  }

  /** Sends what is on its way, then lets go of all sockets. */
  async close(): Promise<void> {
    await this.flush();
    this.#closed = true;
    const sockets = [this.#shell, this.#control, this.#stdin, this.#iopub, this.#heartbeat];
    for (const socket of sockets) socket.close();
  }

  /** zeromq allows one send at a time that has to wait, so sends stand in line. */
  #send(socket: zmq.Writable, message: WireMessage): void {
    // A cell may still speak while the process ends; there is nobody left to hear it.
    if (this.#closed) return;
    const frames = encodeMessage(message, this.#signer);
    const before = this.#outboxes.get(socket) ?? Promise.resolve();
    const sent = before.then(() => socket.send(frames));
    const settled = sent.catch((error: unknown) => {
      this.#log(`A ${message.header.msg_type} could not be sent: ${String(error)}`);
    });
    this.#outboxes.set(socket, settled);
  }

  /** JEP 65: tells a subscriber that it hears us, so that it need not guess. */
  #welcome(frame: Uint8Array | undefined): void {
    if (frame?.[0] !== 1) return;
    this.publish({type: "iopub_welcome", content: {}, parent: undefined});
  }

  async #each(
    socket: zmq.Readable,
    name: string,
    handle: (frames: Uint8Array[]) => void | Promise<void>,
  ): Promise<void> {
    for await (const frames of socket) {
      try {
        await handle(frames);
      } catch (error) {
        this.#log(`A message on ${name} could not be handled: ${String(error)}`);
      }
    }
  }

  #socketOf(channel: AskingChannel): zmq.Router {
    return channel === "shell" ? this.#shell : this.#control;
  }
}
