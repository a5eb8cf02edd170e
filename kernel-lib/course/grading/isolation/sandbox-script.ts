import {CODE_RANGE_BYTES} from "./node-flags.js";
import {MOUNT_POINT, WORK_FOLDER} from "./project-paths.js";
import type {RunLimits} from "./run-limits.js";
import {foldersFor, systemProgram} from "./visible-files.js";
import type {VisibleFiles} from "./visible-files.js";

export interface SandboxScript {
  visible: VisibleFiles;
  limits: RunLimits;
  /** Whether the sandbox is made by root, who can give it a user of its own. */
  asRoot: boolean;
}

/** Owner of a file system in the script: root of a user namespace, or the user that `$1` names. */
const USER = '"$1"';

/**
 * The shell script that builds a sandbox's root and runs a program in it. It is process 1 of the new
 * process namespace, with the mounts of the new mount namespace to itself; its first argument is the
 * user's number, the others are the command.
 *
 * The shell stays, rather than becoming the program: its end ends every process of the namespace,
 * and it must be the one that dies with its parent, since the kernel forgets that order when a
 * process changes its user.
 */
export function sandboxScript({visible, limits, asRoot}: SandboxScript): string {
  const inside = (path: string): string => quoted(MOUNT_POINT + path);
  const {folders, programs, devices, copies, links} = visible;
  const owner = asRoot ? `,uid=${USER},gid=${USER}` : "";
  const chroot = systemProgram("chroot");
  const setpriv = systemProgram("setpriv");
  return [
    "set -eu",
    // A name of the machine is nobody's business, and would make results differ.
    "hostname submission 2>/dev/null || true",
    `mount -n -t tmpfs -o size=1m,mode=0755,nosuid,nodev,noexec tmpfs ${quoted(MOUNT_POINT)}`,
    `mkdir -p ${[...foldersFor(visible), WORK_FOLDER].map(inside).join(" ")}`,
    ...links.map(({path, target}) => `ln -s ${quoted(target)} ${inside(path)}`),
    `touch ${[...programs, ...devices].map(inside).join(" ")}`,
    ...copies.map((path) => `cp ${quoted(path)} ${inside(path)}`),
    ...[...folders, ...programs].map(
      (path) => `mount -n -o bind,ro,nosuid,nodev ${quoted(path)} ${inside(path)}`,
    ),
    ...devices.map((path) => `mount -n -o bind,nosuid,noexec ${quoted(path)} ${inside(path)}`),
    `mount -n -t tmpfs -o size=${limits.fileBytes},nr_inodes=1024,mode=0700,nosuid,nodev,noexec` +
      `${owner} tmpfs ${inside(WORK_FOLDER)}`,
    `mount -n -o remount,bind,ro,nosuid,nodev,noexec ${quoted(MOUNT_POINT)}`,
    `user=${USER}; shift; status=0`,
    `prlimit ${resourceLimits(limits).join(" ")} ${chroot} ${quoted(MOUNT_POINT)} ` +
      `${setpriv} ${asRoot ? '--reuid "$user" --regid "$user" --clear-groups ' : ""}` +
      `--no-new-privs --inh-caps=-all --bounding-set=-all "$@" || status=$?`,
    "exit $status",
  ].join("\n");
}

/**
 * Options of `prlimit`. Data, not address space: V8 reserves gigabytes of addresses that it never
 * uses. Processor time is a second bound, for a grader that is killed before it can kill.
 */
function resourceLimits(limits: RunLimits): string[] {
  return [
    "--core=0",
    `--data=${limits.memoryBytes + CODE_RANGE_BYTES}`,
    `--nproc=${limits.processes}`,
    `--fsize=${limits.fileBytes}`,
    `--nofile=${limits.openFiles}`,
    `--cpu=${Math.ceil(limits.totalMs / 1000)}`,
    `--memlock=${2 ** 16}`,
    "--msgqueue=0",
    "--sigpending=256",
  ];
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
