import {WORK_FOLDER} from "./project-paths.js";
import type {RunLimits} from "./run-limits.js";

/**
 * Options for the Node that runs a submission.
 *
 * Node's permission model is the inner of two walls: it knows no shell, no child process, no thread,
 * no addon and one writable folder. It is not the wall to rely on, since it lives in the process
 * that it guards; the namespaces around that process are.
 *
 * @param permissions whether to switch the permission model on
 */
export function nodeFlags(
  limits: RunLimits,
  folder: string = WORK_FOLDER,
  permissions = true,
): string[] {
  const heapMebibytes = Math.floor(limits.memoryBytes / 2 / 2 ** 20);
  return [
    `--max-old-space-size=${heapMebibytes}`,
    // As the kernel's own: a small young generation.
    "--max-semi-space-size=4",
    // Fewer threads, so that the limit on them can be tight.
    "--v8-pool-size=2",
    "--no-addons",
    ...(permissions ? [permissionFlag(), "--allow-fs-read=*", `--allow-fs-write=${folder}/*`] : []),
  ];
}

/**
 * From version 24 on, Node maps the addresses for its compiled code as writable at the start, and the
 * system counts all of them as data (`measured`: 20.20 and 22.23 count none, 24.9 counts these).
 */
export const CODE_RANGE_BYTES: number =
  Number(process.versions.node.split(".")[0]) >= 24 ? 512 * 2 ** 20 : 0;

/** Its name since Node 22.13 and 23.5; before, it was an experiment. */
function permissionFlag(): string {
  return process.allowedNodeEnvironmentFlags.has("--permission")
    ? "--permission"
    : "--experimental-permission";
}

/**
 * All of the environment of a submission's process: a list of what is allowed, so that no secret of
 * the grader's gets in.
 */
export function childEnvironment(
  variables: Readonly<Record<string, string>>,
  folder: string = WORK_FOLDER,
): Record<string, string> {
  return {
    PATH: "/usr/bin:/bin:/usr/sbin:/sbin",
    HOME: folder,
    TMPDIR: folder,
    TZ: "UTC",
    LC_ALL: "C.UTF-8",
    NO_COLOR: "1",
    NODE_NO_WARNINGS: "1",
    UV_THREADPOOL_SIZE: "2",
    ...variables,
  };
}
