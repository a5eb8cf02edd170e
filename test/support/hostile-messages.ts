/** Messages that no client would send. */
import {Random} from "kernel-lib/random";
import {expect} from "vitest";
import {encodeMessage, newHeader, Signer} from "../../kernel-lib/dist/kernel/protocol/wire.js";
import type {JsonObject} from "../../kernel-lib/dist/kernel/protocol/wire.js";
import {KernelClient} from "./kernel-client.js";

const TYPES = [
  ...["execute", "complete", "inspect", "is_complete", "history", "comm_info", "interrupt"],
  ...["kernel_info", "connect", "debug", "constructor", "__proto__"],
].map((name) => `${name}_request`);
const OTHER_TYPES = ["comm_open", "comm_msg", "comm_close", "input_reply", "nonsense", "x_reply"];
const VALUES = [null, -1, 0, 1e9, "", "1 + 1", "\u0000", [], {}, true, "while", "tail", "range"];
const FIELDS = [
  ...["code", "cursor_pos", "silent", "store_history", "user_expressions", "stop_on_error"],
  ...["detail_level", "hist_access_type", "n", "start", "stop", "session", "pattern", "unique"],
  ...["comm_id", "target_name", "data"],
];

/** Sends them to a kernel of its own, on shell and control, and asks it for 1 + 1 after each 25. */
export async function sendHostileMessages(options: {count: number; seed: number}): Promise<void> {
  const random = new Random(options.seed);
  const kernel = await KernelClient.start();
  for (let sent = 1; sent <= options.count; sent++) {
    const channel = random.choice(["shell", "control"] as const);
    await kernel.sockets[channel].send(hostileFrames(random, kernel.signer));
    if (sent % 25 > 0 && sent < options.count) continue;
    expect((await kernel.ask("kernel_info_request", {}, "control")).reply["status"]).toBe("ok");
    const status = await statusOfNextCell(kernel);
    expect(status, `after ${sent} messages of seed ${options.seed}`).toBe("ok");
  }
}

/** A hostile cell that fails aborts those that wait, as it may. */
async function statusOfNextCell(kernel: KernelClient): Promise<unknown> {
  for (;;) {
    const {reply} = await kernel.execute("1 + 1");
    if (reply["status"] !== "aborted") return reply["status"];
  }
}

function hostileFrames(random: Random, signer: Signer): Uint8Array[] {
  const kind = random.choice(["noise", "well signed", "well signed", "mutated", "badly signed"]);
  if (kind === "noise") {
    const count = random.integer({min: 1, max: 8});
    return Array.from({length: count}, () => random.bytes(random.integer({min: 0, max: 200})));
  }
  const header = newHeader(random.choice([...TYPES, ...OTHER_TYPES]), "hostile");
  const by = kind === "badly signed" ? new Signer("another key", "hmac-sha256") : signer;
  const frames = encodeMessage(
    {
      header,
      identities: [],
      parentHeader: {},
      metadata: {},
      content: randomContent(random),
      buffers: [],
    },
    by,
  );
  return kind === "mutated" ? mutate(frames, random) : frames;
}

/** Well-formed, signed, and of the wrong kind here and there. */
function randomContent(random: Random): JsonObject {
  const fields = FIELDS.filter(() => random.float() < 0.5);
  return Object.fromEntries(fields.map((field) => [field, random.choice(VALUES)]));
}

function mutate(frames: Uint8Array[], random: Random): Uint8Array[] {
  const at = random.integer({min: 0, max: frames.length - 1});
  const frame = frames[at]!.slice();
  const how = random.choice(["bit", "cut", "drop", "double"]);
  if (how === "drop") return frames.filter((_, index) => index !== at);
  if (how === "double") return [...frames.slice(0, at), frame, ...frames.slice(at)];
  if (frame.length === 0) return frames;
  if (how === "cut") return replaced(frames, at, frame.slice(0, frame.length >> 1));
  frame[random.integer({min: 0, max: frame.length - 1})]! ^= 1 << random.integer({min: 0, max: 7});
  return replaced(frames, at, frame);
}

function replaced<T>(items: readonly T[], at: number, item: T): T[] {
  return items.map((other, index) => (index === at ? item : other));
}
