// Sets everything up below this folder: dependencies, build, .venv with JupyterLab, kernelspec.
//
//   npm run setup                     what `npm start` and `npm test` do first; does nothing twice
//   node binder/setup.mjs --in-environment    Binder: into the Python environment that is active
//
// Plain Node without dependencies, no shell: it must run before anything is installed, on Linux,
// macOS and Windows. Each step is either finished or undone, so that the next try starts clean.
import {spawn, spawnSync} from "node:child_process";
import {createHash} from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import {
  isAtLeast,
  npmCommand,
  OLDEST_NODE,
  OLDEST_PYTHON,
  pythonAdvice,
  pythonCandidates,
  venvAdvice,
  venvPython,
} from "./platform.mjs";

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const VENV = join(ROOT, ".venv");
const REQUIREMENTS = join(ROOT, "binder", "requirements.txt");
const CONSTRAINTS = join(ROOT, "binder", "constraints.txt");

const STOPS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Something the reader can mend; its message is one line that says how. */
export class SetupError extends Error {}

/**
 * Does whatever is not done yet.
 *
 * @param options inEnvironment: install into the active Python environment instead of .venv
 * @returns path of the Python that has JupyterLab
 */
export async function setup({inEnvironment = false, log = console.log} = {}) {
  checkNode(process.versions.node);
  checkWritable(ROOT);
  const python = findPython(process.platform, process.env);
  await prepare({log});
  const jupyterPython = inEnvironment ? python.path : venvPython(process.platform, VENV, join);
  if (!inEnvironment) {
    await step(
      log,
      "JupyterLab in .venv (pip)",
      () => venvIsCurrent(python),
      () => makeVenv(python),
    );
  }
  const prefix = inEnvironment ? python.prefix : VENV;
  await step(
    log,
    "kernelspec and JupyterLab settings",
    () => false,
    () => configureJupyter(prefix),
  );
  return jupyterPython;
}

/** The part that needs no Python: dependencies and build. */
export async function prepare({log = console.log} = {}) {
  checkNode(process.versions.node);
  checkWritable(ROOT);
  await step(log, "dependencies (npm)", dependenciesAreCurrent, installDependencies);
  await step(log, "kernel-lib build", buildIsCurrent, build);
}

