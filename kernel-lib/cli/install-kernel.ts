/** Writes the kernelspec `tslab`: `node kernel-lib/dist/cli/install-kernel.js --prefix DIR`. */
import {parseArgs} from "node:util";
import {installKernelspec} from "../kernel/index.js";

const {values} = parseArgs({options: {prefix: {type: "string"}}});
if (values.prefix === undefined) {
  console.error("Say where: --prefix DIR, the sys.prefix of a Python environment");
  process.exit(1);
}
console.log(installKernelspec(values.prefix));
