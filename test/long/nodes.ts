import {spawnSync} from "node:child_process";
import {existsSync, mkdirSync} from "node:fs";
import {delimiter, join} from "node:path";
import {ROOT} from "../../binder/setup.mjs";

/** The supported lines of Node besides the one that runs the tests, and two that are too old. */
export const NODES = {supported: ["22.23.3", "24.9.0"], tooOld: ["16.20.2", "18.20.8"]} as const;

/**
 * Brings a Node from the npm registry, where each binary is a package.
 *
 * @returns path of its `bin` folder
 */
export function nodeBin(version: string): string {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(ROOT, "build", "nodes", version);
  const bin = join(folder, "node_modules", name, "bin");
  if (!existsSync(join(bin, "node"))) {
    mkdirSync(folder, {recursive: true});
    const npm = ["install", "--prefix", folder, "--no-save", `${name}@${version}`];
    const {status, stderr} = spawnSync("npm", npm, {encoding: "utf8"});
    if (status !== 0) throw new Error(`Node ${version} cannot be had: ${stderr}`);
  }
  return bin;
}

/** The environment in which that Node comes first and npm's cache is empty. */
export function environmentFor(
  bin: string | undefined,
  cache: string,
): Record<string, string | undefined> {
  return {
    PATH: bin === undefined ? process.env["PATH"] : `${bin}${delimiter}${process.env["PATH"]}`,
    npm_config_cache: cache,
    // What npm told this test run about itself is not for the run inside.
    npm_execpath: undefined,
    npm_node_execpath: undefined,
    npm_config_prefix: undefined,
    CI: "true",
  };
}
