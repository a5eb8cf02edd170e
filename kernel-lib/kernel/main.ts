/** The kernel's process: `node main.js CONNECTION_FILE`, as the kernelspec says. */
import {startKernel} from "./protocol/start-kernel.js";

const connectionFile = process.argv[2];
if (connectionFile === undefined) {
  console.error("Say where Jupyter's connection file is: node main.js CONNECTION_FILE");
  process.exit(1);
}
await startKernel({
  connectionFile,
  async startCells(port) {
    const {startCellThread} = await import("./cells/cell-thread.js");
    startCellThread(port);
  },
});
