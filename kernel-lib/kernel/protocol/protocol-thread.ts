/**
 * The thread that talks to Jupyter: it binds the sockets, answers, keeps the queue, and stays awake
 * while a cell runs. It runs none of the reader's code.
 */
import {writeSync} from "node:fs";
import {setTimeout as delay} from "node:timers/promises";
import {workerData} from "node:worker_threads";
import type {MessagePort} from "node:worker_threads";
import {CellClient} from "./cell-client.js";
import {INTERRUPTED} from "../messages.js";
import type {StopReason} from "../messages.js";
import type {Run} from "./cell-client.js";
import {readConnectionFile} from "./connection.js";
import {Executions, publishStatus} from "./executions.js";
import {History} from "./history.js";
import {Interrupter} from "./interrupts.js";
import {readLimits} from "./limits.js";
import {Outputs} from "./outputs.js";
import {watchParent} from "./parent-watch.js";
import {handleRequest} from "./requests.js";
import type {RequestParts} from "./requests.js";
import {watchRun} from "./run-watch.js";
import {SharedState} from "./shared-state.js";
import {KernelSockets} from "./sockets.js";

/** What the main thread hands over at the start. */
export interface ProtocolThreadData {
  connectionFile: string;
  port: MessagePort;
  shared: SharedArrayBuffer;
  /** What V8 allows the heap of the main thread. */
  heapLimitBytes: number;
}

/** A main thread that does not end by itself so soon after shutdown is in a loop. */
const SHUTDOWN_MS = 1500;
/** For zeromq's own thread to send what it was handed. */
const LINGER_MS = 100;

const {connectionFile, port, shared: buffer, heapLimitBytes} = workerData as ProtocolThreadData;
const connection = readConnectionFile(connectionFile);
const limits = readLimits(process.env);
const shared = new SharedState(buffer);
const sockets = new KernelSockets(connection, log);
const outputs = new Outputs((publication) => sockets.publish(publication), limits);
const cell = new CellClient(port, shared, {
  onOutput: (output) => outputs.handle(output),
  onLeaving: () => void leave(),
});
const interrupter = new Interrupter(cell, shared);
const history = new History();
const stop = (run: Run | undefined, reason: StopReason): void => void interrupter.stop(run, reason);
const executions = new Executions({
  sockets,
  cell,
  outputs,
  history,
  settled: () => interrupter.settled(),
  watch: (run) => watchRun(run, limits, {heapLimitBytes, ready: cell.ready, stop, giveUp}),
});
const interrupt = (): void => stop(executions.run, INTERRUPTED);
const parts: RequestParts = {
  ...{connection, sockets, cell, executions, history, log, interrupt},
  shutdown: () => void shutdown(),
};

await sockets.bind(connection);
publishStatus(sockets, "starting", undefined);
sockets.listen("shell", (message) => void handleRequest("shell", message, parts));
sockets.listen("control", (message) => void handleRequest("control", message, parts));
watchParent(process.env, () => void shutdown());

/** The main thread ends the process; if a cell keeps it, that is ended first, and at last we do. */
async function shutdown(): Promise<void> {
  await sockets.flush();
  await delay(LINGER_MS);
  cell.shutdown();
  interrupt();
  await delay(SHUTDOWN_MS);
  endProcess();
}

/** The main thread is about to end the process; a run in progress will have no other answer. */
async function leave(): Promise<void> {
  const evalue = "The process of the kernel was ended";
  const failure = {ename: "KernelExit", evalue, traceback: [`KernelExit: ${evalue}`]};
  const {run} = executions;
  if (run !== undefined) {
    outputs.handle({kind: "error", request: run.request, ...failure});
    cell.end(run.request, failure);
    await executions.answered();
  }
  await sockets.close();
  shared.setLeft();
}

/** A run that does not end by an interrupt is reported as failed, and the kernel ends. */
function giveUp(run: Run, reason: StopReason): void {
  const traceback = [
    `${reason.ename}: ${reason.evalue}`,
    "It could not be ended: the kernel ends.",
  ];
  const failure = {...reason, traceback};
  outputs.handle({kind: "error", request: run.request, ...failure});
  cell.end(run.request, failure);
  setTimeout(endProcess, LINGER_MS);
}

/** From this thread there is no softer way: `process.exit` would end the thread alone. */
function endProcess(): void {
  process.kill(process.pid, "SIGKILL");
}

/** Straight to the process's stderr: what a cell writes goes elsewhere, and this must not wait. */
function log(line: string): void {
  try {
    writeSync(2, `[kernel] ${line}\n`);
  } catch {
    // Nobody reads it.
  }
}
