import {cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";
import {fileURLToPath} from "node:url";

/** The content of a `kernel.json`. */
export interface Kernelspec {
  argv: string[];
  display_name: string;
  language: string;
  /** How Jupyter interrupts: by a message, or by SIGINT if absent. */
  interrupt_mode?: "message";
  env: Record<string, string>;
}

/**
 * V8's limits for a kernel: a small young generation keeps the process near 250 MB after 1,000
 * cells, where stock settings grew to 466 MB (`measured`, Node 20, tslab 1.0.22).
 */
export const V8_FLAGS: readonly string[] = ["--max-semi-space-size=4", "--max-old-space-size=512"];

/**
 * An interrupt unwinds the main thread wherever it is. Node's own book-keeping of asynchronous calls
 * is then left with entries, and by default ends the process over them.
 */
const INTERRUPT_FLAG = "--no-force-async-hooks-checks";

/** Any text on stderr counts as a failure in nbgrader, so Node's own warnings are switched off. */
export const KERNEL_ENV: Readonly<Record<string, string>> = {NODE_NO_WARNINGS: "1", NO_COLOR: "1"};

/**
 * glibc gives every thread a heap of its own, and gives little of them back: with one for all, a
 * kernel is 18 MB smaller (`measured`: 164 MB after its start instead of 182). Elsewhere ignored.
 */
const ONE_HEAP: Readonly<Record<string, string>> = {MALLOC_ARENA_MAX: "1"};

const MAIN = fileURLToPath(new URL("./main.js", import.meta.url));
const LOGOS = fileURLToPath(new URL("../../kernel/logo", import.meta.url));

/**
 * How Jupyter starts our kernel: by absolute paths, so that no PATH and no other tslab can interfere.
 *
 * @example
 * import {kernelspec} from "kernel-lib/kernel";
 * kernelspec().language // => 'typescript'
 */
export function kernelspec(): Kernelspec {
  return {
    argv: [process.execPath, ...V8_FLAGS, INTERRUPT_FLAG, MAIN, "{connection_file}"],
    display_name: "TypeScript (tslab)",
    language: "typescript",
    interrupt_mode: "message",
    env: {...KERNEL_ENV, ...ONE_HEAP},
  };
}

/**
 * How Jupyter starts stock tslab with the same limits: for comparisons.
 *
 * @example
 * import {stockKernelspec} from "kernel-lib/kernel";
 * stockKernelspec().argv.at(-2) // => 'kernel'
 */
export function stockKernelspec(): Kernelspec {
  const tslab = createRequire(import.meta.url).resolve("tslab/bin/tslab");
  return {
    argv: [process.execPath, ...V8_FLAGS, tslab, "kernel", "--config-path={connection_file}"],
    display_name: "TypeScript (stock tslab)",
    language: "typescript",
    env: {...KERNEL_ENV},
  };
}

/** What is installed: our kernel, as `tslab`, or stock tslab, as `tslab-stock`. */
export type KernelName = "tslab" | "tslab-stock";

/**
 * Writes a kernelspec, and its logos, below a Python environment and nowhere else: the user's own
 * kernelspecs stay as they are.
 *
 * @param dataFolder of Jupyter: `environmentFolder(prefix)` or `userFolder(…)`
 * @returns path of the kernel.json written
 */
export function installKernelspec(dataFolder: string, name: KernelName = "tslab"): string {
  const folder = join(dataFolder, "kernels", name);
  mkdirSync(folder, {recursive: true});
  const path = join(folder, "kernel.json");
  const spec = name === "tslab" ? kernelspec() : stockKernelspec();
  const text = `${JSON.stringify(spec, null, 2)}\n`;
  // Only if it differs: a JupyterLab that runs may be reading it.
  if (!existsSync(path) || readFileSync(path, "utf8") !== text) writeFileSync(path, text);
  if (name === "tslab") cpSync(LOGOS, folder, {recursive: true});
  return path;
}

/**
 * Removes a kernelspec that `installKernelspec` wrote.
 *
 * @returns whether there was one
 */
export function uninstallKernelspec(dataFolder: string, name: KernelName = "tslab"): boolean {
  const folder = join(dataFolder, "kernels", name);
  const existed = existsSync(folder);
  rmSync(folder, {recursive: true, force: true});
  return existed;
}

/**
 * Jupyter's data folder of one Python environment.
 *
 * @param prefix the environment's `sys.prefix`
 */
export function environmentFolder(prefix: string): string {
  return join(prefix, "share", "jupyter");
}

/** Jupyter's data folder of a user: what lies there is seen from all of the user's environments. */
export function userFolder(
  platform: string,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (env["JUPYTER_DATA_DIR"]) return env["JUPYTER_DATA_DIR"];
  if (platform === "darwin") return join(home, "Library", "Jupyter");
  if (platform === "win32")
    return join(env["APPDATA"] ?? join(home, "AppData", "Roaming"), "jupyter");
  return join(env["XDG_DATA_HOME"] ?? join(home, ".local", "share"), "jupyter");
}
