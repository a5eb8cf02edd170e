// Makes the peers ready on first use. A peer that cannot be had is left out, with the reason.
import {spawnSync} from "node:child_process";
import {existsSync, mkdirSync, readFileSync, statSync, writeFileSync} from "node:fs";
import {basename, dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {venvPython} from "../../binder/platform.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const LOCK = join(HERE, "package-lock.json");
/** A copy of the lockfile that node_modules was made from. */
const INSTALLED_LOCK = join(HERE, "node_modules", ".installed-lock.json");

/** Installs the npm peers if node_modules is not current. @returns what went wrong, if anything */
export function installNpmPeers() {
  if (existsSync(INSTALLED_LOCK) && readFileSync(INSTALLED_LOCK).equals(readFileSync(LOCK))) {
    return undefined;
  }
  console.log("Installing the npm peers; native addons are compiled …");
  const options = {
    cwd: HERE,
    env: {...process.env, ...headersBesideNode()},
    shell: process.platform === "win32",
  };
  // Only what `allowScripts` names is compiled: pcap and cap are addons too, for capturing, and of
  // them we need but the decoders. On the command line, since `npm run` hands the root's
  // ignore-scripts down in the environment.
  const {allowScripts} = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8"));
  const problem =
    runQuietly("npm", ["ci", "--ignore-scripts"], options) ??
    runQuietly("npm", ["rebuild", "--ignore-scripts=false", ...Object.keys(allowScripts)], options);
  if (problem === undefined) writeFileSync(INSTALLED_LOCK, readFileSync(LOCK));
  return problem;
}

/** Installs the Python peers of requirements.txt into a venv of their own, if it is not current. */
export function installPythonPeers() {
  const venv = join(HERE, "build", "venv");
  const python = venvPython(process.platform, venv, join);
  const wanted = readFileSync(join(HERE, "requirements.txt"));
  const installed = join(venv, "installed-requirements.txt");
  if (existsSync(installed) && readFileSync(installed).equals(wanted)) return {python};
  console.log("Installing the Python peers …");
  const base = venvPython(process.platform, join(HERE, "../../.venv"), join);
  const problem =
    runQuietly(base, ["-m", "venv", "--clear", venv]) ??
    runQuietly(python, ["-m", "pip", "install", "--quiet", "-r", join(HERE, "requirements.txt")]);
  if (problem !== undefined) return {problem};
  writeFileSync(installed, wanted);
  return {python};
}

/** Compiles a C peer with cc if its program is older than its source. */
export function compilePeer(source, libraries) {
  const program = join(HERE, "build", basename(source, ".c"));
  if (existsSync(program) && statSync(program).mtimeMs >= statSync(source).mtimeMs) {
    return {program};
  }
  mkdirSync(dirname(program), {recursive: true});
  const problem = runQuietly("cc", ["-O2", "-o", program, source, ...libraries]);
  return problem === undefined ? {program} : {problem};
}

/** Node's headers, where its package brought them along, spare node-gyp a download. */
function headersBesideNode() {
  const prefix = dirname(dirname(process.execPath));
  const found = existsSync(join(prefix, "include", "node", "node_api.h"));
  return found ? {npm_config_nodedir: prefix} : {};
}

/** @returns undefined on success, else one line that says why */
function runQuietly(command, args, options = {}) {
  const {error, status, stderr} = spawnSync(command, args, {encoding: "utf8", ...options});
  if (error?.code === "ENOENT") return `${command} is not installed`;
  if (error) return error.message;
  if (status === 0) return undefined;
  const lines = stderr.split("\n");
  return (lines.find((line) => /error: /i.test(line)) ?? lines[0]).trim();
}
