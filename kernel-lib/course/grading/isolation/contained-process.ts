import {spawn} from "node:child_process";
import type {ChildProcess} from "node:child_process";
import type {Readable, Writable} from "node:stream";
import type {ContainedCommand} from "./isolation.js";
import type {RunLimits} from "./run-limits.js";

/** How a contained process ended. */
export interface ContainedEnd {
  /** `own`: by itself; `time` and `output`: killed at that limit; `done`: killed when it was finished. */
  why: "own" | "time" | "output" | "done";
  /** Such as "exit code 3" or "signal SIGKILL". */
  status: string;
  /** The end of what it wrote to stderr. */
  stderr: string;
}

/** What a line means for the clock: a new step begins, or nothing more is to come. */
export type LineMeaning = "step" | "done" | undefined;

/** A process that cannot be killed sits in the kernel; nobody waits longer for it than this. */
const LAST_WAIT_MS = 5000;

/**
 * Starts a contained program, hands it a text on standard input and reads lines from its channel 3.
 * Whatever the program does, this settles: it is killed after `totalMs`, after `cellMs` without a
 * new step, and beyond `outputBytes`, and nothing it writes is kept beyond those bounds.
 *
 * @param onLine told each line; never again once it answered `done`
 */
export function runContained(
  command: ContainedCommand,
  input: string,
  limits: RunLimits,
  onLine: (line: string) => LineMeaning,
): Promise<ContainedEnd> {
  return new Promise((settle, reject) => {
    const child = spawn(command.file, command.args, {
      env: command.env,
      cwd: "/",
      stdio: ["pipe", "ignore", "pipe", "pipe"],
      detached: command.group,
    });
    const [stdin, , stderr, channel] = child.stdio as unknown as [
      Writable,
      null,
      Readable,
      Readable,
    ];
    let why: ContainedEnd["why"] = "own";
    let written = Buffer.alloc(0);

    const stop = (reason: ContainedEnd["why"]): void => {
      if (why !== "own") return;
      why = reason;
      clearTimeout(step);
      kill(child, command.group);
      setTimeout(() => end("signal SIGKILL"), LAST_WAIT_MS).unref();
    };
    // This process may have been busy itself: lines that wait to be read count first.
    const stopUnlessMoved = (late: NodeJS.Timeout | undefined): void => {
      setImmediate(() => {
        if (step === late) stop("time");
      });
    };
    const total = setTimeout(() => stop("time"), limits.totalMs);
    let step: NodeJS.Timeout | undefined;

    // It may end before it has read everything, and then each of these streams can fail.
    for (const stream of [stdin, stderr, channel]) stream.on("error", () => undefined);
    stderr.on("data", (chunk: Buffer) => {
      written = Buffer.concat([written, chunk]).subarray(-limits.stderrBytes);
    });
    readLines(channel, limits.outputBytes, {
      onLine: (line) => {
        if (why !== "own") return;
        const meaning = onLine(line);
        if (meaning === "done") stop("done");
        if (meaning !== "step") return;
        clearTimeout(step);
        step = setTimeout(() => stopUnlessMoved(step), limits.cellMs);
      },
      onTooMuch: () => stop("output"),
    });
    stdin.end(input);

    const end = (status: string): void => {
      clearTimeout(total);
      clearTimeout(step);
      for (const stream of [stdin, stderr, channel]) stream.destroy();
      command.cleanUp();
      settle({why, status, stderr: written.toString("utf8")});
    };
    child.on("error", (error) => {
      command.cleanUp();
      reject(error);
    });
    child.on("exit", (code, signal) => {
      const status = signal === null ? `exit code ${code}` : `signal ${signal}`;
      // A process that it left behind may hold the streams open.
      kill(child, command.group);
      const late = setTimeout(() => end(status), LAST_WAIT_MS);
      child.on("close", () => {
        clearTimeout(late);
        end(status);
      });
    });
  });
}

/** Killing `unshare` ends every process of its namespace; without one, a process group is ended. */
function kill(child: ChildProcess, group: boolean): void {
  if (!group || child.pid === undefined) {
    child.kill("SIGKILL");
    return;
  }
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nobody is left in the group.
  }
}

/** Lines of a stream, up to a number of bytes; an unfinished last line is no line. */
function readLines(
  stream: Readable,
  maxBytes: number,
  {onLine, onTooMuch}: {onLine: (line: string) => void; onTooMuch: () => void},
): void {
  let bytes = 0;
  let parts: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      parts = [];
      onTooMuch();
      return;
    }
    let start = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, start)) {
      const line = Buffer.concat([...parts, chunk.subarray(start, at)]);
      parts = [];
      start = at + 1;
      onLine(line.toString("utf8"));
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
  });
}
