// What differs between Linux, macOS and Windows, as pure functions, so that every branch can be
// tested on one machine.

/** Oldest Node that loads our ES modules from tslab's `require`; mybinder's image has 20.19.5. */
export const OLDEST_NODE = [20, 19];
/** Oldest Python that our pinned JupyterLab supports. */
export const OLDEST_PYTHON = [3, 10];

/** Compares "20.19.5" with [20, 19]: by numbers, not by text. */
export function isAtLeast(version, oldest) {
  const parts = version.split(".").map(Number);
  for (let i = 0; i < oldest.length; i++) {
    const part = parts[i] === undefined ? 0 : parts[i];
    if (part !== oldest[i]) return part > oldest[i];
  }
  return true;
}

/** The command lines under which a Python 3 may be found, best first. */
export function pythonCandidates(platform, environment) {
  const chosen = environment.PYTHON ? [[environment.PYTHON]] : [];
  const usual =
    platform === "win32" ? [["py", "-3"], ["python"], ["python3"]] : [["python3"], ["python"]];
  return [...chosen, ...usual];
}

/** The interpreter inside a virtual environment; `join` is that of the platform. */
export function venvPython(platform, venv, join) {
  return platform === "win32" ? join(venv, "Scripts", "python.exe") : join(venv, "bin", "python");
}

/** How to get a Python, in the words of the platform. */
export function pythonAdvice(platform) {
  if (platform === "win32") return "Install it from python.org (tick “Add python.exe to PATH”)";
  if (platform === "darwin") return "Install it from python.org or with `brew install python`";
  return "Install it with your package manager, e.g. `apt install python3 python3-venv`";
}

/** How to get the module venv, in the words of the platform. */
export function venvAdvice(platform, version) {
  if (platform === "linux") return `Install it, e.g. with \`apt install python${version}-venv\``;
  return "Reinstall Python from python.org, which includes it";
}

/**
 * npm as a command that `spawn` can start without a shell. npm tells its scripts where it lies;
 * without that, Windows needs the shell to find npm.cmd.
 */
export function npmCommand(platform, environment, execPath) {
  const script = environment.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script))
    return {command: execPath, args: [script], shell: false};
  return platform === "win32"
    ? {command: "npm.cmd", args: [], shell: true}
    : {command: "npm", args: [], shell: false};
}
