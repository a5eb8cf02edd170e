/** PyPI's tools that run notebooks, each by its own command, on our kernel or on stock tslab. */
import {spawnSync} from "node:child_process";
import {copyFileSync, existsSync, readFileSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {formatNotebook, installKernelspec, parseNotebook} from "kernel-lib/kernel";
import type {CodeCell, KernelName, Output} from "kernel-lib/kernel";
import {stripAnsi} from "../../kernel-lib/dist/kernel/language/ansi.js";
import {venvPython} from "../../binder/platform.mjs";
import {ROOT} from "../../binder/setup.mjs";
import {processesNaming} from "./processes.js";
import {scratchFolder} from "./scratch.js";

export const TOOLS = ["nbclient", "nbconvert", "papermill", "nbval", "nbmake"] as const;
export type ToolName = (typeof TOOLS)[number];

export interface ToolRun {
  ok: boolean;
  /** All it printed, without colours. */
  printed: string;
  /** Outputs by cell id, of the notebook that it wrote; empty if it wrote none. */
  outputs: Map<string, Output[]>;
}

export const TOOLS_FOLDER: string = join(ROOT, "test", "long", "notebook-tools");
const REQUIREMENTS = join(TOOLS_FOLDER, "requirements.txt");
const VENV = join(ROOT, "build", "judges", "notebook-tools");
const KERNELSPECS = join(VENV, "kernelspecs");

/** Puts the tools into a venv of their own, and both kernels where only they look. */
export function installTools(): void {
  const stamp = join(VENV, "installed-requirements.txt");
  const wanted = readFileSync(REQUIREMENTS);
  if (!existsSync(stamp) || !readFileSync(stamp).equals(wanted)) {
    const constraints = join(ROOT, "binder", "constraints.txt");
    runProgram(projectPython(), ["-m", "venv", "--clear", VENV]);
    runProgram(toolsPython(), [
      ...["-m", "pip", "install", "--quiet", "-r", REQUIREMENTS, "-c", constraints],
    ]);
    copyFileSync(REQUIREMENTS, stamp);
  }
  installKernelspec(KERNELSPECS, "tslab");
  installKernelspec(KERNELSPECS, "tslab-stock");
}

/** What each tool calls itself, with its version. */
export function toolVersions(): string {
  return readFileSync(REQUIREMENTS, "utf8").trim().replaceAll("==", " ").split("\n").join(" · ");
}

/**
 * Runs a notebook with a tool.
 *
 * @param allowErrors whether the cells after a failure run too; papermill has no such option
 */
export function runTool(
  tool: ToolName,
  {cells, kernel, allowErrors = false}: NotebookForTool,
): ToolRun {
  const path = writeForTool({cells, kernel, allowErrors});
  const {command, written} = commandOf(tool, path, allowErrors);
  const program = join(dirname(toolsPython()), command[0]!);
  const {status, stdout} = runProgram(program, command.slice(1), {
    mayFail: true,
    cwd: dirname(path),
  });
  // nbval leaves a kernel behind that it could not talk to; its connection file lies in our folder.
  for (const {pid} of processesNaming(dirname(path))) process.kill(pid, "SIGKILL");
  const printed = stripAnsi(stdout);
  return {ok: status === 0, printed, outputs: existsSync(written) ? outputsOf(written) : new Map()};
}

export interface NotebookForTool {
  cells: readonly CodeCell[];
  kernel: KernelName;
  allowErrors?: boolean;
}

/** Writes a notebook for a kernel, into a folder of its own. */
export function writeForTool({cells, kernel, allowErrors = false}: NotebookForTool): string {
  const path = join(scratchFolder(), "given.ipynb");
  const metadata = {
    kernelspec: {name: kernel, display_name: kernel, language: "typescript"},
    // How nbmake is told.
    execution: {allow_errors: allowErrors},
  };
  const notebook = {cells: [...cells], metadata, nbformat: 4, nbformat_minor: 5};
  writeFileSync(path, formatNotebook(notebook));
  return path;
}

/** Runs a Python program of ours with the tools' packages. */
export function runPython(script: string, args: string[]): string {
  return runProgram(toolsPython(), [join(TOOLS_FOLDER, script), ...args]).stdout;
}

function commandOf(
  tool: ToolName,
  path: string,
  allowErrors: boolean,
): {command: string[]; written: string} {
  const written = join(dirname(path), "executed.ipynb");
  const allow = allowErrors ? ["--allow-errors"] : [];
  switch (tool) {
    case "nbclient":
      return {command: ["jupyter", "execute", path, `--output=${written}`, ...allow], written};
    case "nbconvert": {
      const options = ["--to", "notebook", "--execute", ...allow, "--output", written];
      return {command: ["jupyter", "nbconvert", ...options, path], written};
    }
    case "papermill":
      return {command: ["papermill", "--no-progress-bar", path, written], written};
    case "nbval":
      return {command: ["pytest", "-p", "no:cacheprovider", "--nbval", path], written};
    case "nbmake":
      return {
        command: ["pytest", "-p", "no:cacheprovider", "--nbmake", "--overwrite", path],
        written: path,
      };
  }
}

function outputsOf(path: string): Map<string, Output[]> {
  const {cells} = parseNotebook(readFileSync(path, "utf8"));
  const code = cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
  return new Map(code.map((cell) => [cell.id, cell.outputs]));
}

function projectPython(): string {
  return venvPython(process.platform, join(ROOT, ".venv"), join);
}

function toolsPython(): string {
  return venvPython(process.platform, VENV, join);
}

function runProgram(
  program: string,
  args: string[],
  {mayFail = false, cwd = ROOT}: {mayFail?: boolean; cwd?: string} = {},
): {status: number | null; stdout: string} {
  const env = {...process.env, JUPYTER_PATH: KERNELSPECS, TMPDIR: cwd};
  const options = {encoding: "utf8" as const, cwd, env, maxBuffer: 2 ** 26};
  const {status, stdout, stderr, error} = spawnSync(program, args, options);
  if (error || (status !== 0 && !mayFail)) {
    throw new Error(`${program} ${args.join(" ")} failed: ${error?.message ?? stderr}`);
  }
  return {status, stdout: stdout + (mayFail ? stderr : "")};
}
