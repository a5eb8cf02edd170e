/** What happens where code must not be made at run time: a policy, or a host without WebAssembly. */
import {spawnSync} from "node:child_process";
import {pathToFileURL} from "node:url";
import {join} from "node:path";
import {build} from "esbuild";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";

const LIBRARY = pathToFileURL(join(ROOT, "kernel-lib", "dist", "erasure", "index.js")).href;

/** Encodes and decodes with every implementation asked for; prints what was used and the bytes. */
const PROGRAM = `
  const {ReedSolomon} = await import(${JSON.stringify(LIBRARY)});
  const used = new Set(), results = new Set();
  for (const implementation of [undefined, "textbook", "plain", "simd"]) {
    const code = new ReedSolomon({dataShards: 6, parityShards: 2, implementation});
    const stripe = code.allocate(5003);
    stripe.slice(0, 6).forEach((shard, c) => shard.forEach((_, i) => (shard[i] = i * i + 7 * c)));
    code.encode(stripe.slice(0, 6));
    results.add(stripe.map((shard) => shard.join()).join());
    results.add(code.reconstruct([undefined, ...stripe.slice(1, 7), undefined]).join());
    used.add(code.implementation);
  }
  console.log([...used].join(), results.size);
`;

function run(flags: string[], before = ""): string {
  const {stdout, stderr} = spawnSync(
    process.execPath,
    [...flags, "--input-type=module", "--eval", before + PROGRAM],
    {encoding: "utf8"},
  );
  return (stdout + stderr).trim();
}

describe("SimdKernel", () => {
  it("ReedSolomon uses WebAssembly where it may, and all implementations agree", () => {
    expect(run([])).toBe("simd,textbook,plain 1");
  });

  it("ReedSolomon falls back to plain JavaScript without WebAssembly", () => {
    expect(run([], "delete globalThis.WebAssembly;")).toBe("plain,textbook 1");
  });

  it("ReedSolomon falls back where WebAssembly has no vectors, or may not be compiled", () => {
    expect(run([], "WebAssembly.validate = () => false;")).toBe("plain,textbook 1");
    const refuses = "WebAssembly.Module = function () { throw new Error('policy'); };";
    expect(run([], refuses)).toBe("plain,textbook 1");
  });

  it("ReedSolomon falls back for a matrix whose module the host finds too large", () => {
    const limit = `
      const Module = WebAssembly.Module;
      WebAssembly.Module = function (bytes) {
        if (bytes.length > 300) throw new RangeError("too large");
        return new Module(bytes);
      };`;
    expect(run([], limit)).toBe("simd,textbook,plain 1");
  });

  it("ReedSolomon works where no function may be made from text, as under a strict policy", () => {
    const flag = "--disallow-code-generation-from-strings";
    expect(run([flag], "delete globalThis.WebAssembly;")).toBe("plain,textbook 1");
  });

  it("kernel-lib/erasure bundles for the browser without node:", async () => {
    const {errors, outputFiles} = await build({
      stdin: {contents: 'export * from "kernel-lib/erasure";', resolveDir: ROOT},
      ...{bundle: true, write: false, format: "esm", platform: "browser", logLevel: "silent"},
    });
    expect(errors).toEqual([]);
    expect(outputFiles![0]!.text).not.toMatch(/["']node:/);
  });
});
