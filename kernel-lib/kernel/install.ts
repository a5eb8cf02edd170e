import {existsSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";

/** The content of a `kernel.json`. */
export interface Kernelspec {
  argv: string[];
  display_name: string;
  language: string;
  env: Record<string, string>;
}

/**
 * V8's limits for a kernel: a small young generation keeps the process near 250 MB after 1,000
 * cells, where stock settings grew to 466 MB (`measured`, Node 20, tslab 1.0.22).
 */
export const V8_FLAGS: readonly string[] = ["--max-semi-space-size=4", "--max-old-space-size=512"];

/** Any text on stderr counts as a failure in nbgrader, so Node's own warnings are switched off. */
export const KERNEL_ENV: Readonly<Record<string, string>> = {NODE_NO_WARNINGS: "1", NO_COLOR: "1"};

/**
 * How Jupyter starts tslab: by absolute paths, so that no PATH and no other tslab can interfere.
 *
 * @example
 * import {kernelspec} from "kernel-lib/kernel";
 * kernelspec().language // => 'typescript'
 */
export function kernelspec(): Kernelspec {
  const tslab = createRequire(import.meta.url).resolve("tslab/bin/tslab");
  return {
    argv: [process.execPath, ...V8_FLAGS, tslab, "kernel", "--config-path={connection_file}"],
    display_name: "TypeScript (tslab)",
    language: "typescript",
    env: {...KERNEL_ENV},
  };
}

/**
 * Writes the kernelspec `tslab` below a Python environment and nowhere else: the user's own
 * kernelspecs stay as they are.
 *
 * @param prefix the environment's `sys.prefix`
 * @returns path of the kernel.json written
 */
export function installKernelspec(prefix: string): string {
  const folder = join(prefix, "share", "jupyter", "kernels", "tslab");
  mkdirSync(folder, {recursive: true});
  const path = join(folder, "kernel.json");
  const text = `${JSON.stringify(kernelspec(), null, 2)}\n`;
  // Only if it differs: a JupyterLab that runs may be reading it.
  if (!existsSync(path) || readFileSync(path, "utf8") !== text) writeFileSync(path, text);
  return path;
}
