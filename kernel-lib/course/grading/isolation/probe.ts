import {existsSync, readdirSync} from "node:fs";
import {createServer} from "node:net";
import type {AddressInfo} from "node:net";
import {homedir} from "node:os";
import {join} from "node:path";
import {runContained} from "./contained-process.js";
import {NOT_CONTAINED, containedCommand} from "./isolation.js";
import type {Isolation} from "./isolation.js";
import {PROJECT, WORK_FOLDER, childProgram} from "./project-paths.js";
import {RUN_LIMITS} from "./run-limits.js";
import type {RunLimits} from "./run-limits.js";
import {systemProgram, visibleFiles} from "./visible-files.js";

/** What a machine can do about submissions. */
export interface IsolationProbe {
  /** Undefined where something is missing. */
  isolation: Isolation | undefined;
  /** What does not hold on this machine, a sentence each; empty if nothing. */
  missing: readonly string[];
}

/** What the program inside is to try. */
export interface ProbeTask {
  /** Paths that must not exist for it. */
  hidden: string[];
  /** Folders that must not be writable. */
  unwritable: string[];
  /** A port on which the machine listens. */
  port: number;
  /** A program that it may try to start often. */
  program: string;
  asRoot: boolean;
  memoryBytes: number;
  fileBytes: number;
  processes: number;
}

/** As for a submission, except that a machine under load gets time. */
const PROBE_LIMITS: RunLimits = {...RUN_LIMITS, cellMs: 30_000, totalMs: 30_000};

/**
 * Tries the sandbox on this machine, from inside, before anything is entrusted to it. Takes a
 * quarter of a second.
 */
export async function probeIsolation(): Promise<IsolationProbe> {
  if (process.platform !== "linux") {
    return {isolation: undefined, missing: [`no sandbox on ${process.platform}: it needs Linux`]};
  }
  const asRoot = process.getuid?.() === 0;
  try {
    const missing = await leaksOf(asRoot);
    return {isolation: missing.length === 0 ? {kind: "full", asRoot} : undefined, missing};
  } catch (error) {
    return {
      isolation: undefined,
      missing: [error instanceof Error ? error.message : String(error)],
    };
  }
}

/**
 * The isolation to grade with.
 *
 * @param trusted whether whoever grades vouches for the submissions
 * @param warn told what is not contained, if anything
 * @throws Error if this machine cannot isolate and nobody vouches
 */
export async function chooseIsolation(
  trusted: boolean,
  warn: (text: string) => void,
): Promise<Isolation> {
  const {isolation, missing} = await probeIsolation();
  if (isolation !== undefined) return isolation;
  if (!trusted) {
    throw new Error(
      `Cannot grade here: need a sandbox for submissions, got none (${missing.join("; ")}). It needs ` +
        "Linux, util-linux, and root or unprivileged user namespaces. If you know every author, " +
        "--trusted grades without.",
    );
  }
  warn(NOT_CONTAINED);
  return {kind: "trusted"};
}

async function leaksOf(asRoot: boolean): Promise<string[]> {
  const server = createServer().unref();
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  const task: ProbeTask = {
    hidden: hiddenPaths(),
    unwritable: ["/", PROJECT, join(PROJECT, "node_modules"), join(PROJECT, "kernel-lib", "dist")],
    port: (server.address() as AddressInfo).port,
    program: systemProgram("setpriv"),
    asRoot,
    memoryBytes: PROBE_LIMITS.memoryBytes,
    fileBytes: PROBE_LIMITS.fileBytes,
    processes: PROBE_LIMITS.processes,
  };
  try {
    return await runProbe(task);
  } finally {
    server.close();
  }
}

async function runProbe(task: ProbeTask): Promise<string[]> {
  const command = containedCommand(
    {kind: "full", asRoot: task.asRoot},
    {
      path: childProgram("grading/isolation/probe-child"),
      args: [JSON.stringify(task)],
      limits: PROBE_LIMITS,
      permissions: false,
    },
  );
  let leaks: string[] | undefined;
  const end = await runContained(command, "input", PROBE_LIMITS, (line) => {
    const report = JSON.parse(line) as {leaks: string[]; read: string};
    leaks = report.read === "input" ? report.leaks : ["its input does not arrive"];
    return "done";
  });
  if (leaks !== undefined) return leaks;
  throw new Error(`the sandbox does not start: ${end.stderr.trim() || end.status}`);
}

/** Where secrets of a machine and of a course lie, as far as there are any. */
function hiddenPaths(): string[] {
  const {folders, programs, copies, links} = visibleFiles();
  const shown = [...folders, ...programs, ...copies, ...links.map(({path}) => path), WORK_FOLDER];
  return [
    "/etc",
    "/home",
    "/root",
    "/var",
    "/run",
    "/sys",
    "/proc/1",
    "/bin/sh",
    homedir(),
    PROJECT,
  ]
    .filter((path) => existsSync(path))
    .flatMap((path) => outside(path, shown));
}

/** What of a folder is not among the shown paths: itself, or parts of it where others are shown. */
function outside(path: string, shown: readonly string[]): string[] {
  const within = (folder: string, one: string): boolean =>
    one === folder || one.startsWith(folder === "/" ? "/" : `${folder}/`);
  if (shown.some((one) => within(one, path))) return [];
  if (!shown.some((one) => within(path, one))) return [path];
  return readdirSync(path).flatMap((name) => outside(join(path, name), shown));
}
