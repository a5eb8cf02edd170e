import {existsSync, readFileSync} from "node:fs";
import {isAbsolute, join} from "node:path";
import {installKernelspec} from "kernel-lib/kernel";
import type {Kernelspec} from "kernel-lib/kernel";
import {expect, it} from "vitest";
import {scratchFolder} from "../support/scratch.js";

it("installKernelspec() writes one kernel.json below the prefix, with absolute paths that exist", () => {
  const prefix = scratchFolder();
  const path = installKernelspec(prefix);
  expect(path).toBe(join(prefix, "share", "jupyter", "kernels", "tslab", "kernel.json"));
  const spec = JSON.parse(readFileSync(path, "utf8")) as Kernelspec;
  const files = [spec.argv[0]!, spec.argv.find((arg) => arg.includes("tslab"))!];
  for (const file of files) expect(isAbsolute(file) && existsSync(file), file).toBe(true);
  expect(spec.argv.at(-1)).toBe("--config-path={connection_file}");
  expect(spec.env).toEqual({NODE_NO_WARNINGS: "1", NO_COLOR: "1"});
});
