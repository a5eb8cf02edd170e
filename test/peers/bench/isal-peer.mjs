// The peer ISA-L, Intel's C library, as a child process: see isal-bench.c for its requests.
import {spawn} from "node:child_process";
import {fileURLToPath} from "node:url";
import {compilePeer} from "../set-up-peers.mjs";

const SOURCE = fileURLToPath(new URL("isal-bench.c", import.meta.url));

/** Compiles and starts the peer. @returns the peer, or {missing} with what to do about it */
export async function openIsal() {
  const {program, problem} = compilePeer(SOURCE, ["-lisal"]);
  if (problem) {
    console.error(`ISA-L cannot be compiled: ${problem}`);
    return {missing: "ISA-L left out (apt install libisal-dev gcc)"};
  }
  const child = spawn(program, {stdio: ["pipe", "pipe", "inherit"]});
  const replies = new Replies(child.stdout);
  const version = await replies.line();
  const routines = (await replies.line()).split(" ");
  const timed = (name, routine) => ({
    name,
    async round(milliseconds) {
      child.stdin.write(`time ${milliseconds} ${routine}\n`);
      return Number(await replies.line());
    },
  });
  return {
    label: `ISA-L ${version}`,

    /** Sends matrix and shards. @returns the coded shards, one per row of the matrix */
    async load({matrix, shards}) {
      const hex = Buffer.from(matrix.data).toString("hex");
      child.stdin.write(`load ${matrix.rows} ${shards.length} ${shards[0].length} ${hex}\n`);
      shards.forEach((shard) => child.stdin.write(shard));
      const coded = [];
      while (coded.length < matrix.rows) coded.push(await replies.bytes(shards[0].length));
      return coded;
    },

    /** The contestant that multiplies what was loaded last; rate: MB of shards a second. */
    contestant: timed("ISA-L", "best"),

    /** The same with registers of 16 bytes, as WebAssembly's; none where there are no such. */
    sseContestants: routines.includes("sse") ? [timed("ISA-L SSE", "sse")] : [],

    close: () => child.stdin.end(),
  };
}

/** Cuts a stream of bytes into lines and blocks. */
class Replies {
  constructor(stream) {
    this.chunks = stream[Symbol.asyncIterator]();
    this.held = Buffer.alloc(0);
  }

  async line() {
    while (!this.held.includes("\n")) await this.hold(this.held.length + 1);
    return this.take(this.held.indexOf("\n") + 1)
      .toString()
      .trim();
  }

  async bytes(length) {
    await this.hold(length);
    return this.take(length);
  }

  async hold(length) {
    const parts = [this.held];
    for (let held = this.held.length; held < length; held += parts.at(-1).length) {
      const {value, done} = await this.chunks.next();
      if (done) throw new Error("ISA-L's program ended before it had replied");
      parts.push(value);
    }
    this.held = Buffer.concat(parts);
  }

  take(length) {
    const taken = this.held.subarray(0, length);
    this.held = this.held.subarray(length);
    return taken;
  }
}
