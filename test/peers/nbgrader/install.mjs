// node test/peers/nbgrader/install.mjs: nbgrader in a venv of its own, above the project's .venv.
//
// nbgrader needs JupyterLab, which .venv has. A venv that sees its packages takes a quarter of the
// time and space of a whole one, and leaves .venv as it is.
import {spawnSync} from "node:child_process";
import {copyFileSync, existsSync, readFileSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {venvPython} from "../../../binder/platform.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "..", "..", "..");
const REQUIREMENTS = join(HERE, "requirements.txt");
const VENV = join(ROOT, "build", "judges", "nbgrader");
const STAMP = join(VENV, "installed-requirements.txt");

/** Path of a Python that has nbgrader, or undefined if it is not installed, or not as it is asked for. */
export function nbgraderPython() {
  if (!existsSync(STAMP) || !readFileSync(STAMP).equals(readFileSync(REQUIREMENTS)))
    return undefined;
  return venvPython(process.platform, VENV, join);
}

/** Installs it, if it is not there. @throws Error that says why it cannot be had */
export function installNbgrader() {
  const installed = nbgraderPython();
  if (installed !== undefined) return installed;
  const base = venvPython(process.platform, join(ROOT, ".venv"), join);
  const python = venvPython(process.platform, VENV, join);
  run(base, ["-m", "venv", "--clear", VENV]);
  const folderOf = "import sysconfig; print(sysconfig.get_path('purelib'))";
  const below = run(base, ["-c", folderOf]);
  writeFileSync(join(run(python, ["-c", folderOf]), "project.pth"), `${below}\n`);
  const constraints = join(ROOT, "binder", "constraints.txt");
  run(python, ["-m", "pip", "install", "--quiet", "-r", REQUIREMENTS, "-c", constraints]);
  copyFileSync(REQUIREMENTS, STAMP);
  return python;
}

function run(program, args) {
  const {status, stdout, stderr, error} = spawnSync(program, args, {encoding: "utf8"});
  if (error || status !== 0)
    throw new Error(`Cannot install nbgrader: ${error?.message ?? stderr}`);
  return stdout.trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) installNbgrader();
