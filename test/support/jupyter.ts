import {spawn} from "node:child_process";
import type {ChildProcess} from "node:child_process";
import {once} from "node:events";
import {createServer} from "node:net";
import {join} from "node:path";
import {onTestFinished} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {scratchFolder} from "./scratch.js";
import type {WhenDone} from "./scratch.js";

/** What `npm start` printed and how it ended. */
export interface Ended {
  code: number | null;
  output: string;
}

/** A `npm start` that runs. */
export interface Started {
  /** Address with token, as printed. */
  url: string;
  process: ChildProcess;
  /** Everything printed so far. */
  output(): string;
  /** Sends a signal to npm's process group, as a terminal does, and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

/**
 * Runs `npm start -- --no-browser` in a folder until it prints its address.
 *
 * @throws Error with everything printed, if it ends before that
 */
export async function startLab(
  folder: string,
  {
    args = [],
    env = {},
    whenDone = onTestFinished,
  }: {
    args?: string[];
    env?: Record<string, string | undefined>;
    whenDone?: WhenDone;
  } = {},
): Promise<Started> {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const child = spawn(npm, ["start", "--", "--no-browser", ...args], {
    cwd: folder,
    env: {...process.env, ...env},
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const ended = new Promise<Ended>((settle) => child.on("close", (code) => settle({code, output})));
  // A test that fails half-way must not leave a server behind.
  whenDone(async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, "SIGINT");
    await ended;
  });
  const url = await new Promise<string>((settle, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const match = /ready: (http:\S+)/.exec(output);
      if (match !== null) settle(match[1]!);
    };
    child.stdout!.on("data", read);
    child.stderr!.on("data", read);
    void ended.then(({code}) => reject(new Error(`npm start ended with ${code}:\n${output}`)));
  });
  return {
    url,
    process: child,
    output: () => output,
    stop: (signal = "SIGINT") => {
      process.kill(-child.pid!, signal);
      return ended;
    },
  };
}

/**
 * Starts this project without a trace of an earlier visit: nothing is trusted, no workspace is
 * restored.
 *
 * @returns the server, its port, and a folder that the command of each of its kernels names
 */
export async function startLabAnew(
  whenDone: WhenDone = onTestFinished,
): Promise<{lab: Started; port: number; home: string}> {
  const home = scratchFolder(whenDone);
  const port = await freePort();
  const lab = await startLab(ROOT, {
    args: ["--port", String(port)],
    env: {
      JUPYTER_DATA_DIR: join(home, "data"),
      JUPYTER_CONFIG_DIR: join(home, "config"),
      JUPYTER_RUNTIME_DIR: join(home, "runtime"),
      JUPYTERLAB_SETTINGS_DIR: join(home, "settings"),
      JUPYTERLAB_WORKSPACES_DIR: join(home, "workspaces"),
    },
    whenDone,
  });
  return {lab, port, home};
}

/** Runs the set-up and start script to its end and returns what it printed. */
export async function runToEnd(
  folder: string,
  script: string,
  {
    args = [],
    env = {},
    node = process.execPath,
    uid,
  }: {
    args?: string[];
    env?: Record<string, string | undefined>;
    node?: string;
    uid?: number;
  } = {},
): Promise<Ended> {
  const child = spawn(node, [join(folder, script), ...args], {
    cwd: folder,
    env: {...process.env, ...env},
    stdio: ["ignore", "pipe", "pipe"],
    ...(uid === undefined ? {} : {uid, gid: uid}),
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((settle) => child.on("close", (code) => settle({code, output})));
}

/** A free port on the loopback address. */
export async function freePort(): Promise<number> {
  return (await freePorts(1))[0]!;
}

/** Several at once, all held until all are found: one after the other might be the same. */
export async function freePorts(count: number): Promise<number[]> {
  const probes = Array.from({length: count}, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(probes.map((probe) => once(probe, "listening")));
  const ports = probes.map((probe) => (probe.address() as {port: number}).port);
  await Promise.all(probes.map((probe) => once(probe.close(), "close")));
  return ports;
}
