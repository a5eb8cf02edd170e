/**
 * What a submission would find: run inside a sandbox, without Node's permission model, it tries what
 * must not work and reports on channel 3 what did.
 */
import {spawn} from "node:child_process";
import {existsSync, readFileSync, writeFileSync, writeSync} from "node:fs";
import {connect} from "node:net";
import {join} from "node:path";
import type {ProbeTask} from "./probe.js";

const [folder = "", taskText = ""] = process.argv.slice(2);
const task = JSON.parse(taskText) as ProbeTask;
const leaks: string[] = [];

function expectFailure(leak: string, attempt: () => unknown): void {
  try {
    attempt();
    leaks.push(leak);
  } catch {
    // As it should be.
  }
}

for (const path of task.hidden) {
  if (existsSync(path)) leaks.push(`files: ${path} can be seen`);
}
for (const path of task.unwritable) {
  expectFailure(`files: ${path} can be written`, () => writeFileSync(join(path, "probe"), ""));
}
expectFailure("files: nothing limits what is written", () =>
  writeFileSync(join(folder, "large"), Buffer.alloc(task.fileBytes + 4096)),
);
expectFailure("memory: nothing limits buffers", () => new Uint8Array(task.memoryBytes));
if (process.ppid !== 1) leaks.push("processes: those of the machine can be seen");
if (process.getuid?.() === 0 && task.asRoot) leaks.push("user: it is root");
expectFailure("user: it can become another", () => process.setuid?.(task.asRoot ? 0 : 1));
if (!(await isRefused(task.port))) leaks.push("network: a port of the machine can be reached");
if (!limitsProcesses(task.processes)) leaks.push("processes: nothing limits their number");

writeSync(3, `${JSON.stringify({leaks, read: readFileSync(0, "utf8")})}\n`);
process.exit(0);

function isRefused(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => settle(false));
    socket.on("error", () => settle(true));
  });
}

/** Children that have ended count until this process hears of it, which it does not in one turn. */
function limitsProcesses(most: number): boolean {
  for (let count = 0; count < most; count++) {
    const child = spawn(task.program, ["--version"], {stdio: "ignore"});
    child.on("error", () => undefined);
    if (child.pid === undefined) return true;
  }
  return false;
}
