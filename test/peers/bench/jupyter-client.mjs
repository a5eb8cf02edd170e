// A small Jupyter client that measures: it starts a kernel from its argv, as Jupyter would.
import {spawn, spawnSync} from "node:child_process";
import {randomUUID} from "node:crypto";
import {once} from "node:events";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {createServer} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import * as zmq from "zeromq";
import {
  decodeMessage,
  encodeMessage,
  newHeader,
  Signer,
} from "../../../kernel-lib/dist/kernel/protocol/wire.js";

/** Output that has not come so long after the reply is lost. */
const LOST_MS = 5000;
const CHANNELS = ["shell", "iopub", "stdin", "control", "hb"];

export class JupyterClient {
  #waiting = new Map();

  /** @param spec {argv, env} of a kernelspec; @param cwd the notebook's folder */
  static async start({argv, env}, cwd) {
    const client = new JupyterClient();
    client.folder = mkdtempSync(join(tmpdir(), "kernel-"));
    const file = {transport: "tcp", ip: "127.0.0.1", key: randomUUID()};
    file.signature_scheme = "hmac-sha256";
    const ports = await freePorts(CHANNELS.length);
    CHANNELS.forEach((name, index) => (file[`${name}_port`] = ports[index]));
    const path = join(client.folder, "connection.json");
    writeFileSync(path, JSON.stringify(file));
    const [program, ...rest] = argv.map((arg) => arg.replace("{connection_file}", path));
    client.signer = new Signer(file.key, "hmac-sha256");
    client.child = spawn(program, rest, {
      cwd,
      env: {...process.env, ...env},
      stdio: ["ignore", "ignore", "pipe"],
    });
    client.log = "";
    client.child.stderr.on("data", (chunk) => (client.log += chunk));
    client.shell = new zmq.Dealer({linger: 0});
    client.iopub = new zmq.Subscriber({linger: 0, receiveHighWaterMark: 0});
    client.iopub.subscribe();
    client.shell.connect(`tcp://127.0.0.1:${file.shell_port}`);
    client.iopub.connect(`tcp://127.0.0.1:${file.iopub_port}`);
    void client.#read(client.shell, true);
    void client.#read(client.iopub, false);
    await client.#hears();
    return client;
  }

  /** Asks until an answer is heard on both sockets: a subscriber may be late. */
  async #hears() {
    for (;;) {
      const asked = this.ask("kernel_info_request", {});
      const done = await Promise.race([asked.then(() => true), delay(200)]);
      if (done) return;
      if (this.child.exitCode !== null) throw new Error(`The kernel ended: ${this.log}`);
    }
  }

  /** Runs a cell. @returns {ms, status, text, value}: what it printed and its last value */
  async execute(code) {
    const content = {code, silent: false, store_history: true, user_expressions: {}};
    const startMs = performance.now();
    const {reply, published} = await this.ask("execute_request", {
      ...content,
      ...{allow_stdin: false, stop_on_error: true},
    });
    const ms = performance.now() - startMs;
    const texts = published.filter(({header}) => header.msg_type === "stream");
    const text = texts.map((message) => message.content.text).join("");
    const result = published.find(({header}) => header.msg_type === "execute_result");
    const value = result?.content.data["text/plain"] ?? text.trim().split("\n").at(-1);
    return {ms, status: reply.content.status, text, value};
  }

  /** Sends a request; settles with its reply and what was published, once it is idle. */
  ask(type, content) {
    const header = newHeader(type, "bench");
    return new Promise((settle) => {
      this.#waiting.set(header.msg_id, {published: [], settle});
      const message = {header, parentHeader: {}, metadata: {}, content};
      void this.shell.send(encodeMessage({...message, identities: [], buffers: []}, this.signer));
    });
  }

  async #read(socket, isReply) {
    try {
      for await (const frames of socket) {
        const decoded = decodeMessage(frames, this.signer);
        const message = decoded.message;
        const waiting = this.#waiting.get(message?.parentHeader.msg_id);
        if (waiting === undefined) continue;
        if (isReply) {
          waiting.reply = message;
          // A kernel may have lost its `idle` among its output.
          setTimeout(() => this.#settle(message.parentHeader.msg_id), LOST_MS).unref();
        } else {
          waiting.published.push(message);
        }
        const {execution_state: state} = message.content;
        if (message.header.msg_type === "status" && state === "idle") waiting.idle = true;
        if (waiting.idle && waiting.reply) this.#settle(message.parentHeader.msg_id);
      }
    } catch {
      // The socket was closed.
    }
  }

  #settle(id) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.settle(waiting);
  }

  /** Resident memory, in MB (10^6 bytes). */
  memoryMb() {
    const {stdout} = spawnSync("ps", ["-o", "rss=", "-p", String(this.child.pid)]);
    return (Number(String(stdout)) * 1024) / 1e6;
  }

  close() {
    this.child.kill("SIGKILL");
    this.shell.close();
    this.iopub.close();
    rmSync(this.folder, {recursive: true, force: true});
  }
}

const delay = (ms) => new Promise((settle) => setTimeout(settle, ms, false));

/** All held until all are found, or one might be found twice. */
async function freePorts(count) {
  const servers = Array.from({length: count}, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}
