/**
 * Writes the kernelspec `tslab`, or takes it away:
 *
 *     node kernel-lib/dist/cli/install-kernel.js --prefix DIR     a Python environment's sys.prefix
 *     node kernel-lib/dist/cli/install-kernel.js --user           for all of the user's environments
 *
 * `--stock` means stock tslab, as `tslab-stock`, for comparisons; `--uninstall` removes.
 */
import {homedir} from "node:os";
import {parseArgs} from "node:util";
import {
  environmentFolder,
  installKernelspec,
  uninstallKernelspec,
  userFolder,
} from "../kernel/index.js";

const {values} = parseArgs({
  options: {
    prefix: {type: "string"},
    user: {type: "boolean", default: false},
    stock: {type: "boolean", default: false},
    uninstall: {type: "boolean", default: false},
  },
});
const {prefix, user, stock, uninstall} = values;
if ((prefix !== undefined) === user) {
  console.error("Say where: --prefix DIR, the sys.prefix of a Python environment, or --user");
  process.exit(1);
}
const folder =
  prefix === undefined
    ? userFolder(process.platform, process.env, homedir())
    : environmentFolder(prefix);
const name = stock ? "tslab-stock" : "tslab";
if (uninstall) {
  console.log(uninstallKernelspec(folder, name) ? `Removed ${name}` : `There was no ${name}`);
} else {
  console.log(installKernelspec(folder, name));
}
