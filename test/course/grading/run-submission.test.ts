/**
 * Submissions that attack: what each tries, what it gets, and that the honest answers beside it
 * arrive all the same.
 */
import {existsSync, mkdirSync, rmSync, writeFileSync} from "node:fs";
import {createServer} from "node:net";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import type {CodeCell, DisplayOutput, StreamOutput} from "kernel-lib/kernel";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {ROOT} from "../../../binder/setup.mjs";
import {probeIsolation} from "../../../kernel-lib/dist/course/grading/isolation/probe.js";
import type {RunLimits} from "../../../kernel-lib/dist/course/grading/isolation/run-limits.js";
import {runSubmission} from "../../../kernel-lib/dist/course/grading/run-submission.js";
import type {SubmissionRun} from "../../../kernel-lib/dist/course/grading/run-submission.js";
import {itNeeds} from "../../support/needs.js";
import {codeCell} from "../../support/notebook.js";
import {scratchFolder} from "../../support/scratch.js";
import {SANDBOX_NEEDS, questionCells, submission} from "../../support/submission.js";

const {isolation, missing} = await probeIsolation();

const ADA = {student: "ada", trialSeed: 7, isolation: isolation!};

const itIsolated = (name: string, test: () => Promise<void>): void =>
  itNeeds(isolation, `a sandbox (${missing.join("; ")})`, SANDBOX_NEEDS, name, test);

/** Runs cells between two honest questions. */
function runBetween(cells: CodeCell[], limits: Partial<RunLimits> = {}): Promise<SubmissionRun> {
  return runSubmission(submission(...cells), {...ADA, limits});
}

const right = (value: number): string => `{"ok":true,"value":${value}}`;
const HONEST = [
  ["test-q1", {question: "q1", json: right(1)}],
  ["test-q2", {question: "q2", json: right(2)}],
];

function expectHonestAnswers({answers}: SubmissionRun): void {
  expect([...answers]).toEqual(HONEST);
}

/** What a cell printed or showed. */
function textOf({cells}: SubmissionRun, id: string): string {
  const {outputs = []} = cells.find((cell) => cell.id === id) ?? {};
  return outputs
    .map((output) =>
      "text" in output
        ? (output as StreamOutput).text
        : String((output as DisplayOutput).data?.["text/plain"] ?? ""),
    )
    .join("");
}

const failed = ({cells}: SubmissionRun): string[] => cells.filter(({ok}) => !ok).map(({id}) => id);

