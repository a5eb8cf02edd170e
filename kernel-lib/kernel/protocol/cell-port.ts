/** The main thread's end of the line to the protocol thread. */
import type {MessagePort} from "node:worker_threads";
import type {CellMessage, CellRequest} from "../messages.js";
import type {SharedState} from "./shared-state.js";

/** Asks whether the main thread still reads its messages; answered here, so the cell thread need not. */
export interface Nudge {
  kind: "nudge";
  nudge: number;
}

export interface Awake {
  kind: "awake";
  nudge: number;
}

/** The process is about to end, by `process.exit` of a cell or of ours. */
export interface Leaving {
  kind: "leaving";
}

/** Time to send what is on its way, and to close the sockets: zeromq aborts a process that does not. */
const LEAVING_MS = 1000;

export class CellPort {
  readonly #port: MessagePort;
  readonly #shared: SharedState;

  constructor(port: MessagePort, shared: SharedState) {
    this.#port = port;
    this.#shared = shared;
    // Nothing of the reader's can run before the compiler is there.
    shared.ownWork = true;
  }

  /** Sends; waits if the other thread is far behind, so that a flood of output fills no memory. */
  postMessage(message: CellMessage): void {
    this.#port.postMessage(message);
    this.#shared.countSent();
  }

  /** Calls `handle` for each request, in order. What came before is kept until then. */
  onRequest(handle: (request: CellRequest) => void): void {
    this.#port.on("message", (message: CellRequest | Nudge) => {
      // An interrupt may have ended ownWork() before its end.
      this.#shared.ownWork = false;
      if (message.kind === "nudge") this.#port.postMessage({...message, kind: "awake"});
      else handle(message);
    });
  }

  /** Last act of the process: waits, without the event loop, until the other thread has let go. */
  leave(): void {
    this.#port.postMessage({kind: "leaving"} satisfies Leaving);
    this.#shared.waitUntilLeft(LEAVING_MS);
  }

  /** Runs `work` of the kernel, such as the compiler, that no interrupt may cut short. */
  ownWork<T>(work: () => T): T {
    this.#shared.ownWork = true;
    try {
      return work();
    } finally {
      this.#shared.ownWork = false;
    }
  }
}
