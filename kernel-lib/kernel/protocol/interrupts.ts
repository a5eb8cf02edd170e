/**
 * Ends what runs on the main thread, be it waiting or in an endless loop.
 *
 * First a message: a cell that awaits something ends by it. If the main thread does not read its
 * messages, it is in a loop: V8's inspector, reached from this thread, unwinds whatever JavaScript
 * it runs, and then it reads the message.
 *
 * The loop may end by itself just before the unwinding lands. Then nothing of value is hit: no run
 * starts while an interrupt is under way (`settled`), the compiler is not cut short (`ownWork`),
 * questions are asked again, and the message is sent again. An unwinding that meets an idle thread
 * ends nothing and does not wait for the next code (`measured`, Node 20, 22, 24).
 */
import {Session} from "node:inspector";
import {setTimeout as delay} from "node:timers/promises";
import type {StopReason} from "../messages.js";
import type {CellClient, Run} from "./cell-client.js";
import type {SharedState} from "./shared-state.js";

/** A main thread that does not answer for so long is in a loop. */
const ANSWER_MS = 50;
/** The compiler is waited for, but not for ever: a type can be endless too. */
const OWN_WORK_MS = 10_000;

export class Interrupter {
  readonly #cell: CellClient;
  readonly #shared: SharedState;
  #underWay: Promise<void> | undefined;

  constructor(cell: CellClient, shared: SharedState) {
    this.#cell = cell;
    this.#shared = shared;
  }

  /** Settles when no interrupt is under way. */
  async settled(): Promise<void> {
    await this.#underWay;
  }

  /**
   * Ends a run; without one, whatever an earlier cell left on the main thread. A second call while
   * one is under way adds nothing to it.
   */
  stop(run: Run | undefined, reason: StopReason): Promise<void> {
    this.#underWay ??= this.#stop(run, reason).finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  async #stop(run: Run | undefined, reason: StopReason): Promise<void> {
    const startedMs = performance.now();
    for (;;) {
      if (run !== undefined) this.#cell.interrupt(run, reason);
      const awake = this.#cell.nudge().then(() => true);
      do {
        if (await Promise.race([awake, delay(ANSWER_MS, false)])) return;
      } while (this.#shared.ownWork && performance.now() - startedMs < OWN_WORK_MS);
      // Nudged meanwhile: an idle thread has then something to unwind.
      const nudging = setInterval(() => void this.#cell.nudge(), ANSWER_MS);
      await terminateMainThread();
      clearInterval(nudging);
      this.#cell.repeatQuestions();
    }
  }
}

/** Settles when the main thread has unwound, or had nothing to unwind. */
async function terminateMainThread(): Promise<void> {
  // Connected only meanwhile: a process with an open session waits for it at its end.
  const session = new Session();
  session.connectToMainThread();
  await new Promise<void>((settle) => {
    session.post("Runtime.terminateExecution", () => settle());
  });
  session.disconnect();
}