/** Runs a step unless it is done, with one line that says which and how long. */
async function step(log, name, isDone, run) {
  if (isDone()) return log(`  ✓ ${name}: already done`);
  const startedMs = Date.now();
  log(`  … ${name}`);
  await run();
  log(`  ✓ ${name}: ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
}

export function checkNode(version) {
  if (isAtLeast(version, OLDEST_NODE)) return;
  throw new SetupError(
    `Node ${version} is too old: Glass Cloud needs ${OLDEST_NODE.join(".")} or newer. Install the LTS version from nodejs.org.`,
  );
}

function checkWritable(folder) {
  for (const name of ["", "node_modules", ".venv", "kernel-lib"]) {
    const path = name === "" ? folder : join(folder, name);
    if (!existsSync(path)) continue;
    try {
      accessSync(path, constants.W_OK);
    } catch {
      throw new SetupError(
        `You may not write to ${path}. Clone Glass Cloud into a folder of your own.`,
      );
    }
  }
}

/** The first Python that is new enough and can make a virtual environment. */
function findPython(platform, environment) {
  let tooOld;
  for (const [command, ...args] of pythonCandidates(platform, environment)) {
    const script =
      "import sys, importlib.util as u;" +
      "print('.'.join(map(str, sys.version_info[:3]))); print(sys.executable); print(sys.prefix);" +
      "print(all(u.find_spec(m) for m in ('venv', 'ensurepip')))";
    // UTF-8, since a Windows Python would write a path with an umlaut in the local code page.
    const env = {...environment, PYTHONUTF8: "1"};
    const {status, stdout} = spawnSync(command, [...args, "-c", script], {encoding: "utf8", env});
    if (status !== 0) continue;
    const [version, path, prefix, hasVenv] = stdout.trim().split(/\r?\n/);
    if (!isAtLeast(version, OLDEST_PYTHON)) {
      if (tooOld === undefined) tooOld = version;
      continue;
    }
    if (hasVenv !== "True") {
      const short = version.split(".").slice(0, 2).join(".");
      throw new SetupError(
        `Python ${version} lacks the module venv. ${venvAdvice(platform, short)}, then try again.`,
      );
    }
    return {version, path, prefix};
  }
  const found = tooOld === undefined ? "No Python found" : `Python ${tooOld} is too old`;
  throw new SetupError(
    `${found}: Glass Cloud needs Python ${OLDEST_PYTHON.join(".")} or newer for JupyterLab. ${pythonAdvice(platform)}, then try again.`,
  );
}

/** npm writes node_modules/.package-lock.json last; it lists what is really there. */
function dependenciesAreCurrent() {
  try {
    const wanted = readJson(join(ROOT, "package-lock.json")).packages;
    const present = readJson(join(ROOT, "node_modules", ".package-lock.json")).packages;
    return Object.entries(wanted).every(
      ([path, {version, optional, link}]) =>
        !path.startsWith("node_modules/") || optional || link || present[path]?.version === version,
    );
  } catch {
    return false;
  }
}

async function installDependencies() {
  const {command, args, shell} = npmCommand(process.platform, process.env, process.execPath);
  const quick = [
    "--fetch-retries=2",
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=5000",
  ];
  const run = await runQuietly(
    command,
    [...args, "ci", "--include=dev", "--no-audit", "--no-fund", ...quick],
    {
      shell,
    },
  );
  if (run.ok) return;
  rmSync(join(ROOT, "node_modules"), {recursive: true, force: true});
  throw new SetupError(installFailure("npm", run.output));
}

function buildIsCurrent() {
  const stamp = join(ROOT, "kernel-lib", "dist", ".stamp");
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sourcesHash();
}

async function build() {
  const dist = join(ROOT, "kernel-lib", "dist");
  const run = await runQuietly(process.execPath, [join(ROOT, "kernel-lib", "build.mjs")]);
  if (!run.ok) {
    rmSync(dist, {recursive: true, force: true});
    throw new SetupError(`The build failed:\n${run.output.trim()}`);
  }
  writeFileSync(join(dist, ".stamp"), sourcesHash());
}

/** Content of everything that the build reads. */
function sourcesHash() {
  const hash = createHash("sha256");
  for (const folder of ["kernel-lib", "data"]) {
    const entries = readdirSync(join(ROOT, folder), {withFileTypes: true, recursive: true});
    const files = entries
      .filter((entry) => entry.isFile() && /\.(ts|mjs|json|csv)$/.test(entry.name))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .filter((path) => !/[\\/](dist|node_modules)[\\/]/.test(path.slice(ROOT.length)));
    for (const file of files.sort())
      hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  }
  for (const name of ["package.json", "package-lock.json", "tsconfig.json"]) {
    hash.update(readFileSync(join(ROOT, name)));
  }
  return hash.digest("hex");
}

/** Written last, so that a half-made .venv is never taken for a whole one. */
const VENV_STAMP = join(VENV, ".glass-cloud-stamp");

function venvStamp(python) {
  // With the path, since a virtual environment cannot be moved.
  const wanted = [REQUIREMENTS, CONSTRAINTS].map((file) => readFileSync(file, "utf8"));
  return [ROOT, python.version, ...wanted].join("\n");
}

function venvIsCurrent(python) {
  return existsSync(VENV_STAMP) && readFileSync(VENV_STAMP, "utf8") === venvStamp(python);
}

async function makeVenv(python) {
  rmSync(VENV, {recursive: true, force: true});
  const pip = [
    "-m",
    "pip",
    "install",
    "--disable-pip-version-check",
    "--no-input",
    "--retries",
    "2",
  ];
  const make = await runQuietly(python.path, ["-m", "venv", VENV]);
  const run = make.ok
    ? await runQuietly(venvPython(process.platform, VENV, join), [...pip, "-r", REQUIREMENTS])
    : make;
  if (!run.ok) {
    rmSync(VENV, {recursive: true, force: true});
    throw new SetupError(installFailure("pip", run.output));
  }
  writeFileSync(VENV_STAMP, venvStamp(python));
}

/** The kernelspec, no news and no update checks, in that environment and nowhere else. */
async function configureJupyter(prefix) {
  const cli = join(ROOT, "kernel-lib", "dist", "cli", "install-kernel.js");
  const run = await runQuietly(process.execPath, [cli, "--prefix", prefix]);
  if (!run.ok) throw new SetupError(`The kernelspec could not be written:\n${run.output.trim()}`);
  writeJson(join(prefix, "etc", "jupyter", "jupyter_lab_config.json"), {
    LabApp: {
      news_url: null,
      check_for_updates_class: "jupyterlab.NeverCheckForUpdate",
      extension_manager: "readonly",
    },
  });
  writeJson(join(prefix, "share", "jupyter", "lab", "settings", "overrides.json"), {
    "@jupyterlab/apputils-extension:notification": {checkForUpdates: false, fetchNews: "false"},
  });
}

/** Why an installation failed, in one line, and what to do. */
function installFailure(tool, output) {
  const offline =
    /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|NewConnectionError|Max retries|Temporary failure|No matching distribution/.exec(
      output,
    );
  if (offline) {
    return `${tool} could not reach its registry (${offline[0]}). Connect to the network and try again; later starts work offline.`;
  }
  const lines = output
    .trim()
    .split("\n")
    .filter((line) => /error/i.test(line));
  return `${tool} failed: ${(lines[0] ?? output.trim().split("\n").at(-1) ?? "no message").trim()}. Mend that and try again.`;
}

/** Runs a command and keeps what it prints; when we are told to stop, it is told too. */
function runQuietly(command, args, {shell = false} = {}) {
  return new Promise((settle) => {
    let output = "";
    const child = spawn(command, args, {cwd: ROOT, shell, stdio: ["ignore", "pipe", "pipe"]});
    const stop = (signal) => {
      child.kill(signal);
      process.exit(1);
    };
    for (const signal of STOPS) process.once(signal, stop);
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    const finish = (ok) => {
      for (const signal of STOPS) process.removeListener(signal, stop);
      settle({ok, output});
    };
    child.on("error", (error) => {
      output += error.message;
      finish(false);
    });
    child.on("close", (code) => finish(code === 0));
  });
}

function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Only if it differs: a JupyterLab that runs may be reading it. */
function writeJson(path, value) {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, text);
}

/** Prints a SetupError as its one line, anything else as the bug that it is. */
export function reportAndExit(error) {
  console.error(
    error instanceof SetupError ? `\nGlass Cloud cannot start. ${error.message}` : error,
  );
  process.exit(1);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  console.log("Setting up Glass Cloud:");
  try {
    await setup({inEnvironment: process.argv.includes("--in-environment")});
  } catch (error) {
    reportAndExit(error);
  }
}