describe("runSubmission", () => {
  itIsolated("runSubmission() gives answers and texts, and the same bytes twice", async () => {
    const cells = [
      codeCell(
        "show",
        'import {display} from "tslab"; display.html("<b>x</b>"); console.log("shown"); student("")',
      ),
      codeCell("fails", 'throw new RangeError("too far")'),
      codeCell("prints", 'console.log("x".repeat(1e8))'),
    ];
    const first = await runBetween(cells);
    expectHonestAnswers(first);
    expect(first.killers).toEqual([]);
    expect(first.cells.map(({id}) => id)).toHaveLength(8);
    expect(textOf(first, "show")).toBe("shown\n'ada'");
    expect(failed(first)).toEqual(["fails"]);
    expect(first.cells.find(({id}) => id === "fails")!.error).toBe("RangeError: too far");
    expect(textOf(first, "prints")).toBe("x".repeat(65536));
    expect(JSON.stringify(await runBetween(cells))).toBe(JSON.stringify(first));
  });

  itIsolated("runSubmission() leaves out what loops, a test cell among it", async () => {
    const endless = (id: string): CodeCell[] =>
      questionCells(id, 3).map((cell) => ({
        ...cell,
        source: cell.source.replace("=> 3", "=> { for (;;); }"),
      }));
    const loops = [
      codeCell("busy", "while (true);"),
      codeCell("async", "while (true) await null"),
      ...endless("q3"),
    ];
    const ended = await runBetween(loops, {cellMs: 5000});
    expectHonestAnswers(ended);
    const detail = "ran longer than 5 s";
    expect(ended.killers).toEqual(
      ["busy", "async", "test-q3"].map((cell) => ({cell, why: "time", detail})),
    );
    expect(failed(ended)).toEqual(["busy", "async", "test-q3"]);
  });

  itIsolated("runSubmission() limits memory, of objects and of buffers", async () => {
    const ended = await runBetween([
      codeCell("objects", "const a: number[][] = []; for (;;) a.push(new Array(1e5).fill(1.5))"),
      codeCell(
        "buffers",
        "const b: Uint8Array[] = []; for (;;) b.push(new Uint8Array(1e7).fill(1))",
      ),
    ]);
    expectHonestAnswers(ended);
    expect(ended.killers[0]).toEqual({
      ...{cell: "objects", why: "memory"},
      detail: "needed more than the 512 MiB of memory there are",
    });
    // Buffers fail with an error, which may or may not leave enough for the cells after it.
    expect(failed(ended)).toEqual(["objects", "buffers"]);
  });

  itIsolated("runSubmission() survives cells that end the process, up to the fourth", async () => {
    const ended = await runBetween([
      codeCell("exit", "process.exit(3)"),
      codeCell("abort", "process.abort()"),
      codeCell("kill", 'process.kill(process.pid, "SIGKILL")'),
      codeCell("harmless", "1 + 1"),
      codeCell("again", "process.exit(0)"),
      codeCell("never", "2 + 2"),
    ]);
    expect([...ended.answers]).toEqual(HONEST.slice(0, 1));
    expect(ended.killers).toEqual([
      {cell: "exit", why: "exit", detail: "ended the process with exit code 3"},
      {cell: "abort", why: "exit", detail: "ended the process with exit code 134"},
      {cell: "kill", why: "exit", detail: "ended the process with exit code 137"},
      {cell: "again", why: "exit", detail: "ended the process with exit code 0"},
    ]);
    expect(ended.cells.map(({id}) => id)).toEqual([
      ...["imports", "solve-q1", "test-q1", "exit", "abort", "kill", "harmless"],
    ]);
  });

  itIsolated("runSubmission() leaves out what floods, or breaks the language for all", async () => {
    const flood = 'try { for (;;) fs.writeSync(2, "x".repeat(1e6)); } catch {}';
    const ended = await runBetween([
      codeCell("flood", `import fs from "fs"; ${flood} for (;;) fs.writeSync(3, "x".repeat(1e6));`),
      codeCell(
        "breaks",
        'JSON.stringify = () => "{}"; Array.prototype.map = () => { throw new Error("no"); };',
      ),
    ]);
    expectHonestAnswers(ended);
    expect(ended.killers).toEqual([
      {cell: "flood", why: "output", detail: "handed over more than 16 MiB"},
      {cell: "breaks", why: "exit", detail: expect.stringMatching(/^ended the process/) as string},
    ]);
  });

  itIsolated("runSubmission() takes no answer of another cell, however it is forged", async () => {
    const line = (cell: string, question: string): string =>
      JSON.stringify({
        kind: "cell",
        cell,
        ok: true,
        outputs: [],
        answer: {question, json: right(9)},
      });
    const write = (text: string): string => `fs.writeSync(3, ${JSON.stringify(`${text}\n`)});`;
    const ended = await runBetween([
      codeCell(
        "forges",
        `import fs from "fs"; ${["garbage", line("test-q1", "q1"), line("test-q2", "q2")].map(write).join(" ")}`,
      ),
      codeCell("emits", "q1.submit(() => 99);"),
      codeCell("later", "setTimeout(() => q1.submit(() => 98), 0);"),
    ]);
    // Whether it comes before the cell's end or after, it is no other cell's.
    expect([...ended.answers].filter(([cell]) => cell !== "later")).toEqual([
      HONEST[0],
      ["emits", {question: "q1", json: right(99)}],
      HONEST[1],
    ]);
    expect(ended.killers).toEqual([]);
    expect(failed(ended)).toEqual([]);
  });

  describe("from inside", () => {
    let inside: SubmissionRun;
    const connections: unknown[] = [];
    const host = createServer((socket) => connections.push(socket));
    const socketPath = join(ROOT, "build", "s.sock");
    const unixHost = createServer((socket) => connections.push(socket));
    const other = join(ROOT, "build", "submitted-by-bob.ipynb");
    const written = join(ROOT, "build", "written-by-ada");

    /** Prints for each attempt what came of it. */
    const attempts = (...sources: string[]): string =>
      [
        'import fs from "fs"; import net from "net"; import dns from "dns"; import os from "os";',
        "const outcome = async (attempt: () => unknown) => {",
        "  try { return `did it: ${await attempt()}`; } catch (e) { return e.code ?? String(e); }",
        "};",
        "const dial = (to) => new Promise((settle, reject) => {",
        '  const socket = net.connect(to); socket.on("connect", settle); socket.on("error", reject);',
        "});",
        ...sources.map((source) => `console.log(await outcome(() => ${source}));`),
      ].join("\n");

    beforeAll(async () => {
      if (isolation === undefined) return;
      mkdirSync(join(ROOT, "build"), {recursive: true});
      writeFileSync(other, "secret");
      rmSync(socketPath, {force: true});
      await new Promise<void>((settle) => host.listen(0, "127.0.0.1", settle));
      await new Promise<void>((settle) => unixHost.listen(socketPath, settle));
      const {port} = host.address() as AddressInfo;
      const path = (name: string): string => JSON.stringify(name);
      inside = await runBetween([
        codeCell(
          "files",
          attempts(
            'fs.readFileSync("/etc/passwd", "utf8")',
            `fs.readFileSync(${path(other)}, "utf8")`,
            `fs.readdirSync(${path(join(ROOT, "notebooks"))})`,
            'fs.readFileSync("/proc/self/environ", "utf8")',
            `fs.writeFileSync(${path(written)}, "x")`,
            `fs.writeFileSync(${path(join(ROOT, "node_modules", "x.js"))}, "x")`,
            'fs.readdirSync("/").sort().join()',
            'fs.writeFileSync("mine", "x")',
            'fs.writeFileSync("big", Buffer.alloc(1 << 25))',
          ),
        ),
        codeCell(
          "net",
          attempts(
            `dial({port: ${port}, host: "127.0.0.1"})`,
            `dial({path: ${path(socketPath)}})`,
            'dns.promises.lookup("example.org")',
          ),
        ),
        codeCell(
          "processes",
          attempts(
            `process.kill(${process.pid}, 0)`,
            "process.kill(1, 9)",
            'require("child_process").spawnSync(process.execPath).pid',
            'new (require("worker_threads").Worker)("1", {eval: true}).threadId',
            "process.setuid!(0)",
            "os.hostname()",
          ),
        ),
        codeCell("env", "Object.keys(process.env).sort().join()"),
        codeCell("deep", "const deep = (): unknown => [deep()]; q1.submit(() => deep());"),
        codeCell("timer", "setInterval(() => {}, 1000); new Promise(() => {}); 1"),
      ]);
    });
    afterAll(() => {
      host.close();
      unixHost.close();
      for (const path of [other, socketPath, written]) rmSync(path, {force: true});
    });

    const lines = (cell: string): string[] => textOf(inside, cell).trimEnd().split("\n");

    itIsolated("a cell that leaves a timer and a promise pending ends with the run", async () => {
      expect(inside.killers).toEqual([]);
      expectHonestAnswers({
        ...inside,
        answers: new Map([...inside.answers].filter(([id]) => id !== "deep")),
      });
      expect(failed(inside)).toEqual([]);
    });

    itIsolated("an answer that never ends is handed in as its error", async () => {
      expect(JSON.parse(inside.answers.get("deep")!.json)).toEqual({
        ok: false,
        problem: "RangeError: Maximum call stack size exceeded",
      });
    });

    itIsolated("files of the machine, of others and of the course do not exist", async () => {
      expect(lines("files").slice(0, 4)).toEqual(["ENOENT", "ENOENT", "ENOENT", "ENOENT"]);
      expect(lines("files")[6]).toMatch(/^did it: (?!.*(etc|home|root|proc|var))/);
    });

    itIsolated("nothing outside the work folder can be written, and little inside", async () => {
      expect(lines("files").slice(4, 6)).toEqual(["ERR_ACCESS_DENIED", "ERR_ACCESS_DENIED"]);
      expect(lines("files").slice(7).join()).toMatch(/^did it: undefined,(EFBIG|ENOSPC)$/);
      expect(existsSync(written)).toBe(false);
    });

    itIsolated("no network, no name and no socket can be reached", async () => {
      expect(lines("net").map((line) => /^did/.test(line))).toEqual([false, false, false]);
      expect(connections).toEqual([]);
    });

    itIsolated("no process can be seen, started or become another user", async () => {
      const [seen, killed, child, thread, user, name] = lines("processes");
      expect(seen).toBe("ESRCH");
      expect([killed, user]).toEqual(["EPERM", "EPERM"]);
      expect([child, thread]).toEqual(["ERR_ACCESS_DENIED", "ERR_ACCESS_DENIED"]);
      expect(name).toBe("did it: submission");
    });

    itIsolated("the environment holds what the grader says and nothing else", async () => {
      expect(textOf(inside, "env").replaceAll("'", "").split(",")).toEqual([
        ...["GLASS_CLOUD_STUDENT", "GLASS_CLOUD_TRIALS", "HOME", "LC_ALL", "NODE_NO_WARNINGS"],
        ...["NO_COLOR", "PATH", "PWD", "TMPDIR", "TZ", "UV_THREADPOOL_SIZE"],
      ]);
    });
  });

  itIsolated(
    "runSubmission() refuses to blame a submission for a process that does not start",
    async () => {
      await expect(runBetween([], {memoryBytes: 2 ** 20})).rejects.toThrow(
        "Cannot run a submission: the process did not start",
      );
    },
  );

  it("runSubmission() without a sandbox still has a clean environment and no child process", async () => {
    process.env["GLASS_CLOUD_SECRET"] = "secret";
    const elsewhere = join(scratchFolder(), "written");
    const cells = [
      codeCell("env", 'process.env["GLASS_CLOUD_SECRET"] ?? "none"'),
      codeCell("child", 'require("child_process").spawnSync(process.execPath)'),
      codeCell("write", `require("fs").writeFileSync(${JSON.stringify(elsewhere)}, "x")`),
    ];
    const ended = await runSubmission(submission(...cells), {
      ...ADA,
      isolation: {kind: "trusted"},
    });
    delete process.env["GLASS_CLOUD_SECRET"];
    expectHonestAnswers(ended);
    expect(textOf(ended, "env")).toBe("'none'");
    expect(failed(ended)).toEqual(["child", "write"]);
    expect(existsSync(elsewhere)).toBe(false);
  });
});
