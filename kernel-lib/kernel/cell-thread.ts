import {CellSession} from "./cell-session.js";
import {completeness} from "./completeness.js";
import {completionsAt} from "./completion.js";
import {documentationAt} from "./documentation.js";
import type {CellMessage, CellRequest} from "./messages.js";

/** The main thread's end of the line to the protocol thread. */
export interface CellLine {
  postMessage(message: CellMessage): void;
  onRequest(handle: (request: CellRequest) => void): void;
  /** Runs work of the kernel, such as the compiler, that no interrupt may cut short. */
  ownWork<T>(work: () => T): T;
}

/** Serves the protocol thread: runs cells and answers questions about code. */
export function startCellThread(line: CellLine): void {
  const session = new CellSession({
    emit: (message) => line.postMessage(message),
    ownWork: (work) => line.ownWork(work),
  });
  const {compiler} = session.executor;
  process.on("SIGINT", () => session.interruptOpen());
  line.onRequest((message) => {
    const {kind} = message;
    if (kind === "execute") session.execute(message);
    else if (kind === "interrupt") session.interrupt(message);
    else if (kind === "shutdown") process.exit(0);
    else line.postMessage(line.ownWork(() => answerTo(message, compiler)));
  });
  line.postMessage({kind: "ready"});
}
