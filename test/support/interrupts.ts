/** Interrupts of everything that does not end by itself, and at the worst moment. */
import {setTimeout as delay} from "node:timers/promises";
import {Random} from "kernel-lib/random";
import {expect} from "vitest";
import {KernelClient, streamText, typesOf} from "./kernel-client.js";
import type {Exchange, KernelClientOptions} from "./kernel-client.js";

const INTERRUPTED = {status: "error", ename: "KeyboardInterrupt"};

/** Each prints, then does not end. */
const ENDLESS = {
  "a busy loop": "console.log(1); while (true) {}",
  "a loop that catches all":
    "const f = () => { try { console.log(1); while (true) {} } catch { f(); } finally { f(); } }; f();",
  "a busy loop after an await": "console.log(1); await null; while (true) {}",
  "a loop of promises": "console.log(1); while (true) await null;",
  "an await that never ends": "console.log(1); await new Promise(() => {});",
  "a busy loop in a timer":
    "setTimeout(() => { console.log(1); while (true) {} }, 0); await new Promise(() => {});",
  "a loop that prints": "while (true) console.log(1);",
  "Atomics.wait": "console.log(1); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
};

/** Runs a cell, interrupts it once it has printed a line, and asks for a value after that. */
async function interruptWhenPrinting(kernel: KernelClient, code: string): Promise<Exchange> {
  const run = kernel.sendExecute(code, {stop_on_error: false});
  await kernel.until(() => typesOf(kernel.under(run.id)).includes("stream"));
  expect((await kernel.ask("interrupt_request", {}, "control")).reply).toEqual({status: "ok"});
  return run.done;
}

/** Each endless cell is interrupted; then a variable of the reader's still has its value. */
export async function interruptEndlessCells(options: KernelClientOptions = {}): Promise<void> {
  const kernel = await KernelClient.start(options);
  await kernel.execute("let kept = 41;");
  for (const [kind, code] of Object.entries(ENDLESS)) {
    const {reply, published} = await interruptWhenPrinting(kernel, code);
    expect(reply, kind).toMatchObject(INTERRUPTED);
    expect(typesOf(published).slice(-2), kind).toEqual(["error", "idle"]);
    const {published: after} = await kernel.execute("console.log(kept + 1)");
    expect(streamText(after), kind).toBe("42\n");
  }
}

/** Interrupts that land as a cell ends: each hits that cell or none, and never the next. */
export async function interruptAtTheEnd(
  rounds: number,
  options: KernelClientOptions = {},
): Promise<void> {
  const kernel = await KernelClient.start(options);
  const random = new Random(4);
  await kernel.execute(
    "const spin = (ms: number) => { const end = Date.now() + ms; while (Date.now() < end); };",
  );
  const outcomes = {ok: 0, error: 0};
  // Half of the cells end about when an interrupt unwinds the main thread, 50 ms after it came. The
  // others are interrupted about when they end: a delay that aims at it, by what became of those before.
  let aimMs = 40;
  for (let round = 0; round < rounds; round++) {
    const unwinding = round % 2 === 0;
    const spinMs = unwinding ? random.integer({min: 30, max: 80}) : 20;
    const delayMs = unwinding ? 0 : (aimMs * random.integer({min: 70, max: 130})) / 100;
    const run = kernel.sendExecute(`spin(${spinMs}); await null; ${round}`);
    await kernel.until(() => typesOf(kernel.under(run.id)).includes("execute_input"));
    await delay(delayMs);
    // Answered as soon as it is read; the unwinding comes later. Were the next cell sent before, it
    // might run already when the interrupt is read, for the two come by different sockets.
    const interrupted = await kernel.send("interrupt_request", {}, "control").replied;
    expect(interrupted).toEqual({status: "ok"});
    const next = kernel.sendExecute(`console.log("next ${round}")`, {stop_on_error: false});
    const status = (await run.replied)["status"] as keyof typeof outcomes;
    outcomes[status]++;
    if (!unwinding) aimMs *= status === "ok" ? 1 / 1.05 : 1.05;
    const {reply, published} = await next.done;
    if (status === "ok") {
      expect(reply, `round ${round}`).toMatchObject({status: "ok"});
      expect(streamText(published)).toBe(`next ${round}\n`);
    }
    expect(streamText((await kernel.execute("console.log('alive')")).published)).toBe("alive\n");
  }
  // Both must have happened, or the test has aimed beside.
  expect(outcomes.ok).toBeGreaterThan(0);
  expect(outcomes.error).toBeGreaterThan(0);
}
