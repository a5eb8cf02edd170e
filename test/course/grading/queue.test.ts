/** A queue with a real Redis: a worker that dies in the middle, and a Redis that forgets everything. */
import {spawn, spawnSync} from "node:child_process";
import type {ChildProcess} from "node:child_process";
import {mkdirSync, writeFileSync} from "node:fs";
import {createServer} from "node:net";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import {
  findSubmissions,
  gradeClass,
  queueGrading,
  redisAt,
  startWorker,
} from "kernel-lib/course/grading";
import type {GradingJob, SubmissionResult} from "kernel-lib/course/grading";
import {afterAll, describe, expect, it, onTestFinished} from "vitest";
import {ROOT} from "../../../binder/setup.mjs";
import {itNeeds} from "../../support/needs.js";
import {scratchFolder} from "../../support/scratch.js";
import {smallPrepared} from "../../support/small-set.js";
import {resultOf} from "../record/small-class.js";

const redis = spawnSync("redis-server", ["--version"]).status === 0;
const prepared = smallPrepared(scratchFolder(afterAll));

describe("redisAt", () => {
  it.each([
    ["redis://localhost", {host: "localhost", port: 6379, db: 0}],
    ["redis://10.0.0.7:6380/2", {host: "10.0.0.7", port: 6380, db: 2}],
    ["redis://[::1]:7000/", {host: "::1", port: 7000, db: 0}],
    ["redis://:p%40ss@h", {host: "h", port: 6379, db: 0, password: "p@ss"}],
    ["redis://ada:secret@h", {host: "h", port: 6379, db: 0, username: "ada", password: "secret"}],
    ["rediss://h", {host: "h", port: 6379, db: 0, tls: {}}],
  ])("redisAt(%j)", (url, at) => {
    expect(redisAt(url)).toEqual({...at, maxRetriesPerRequest: null});
  });

  it.each([
    "localhost:6379",
    "http://localhost",
    "",
    "redis://",
    "redis://h/first",
    "redis://h/1/2",
  ])("redisAt(%j) is refused", (url) => {
    expect(() => redisAt(url)).toThrow("need redis://HOST[:PORT][/NUMBER]");
  });

  it("no password stands in an error", () => {
    expect(() => redisAt("http://ada:secret@h")).toThrow("http://ada:…@h");
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const {port} = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until a process has said something. */
function said(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let all = "";
    child.once("exit", (status) => reject(new Error(`ended with ${status}: ${all}`)));
    child.stdout!.on("data", (part) => {
      all += String(part);
      if (all.includes(text)) resolve();
    });
  });
}

async function startRedis(port: number, folder: string): Promise<ChildProcess> {
  const options = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
  ];
  const child = spawn("redis-server", [...options, "--dir", folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await said(child, "Ready to accept connections");
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}

/** Points are the number of bytes: whoever grades, the same. */
function madeUp({student, problemSet, notebook}: GradingJob): SubmissionResult {
  const score = Buffer.from(notebook, "base64").length;
  if (student === "fails") throw new Error("this one never works");
  return resultOf(student, {problemSet, score});
}

function handIn(folder: string, ...students: string[]): void {
  for (const student of students) {
    mkdirSync(join(folder, "submitted", student), {recursive: true});
    writeFileSync(join(folder, "submitted", student, "ps90.ipynb"), `work of ${student}`);
  }
}

itNeeds(
  redis,
  "redis-server",
  "apt install redis-server",
  "a killed worker and a Redis that lost its data cost no result, and a job that fails is named",
  async () => {
    const folder = scratchFolder();
    const port = await freePort();
    const url = `redis://127.0.0.1:${port}`;
    let server = await startRedis(port, folder);
    onTestFinished(() => kill(server));
    const students = Array.from(
      {length: 24},
      (_, at) => `student-${String(at + 1).padStart(2, "0")}`,
    );
    handIn(folder, ...students);
    const sets = new Map([["ps90", prepared]]);
    const sender = queueGrading(url, sets);
    onTestFinished(() => sender.close());
    const grading = (onDone: (done: number) => void): Promise<SubmissionResult[]> =>
      gradeClass(findSubmissions(join(folder, "submitted"), ["ps90"]), {
        ...{prepared: sets, out: join(folder, "out"), jobs: 8, grade: sender.grade, onDone},
      });

    // The worker that dies holds a job; it alone is there until it does.
    const script = join(ROOT, "test", "course", "grading", "queue-worker.mjs");
    const dies = spawn(process.execPath, [script, url], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => kill(dies));
    const begun = said(dies, "begun");
    let restarted: Promise<void> | undefined;
    const results = grading((done) => {
      // Half-way Redis forgets what it knows, the unfinished jobs as well.
      if (done === 12) {
        restarted = kill(server).then(async () => {
          server = await startRedis(port, folder);
        });
      }
    });
    await begun;
    await kill(dies);
    const worker = startWorker(url, {
      jobs: 2,
      grade: async (job) => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        return madeUp(job);
      },
    });
    onTestFinished(() => worker.close());
    expect((await results).map(({student, score}) => [student, score])).toEqual(
      students.map((student) => [student, `work of ${student}`.length]),
    );
    await restarted;
    expect(restarted).toBeDefined();

    // Now without a restart: the job of a dead worker goes to another one.
    handIn(folder, "of-the-dead-worker");
    await worker.close();
    const second = spawn(process.execPath, [script, url], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => kill(second));
    const again = said(second, "begun");
    const late = grading(() => undefined);
    await again;
    await kill(second);
    const other = startWorker(url, {jobs: 2, grade: async (job) => madeUp(job)});
    onTestFinished(() => other.close());
    expect((await late).map(({student}) => student)).toContain("of-the-dead-worker");

    handIn(folder, "fails");
    const failing = grading(() => undefined);
    await expect(failing).rejects.toThrow(
      "Cannot grade fails, ps90: this one never works. 25 of 26",
    );
    await expect(grading(() => undefined)).rejects.toThrow("this one never works");
  },
);
