import {mkdirSync, mkdtempSync, rmSync} from "node:fs";
import {join} from "node:path";
import {childEnvironment, nodeFlags} from "./node-flags.js";
import {MOUNT_POINT, WORK_FOLDER} from "./project-paths.js";
import type {RunLimits} from "./run-limits.js";
import {sandboxScript} from "./sandbox-script.js";
import {nodeProgram, systemProgram, visibleFiles} from "./visible-files.js";

/**
 * How a submission is kept apart from this machine: `full` by namespaces, a root folder of its own
 * and limits that the system enforces; `trusted` by Node's permission model, a clean environment and
 * the clock alone.
 */
export type Isolation = {kind: "full"; asRoot: boolean} | {kind: "trusted"};

/** What `trusted` leaves open, for whoever chooses it. */
export const NOT_CONTAINED: string =
  "Submissions run as you, without a sandbox. Not contained: they can read every file that you can, " +
  "hidden tests and other submissions among them; open network connections; end your processes. " +
  "Their memory is limited for JavaScript objects only. A hole in Node's permission model opens the " +
  "rest.";

/** A program to start, so that it is contained. */
export interface ContainedCommand {
  file: string;
  args: string[];
  env: Record<string, string>;
  /** Whether to start it as the leader of a process group, which is then killed whole. */
  group: boolean;
  /** To be called when it has ended. */
  cleanUp: () => void;
}

export interface ContainedProgram {
  /** A compiled module; it is called with its working folder, then `args`. */
  path: string;
  args?: readonly string[];
  variables?: Readonly<Record<string, string>>;
  limits: RunLimits;
  /** Node's permission model; only a probe leaves it out. Default true. */
  permissions?: boolean;
}

/** Says how to start a program under an isolation. Standard input to channel 3 are the caller's. */
export function containedCommand(
  isolation: Isolation,
  program: ContainedProgram,
): ContainedCommand {
  return isolation.kind === "full" ? sandboxed(isolation.asRoot, program) : unsandboxed(program);
}

/**
 * `setpriv` ends the sandbox with the thread that started it, `unshare` ends it with itself. The
 * user of a sandbox is numbered after the process that becomes `unshare`, so that no two at a time
 * share one, and the limit on processes counts those of one sandbox.
 */
function sandboxed(asRoot: boolean, program: ContainedProgram): ContainedCommand {
  const {path, args = [], limits, permissions = true, variables = {}} = program;
  mkdirSync(MOUNT_POINT, {recursive: true});
  const script = sandboxScript({visible: visibleFiles(), limits, asRoot});
  const namespaces = ["--net", "--pid", "--mount", "--ipc", "--uts", "--fork", "--kill-child"];
  const start = [
    ...["exec", systemProgram("setpriv"), "--pdeathsig", "KILL", systemProgram("unshare")],
    ...(asRoot ? [] : ["--user", "--map-root-user"]),
    ...[...namespaces, "--", "/bin/sh", "-c", '"$0"', "sh", `$((${FIRST_USER} + $$))`, '"$@"'],
  ];
  return {
    file: "/bin/sh",
    args: [
      ...["-c", start.join(" "), script, nodeProgram()],
      ...[...nodeFlags(limits, WORK_FOLDER, permissions), path, WORK_FOLDER, ...args],
    ],
    env: childEnvironment(variables),
    group: false,
    cleanUp: () => undefined,
  };
}

/** Above every number that a system gives to people or services; process numbers end at 2^22. */
const FIRST_USER = 1_500_000_000;

function unsandboxed(program: ContainedProgram): ContainedCommand {
  const {path, args = [], limits, permissions = true, variables = {}} = program;
  mkdirSync(WORK_FOLDER, {recursive: true});
  const folder = mkdtempSync(join(WORK_FOLDER, "trusted-"));
  return {
    file: nodeProgram(),
    args: [...nodeFlags(limits, folder, permissions), path, folder, ...args],
    env: childEnvironment(variables, folder),
    group: true,
    cleanUp: () => rmSync(folder, {recursive: true, force: true}),
  };
}
