/** `node kernel-lib/dist/cli/run-notebook.js FILE…`: runs notebooks, prints nothing but failures. */
import {runNotebook} from "../kernel/index.js";

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error("Say which notebooks to run");
  process.exit(1);
}
for (const file of files) {
  const {failure, cells, elapsedMs} = await runNotebook(file);
  if (failure === undefined) {
    console.log(`${file}: ${cells.length} cells, ${(elapsedMs / 1000).toFixed(1)} s`);
  } else {
    console.error(`${file}: ${failure}`);
    process.exitCode = 1;
  }
}
