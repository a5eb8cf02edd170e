/** Starts the kernel's two threads. */
import {writeSync} from "node:fs";
import {getHeapStatistics} from "node:v8";
import {MessageChannel, Worker} from "node:worker_threads";
import {CellPort} from "./cell-port.js";
import type {ProtocolThreadData} from "./protocol-thread.js";
import {SharedState} from "./shared-state.js";

export interface KernelOptions {
  /** Path of the connection file that Jupyter wrote. */
  connectionFile: string;
  /** Loads and starts the cell thread, on the thread that calls. */
  startCells(port: CellPort): Promise<void>;
}

/** The protocol thread starts at once: Jupyter has its answers while the compiler still loads. */
export async function startKernel({connectionFile, startCells}: KernelOptions): Promise<void> {
  const shared = new SharedState();
  const {port1, port2} = new MessageChannel();
  const workerData: ProtocolThreadData = {
    ...{connectionFile, port: port1, shared: shared.buffer},
    heapLimitBytes: getHeapStatistics().heap_size_limit,
  };
  const url = new URL("./protocol-thread.js", import.meta.url);
  const worker = new Worker(url, {workerData, transferList: [port1]});
  // Without it there is no kernel.
  worker.on("error", (error) => {
    // Not console.error: what a cell writes goes to Jupyter, by the thread that has just ended.
    writeSync(2, `${error.stack ?? error}\n`);
    shared.setLeft();
    process.exit(1);
  });
  const port = new CellPort(port2, shared);
  process.on("exit", () => port.leave());
  await startCells(port);
}
