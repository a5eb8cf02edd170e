import type {CellCompiler} from "./cell-compiler.js";
import {CellSession} from "./cell-session.js";
import {completeness} from "../language/completeness.js";
import {completionsAt} from "../language/completion.js";
import {documentationAt} from "../language/documentation.js";
import type {CellMessage, CellRequest} from "../messages.js";
import type {CellPort} from "../protocol/cell-port.js";

/** Serves the protocol thread: runs cells and answers questions about code. */
export function startCellThread(line: CellPort): void {
  const session = new CellSession({
    emit: (message) => line.postMessage(message),
    ownWork: (work) => line.ownWork(work),
  });
  const {compiler} = session.executor;
  process.on("SIGINT", () => session.interruptOpen());
  line.onRequest((message) => {
    if (message.kind === "execute") session.execute(message);
    else if (message.kind === "interrupt") session.interrupt(message);
    else if (message.kind === "shutdown") process.exit(0);
    else line.postMessage(line.ownWork(() => safeAnswerTo(message, compiler)));
  });
  line.postMessage({kind: "ready"});
}

type Question = Extract<CellRequest, {kind: "complete" | "inspect" | "is-complete"}>;

/** Where tslab's compiler fails on a half-written cell, there is nothing to say about it. */
function safeAnswerTo(question: Question, compiler: CellCompiler): CellMessage {
  try {
    return answerTo(question, compiler);
  } catch {
    const {kind, request} = question;
    if (kind === "inspect") return {kind: "inspected", request, found: undefined};
    if (kind === "is-complete") {
      return {kind: "completeness", request, status: "unknown", indent: ""};
    }
    const {cursor} = question;
    return {kind: "completed", request, matches: [], start: cursor, end: cursor};
  }
}

function answerTo(question: Question, compiler: CellCompiler): CellMessage {
  const {request, code} = question;
  if (question.kind === "is-complete") {
    return {kind: "completeness", request, ...completeness(code)};
  }
  if (question.kind === "complete") {
    return {kind: "completed", request, ...completionsAt(compiler, code, question.cursor)};
  }
  const found = documentationAt(compiler, code, question.cursor, question.detail);
  return {kind: "inspected", request, found};
}
