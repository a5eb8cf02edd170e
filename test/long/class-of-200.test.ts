/**
 * A class of 200 on this machine: how long a submission takes, what more jobs and workers are worth,
 * and that a run that was killed half-way goes on where it stopped.
 */
import {spawn} from "node:child_process";
import type {ChildProcess} from "node:child_process";
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {setTimeout as delay} from "node:timers/promises";
import {madeClass, readPlanted, writeClass} from "kernel-lib/course/simulate";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {PLANTED} from "../../kernel-lib/dist/cli/course-folders.js";
import {prepareSets} from "../../kernel-lib/dist/cli/grading-run.js";
import {freePort} from "../support/jupyter.js";
import {recordMeasured} from "../support/measured.js";
import {scratchFolder} from "../support/scratch.js";

const NAME = "ps03";
const CLASS = 200;
/** What one job and two workers are timed on. */
const PART = 40;
const CLI = join(ROOT, "kernel-lib", "dist", "cli");

const folder = scratchFolder(afterAll);
const whole = join(folder, "whole");
const part = join(folder, "part");

beforeAll(() => {
  const {set, release} = prepareSets([NAME]).get(NAME)!;
  const made = madeClass(
    {set, release, planted: readPlanted(PLANTED, NAME)},
    {size: CLASS, seed: 2},
  ).filter(({kind}) => kind !== "hostile");
  writeClass(whole, NAME, made);
  writeClass(part, NAME, made.slice(0, PART));
});

interface Timed {
  seconds: number;
  /** Largest resident set of the grader's own process. */
  peakMb: number;
  code: number | null;
}

function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(CLI, "course-grade.js"), ...args, "--set", NAME], {
    stdio: "ignore",
  });
}

/** @param whenRunning may end the run */
async function grade(
  args: readonly string[],
  whenRunning?: (child: ChildProcess) => Promise<void>,
): Promise<Timed> {
  const startMs = performance.now();
  const child = start(args);
  let peakMb = 0;
  const watch = setInterval(() => (peakMb = Math.max(peakMb, peakOf(child.pid!))), 500);
  const ended = new Promise<number | null>((settle) => child.on("close", settle));
  await whenRunning?.(child);
  const code = await ended;
  clearInterval(watch);
  return {seconds: (performance.now() - startMs) / 1000, peakMb, code};
}

function peakOf(pid: number): number {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return 0;
  return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(status, "utf8"))?.[1] ?? 0) / 1024;
}

function resultsOf(out: string): Map<string, string> {
  const results = join(out, "results");
  return new Map(
    (existsSync(results) ? readdirSync(results) : [])
      .filter((student) => existsSync(join(results, student, `${NAME}.json`)))
      .map((student) => [student, readFileSync(join(results, student, `${NAME}.json`), "utf8")]),
  );
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(100);
}

describe("a class", () => {
  const oneJob = join(folder, "one-job");
  let oneJobSeconds = 0;

  it("graded by one job", async (context) => {
    const {seconds, peakMb, code} = await grade([part, "--out", oneJob, "--jobs", "1"]);
    expect(code).toBe(0);
    oneJobSeconds = seconds;
    recordMeasured(
      context,
      `${PART} submissions, ${(seconds / PART).toFixed(1)} s each, the grader ${peakMb.toFixed(0)} MiB at its peak`,
    );
  });

  it("of 200 graded by two jobs, killed half-way and begun again, is the same as without", async (context) => {
    const out = join(folder, "two-jobs");
    const args = [whole, "--out", out, "--jobs", "2"];
    const first = await grade(args, async (child) => {
      await until(() => resultsOf(out).size >= CLASS / 2);
      child.kill("SIGKILL");
    });
    expect(first.code).not.toBe(0);
    const kept = resultsOf(out).size;
    const second = await grade(args);
    expect(second.code).toBe(0);
    const results = resultsOf(out);
    expect(results.size).toBe(CLASS);
    for (const [student, text] of resultsOf(oneJob)) expect(results.get(student)).toBe(text);
    const perSubmission = (first.seconds + second.seconds) / CLASS;
    const speedUp = oneJobSeconds / PART / perSubmission;
    recordMeasured(
      context,
      `${(first.seconds + second.seconds).toFixed(0)} s, ${perSubmission.toFixed(1)} s a submission, ` +
        `${speedUp.toFixed(1)} times one job; ${kept} kept when it was killed; ` +
        `the grader ${Math.max(first.peakMb, second.peakMb).toFixed(0)} MiB at its peak`,
    );
  });

  it("graded by two workers, one killed, Redis restarted without its data, is the same", async (context) => {
    const out = join(folder, "queue");
    const port = await freePort();
    const url = `redis://127.0.0.1:${port}`;
    const redis = (): ChildProcess =>
      spawn("redis-server", ["--port", String(port), "--save", "", "--dir", folder], {
        stdio: "ignore",
      });
    const worker = (): ChildProcess =>
      spawn(process.execPath, [join(CLI, "course-worker.js"), url, "--jobs", "1"], {
        stdio: "ignore",
      });
    let server = redis();
    const workers = [worker(), worker()];
    try {
      const quiet = await grade([part, "--out", out, "--queue", url]);
      expect(quiet.code).toBe(0);
      expect(resultsOf(out)).toEqual(resultsOf(oneJob));
      const again = join(folder, "queue-again");
      const disturbed = await grade([part, "--out", again, "--queue", url], async () => {
        await until(() => resultsOf(again).size >= PART / 4);
        workers[0]!.kill("SIGKILL");
        await until(() => resultsOf(again).size >= PART / 2);
        server.kill("SIGKILL");
        server = redis();
      });
      expect(disturbed.code).toBe(0);
      expect(resultsOf(again)).toEqual(resultsOf(oneJob));
      recordMeasured(
        context,
        `${PART} submissions, ${(quiet.seconds / PART).toFixed(1)} s each, ` +
          `${(oneJobSeconds / quiet.seconds).toFixed(1)} times one job; with one worker left and ` +
          `Redis begun anew ${(disturbed.seconds / PART).toFixed(1)} s each`,
      );
    } finally {
      for (const child of [server, ...workers]) child.kill("SIGKILL");
    }
  });
});
