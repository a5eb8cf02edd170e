/** The sandbox itself, without Node's permission model: what the system alone holds back. */
import {spawn} from "node:child_process";
import {existsSync} from "node:fs";
import {createServer} from "node:net";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {describe, expect, it, onTestFinished} from "vitest";
import {ROOT} from "../../../binder/setup.mjs";
import {runContained} from "../../../kernel-lib/dist/course/grading/isolation/contained-process.js";
import type {ContainedEnd} from "../../../kernel-lib/dist/course/grading/isolation/contained-process.js";
import {
  NOT_CONTAINED,
  containedCommand,
} from "../../../kernel-lib/dist/course/grading/isolation/isolation.js";
import type {Isolation} from "../../../kernel-lib/dist/course/grading/isolation/isolation.js";
import {
  chooseIsolation,
  probeIsolation,
} from "../../../kernel-lib/dist/course/grading/isolation/probe.js";
import type {ProbeTask} from "../../../kernel-lib/dist/course/grading/isolation/probe.js";
import {childProgram} from "../../../kernel-lib/dist/course/grading/isolation/project-paths.js";
import {RUN_LIMITS} from "../../../kernel-lib/dist/course/grading/isolation/run-limits.js";
import type {RunLimits} from "../../../kernel-lib/dist/course/grading/isolation/run-limits.js";
import {visibleFiles} from "../../../kernel-lib/dist/course/grading/isolation/visible-files.js";
import {itNeeds} from "../../support/needs.js";
import {processesNaming} from "../../support/processes.js";
import {scratchFolder} from "../../support/scratch.js";
import {SANDBOX_NEEDS} from "../../support/submission.js";

const {isolation, missing} = await probeIsolation();
const itIsolated = (name: string, test: () => Promise<void>): void =>
  itNeeds(isolation, `a sandbox (${missing.join("; ")})`, SANDBOX_NEEDS, name, test);

interface Attempt extends ContainedEnd {
  lines: string[];
}

/** Runs a CommonJS program that it gets on standard input, with no permission model around it. */
async function attempt(
  source: string,
  {within = isolation!, ...changes}: Partial<RunLimits> & {within?: Isolation} = {},
): Promise<Attempt> {
  const limits = {...RUN_LIMITS, totalMs: 20_000, ...changes};
  const command = containedCommand(within, {path: "-", limits, permissions: false});
  const lines: string[] = [];
  const end = await runContained(command, source, limits, (line) => {
    lines.push(line);
    return undefined;
  });
  return {...end, lines};
}

/** A program that reports what came of each expression. */
const outcomes = (...expressions: string[]): string =>
  'const fs = require("fs"); const {spawn, spawnSync} = require("child_process");\n' +
  "const tell = (text) => fs.writeSync(3, text + '\\n');\n" +
  expressions
    .map((e) => `try { tell("did it: " + (${e})); } catch (e) { tell(e.code ?? String(e)); }`)
    .join("\n");

/** npm nests a package of kernel-lib's whose version another dependency does not share. */
const NESTED = existsSync(join(ROOT, "kernel-lib", "node_modules")) ? ["node_modules"] : [];

describe("isolation", () => {
  itIsolated("probeIsolation() finds a sandbox that holds", async () => {
    expect(missing).toEqual([]);
    expect(isolation).toEqual({kind: "full", asRoot: process.getuid!() === 0});
  });

  it("the probe's program reports everything that it can do where nothing holds it back", async () => {
    const server = createServer();
    await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
    onTestFinished(() => void server.close());
    const folder = scratchFolder();
    const task: ProbeTask = {
      hidden: [folder],
      unwritable: [folder],
      port: (server.address() as AddressInfo).port,
      program: process.execPath,
      ...{asRoot: true, memoryBytes: 2 ** 20, fileBytes: 2 ** 20, processes: 2},
    };
    const command = containedCommand(
      {kind: "trusted"},
      {
        path: childProgram("grading/isolation/probe-child"),
        args: [JSON.stringify(task)],
        limits: RUN_LIMITS,
        permissions: false,
      },
    );
    let leaks: string[] = [];
    await runContained(command, "", RUN_LIMITS, (line) => {
      leaks = (JSON.parse(line) as {leaks: string[]}).leaks;
      return "done";
    });
    expect(leaks.map((leak) => leak.split(":")[0]).sort()).toEqual([
      ...["files", "files", "files", "memory", "network", "processes", "processes"],
      ...(process.getuid!() === 0 ? ["user", "user"] : []),
    ]);
  });

  itIsolated("a fork bomb ends at the limit on processes, and nothing of it is left", async () => {
    const bomb =
      "const bomb = 'glass-cloud-fork-bomb'; const {spawn} = require('child_process');" +
      "const source = 'const {spawn} = require(`child_process`); for (let i = 0; i < 50; i++) " +
      "spawn(process.execPath, [`-e`, `setInterval(() => {}, 9)`, `glass-cloud-fork-bomb`])" +
      ".on(`error`, () => {}); setInterval(() => {}, 9)';" +
      "let failed = 0; for (let i = 0; i < 50; i++) spawn(process.execPath, ['-e', source, bomb])" +
      ".on('error', () => { if (++failed === 40) require('fs').writeSync(3, 'stopped\\n'); });" +
      "setInterval(() => {}, 9);";
    const {why, lines} = await attempt(bomb, {totalMs: 2000});
    expect({why, lines}).toEqual({why: "time", lines: ["stopped"]});
    expect(processesNaming("glass-cloud-fork-bomb")).toEqual([]);
  });

  itIsolated("a process that leaves the group and ignores signals ends with the run", async () => {
    const source =
      "process.on('SIGTERM', () => {}); const {spawn} = require('child_process');" +
      "spawn(process.execPath, ['-e', 'setInterval(() => {}, 9)', 'glass-cloud-daemon']," +
      "{detached: true, stdio: 'ignore'}).unref(); require('fs').writeSync(3, 'left\\n');";
    expect(await attempt(source)).toMatchObject({
      why: "own",
      status: "exit code 0",
      lines: ["left"],
    });
    expect(processesNaming("glass-cloud-daemon")).toEqual([]);
  });

  const holds = async (asRoot: boolean): Promise<void> => {
    const {lines, stderr} = await attempt(
      outcomes(
        'fs.readdirSync("/etc")',
        `fs.readdirSync(${JSON.stringify(ROOT)}).sort().join()`,
        `fs.readdirSync(${JSON.stringify(`${ROOT}/kernel-lib`)}).sort().join()`,
        'fs.existsSync("/proc/self") || fs.existsSync("/bin/sh")',
        'fs.writeFileSync("/x", "")',
        `fs.writeFileSync(${JSON.stringify(`${ROOT}/node_modules/x.js`)}, "")`,
        'fs.writeFileSync(process.execPath, "")',
        'fs.writeFileSync(process.argv[2] + "/big", Buffer.alloc(1 << 25))',
        "new Uint8Array(1 << 29).length",
        "process.kill(1, 9)",
        "process.setuid(process.getuid() + 1)",
        'fs.openSync("/dev/null", "w") > 0',
        'fs.readdirSync("/dev").sort().join()',
        "process.getgroups().length",
      ),
      {within: {kind: "full", asRoot}},
    );
    expect(stderr).toBe("");
    expect(lines).toEqual([
      "ENOENT",
      "did it: build,kernel-lib,node_modules,package.json",
      `did it: ${["dist", ...NESTED, "package.json"].join()}`,
      "did it: false",
      expect.stringMatching(/^(EACCES|EROFS)$/),
      "EROFS",
      expect.stringMatching(/^(EROFS|ETXTBSY)$/),
      "EFBIG",
      "RangeError: Array buffer allocation failed",
      asRoot ? "EPERM" : "did it: true",
      expect.stringMatching(/^(EPERM|EINVAL)$/),
      "did it: true",
      "did it: null,urandom,zero",
      expect.stringMatching(/^did it: [01]$/),
    ]);
  };

  itIsolated("files, memory and processes are held by the system alone", () =>
    holds(process.getuid!() === 0),
  );

  // What a grader who is not root gets; to root it is open, too.
  itIsolated("a sandbox made through a user namespace holds as well", () => holds(false));

  itIsolated("many small files fill the work folder, not the machine", async () => {
    const source =
      "const fs = require('fs'); let n = 0; try { for (;; n++) fs.writeFileSync(process.argv[2] + " +
      "'/f' + n, 'x'); } catch (e) { fs.writeSync(3, `${e.code} ${n < 1024}\\n`); }";
    expect((await attempt(source)).lines).toEqual(["ENOSPC true"]);
  });

  itIsolated("a sandbox ends with the grader that started it, killed or not", async () => {
    const grader = `
      const at = (name) => import(${JSON.stringify(`${ROOT}/kernel-lib/dist/course/grading/isolation/`)} + name);
      const {containedCommand} = await at("isolation.js");
      const {runContained} = await at("contained-process.js");
      const {RUN_LIMITS: limits} = await at("run-limits.js");
      const command = containedCommand(${JSON.stringify(isolation)}, {
        path: "-", args: ["glass-cloud-orphan"], limits, permissions: false,
      });
      await runContained(command, "require('fs').writeSync(3, 'up\\\\n'); for (;;);", limits, () => {
        process.stdout.write("up");
      });`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", grader]);
    await new Promise((settle) => child.stdout.once("data", settle));
    expect(processesNaming("glass-cloud-orphan").length).toBeGreaterThan(0);
    child.kill("SIGKILL");
    for (let tries = 0; tries < 200 && processesNaming("glass-cloud-orphan").length > 0; tries++) {
      await sleep(50);
    }
    expect(processesNaming("glass-cloud-orphan")).toEqual([]);
  });

  it("runContained() ends a program that reports step after step, and its children", async () => {
    const source =
      "const {spawn} = require('child_process'); const fs = require('fs');" +
      "spawn(process.execPath, ['-e', 'for (;;);', 'glass-cloud-child'], {stdio: 'inherit'});" +
      "setInterval(() => fs.writeSync(3, 'step\\n'), 10);";
    const limits = {...RUN_LIMITS, cellMs: 60_000, totalMs: 1000};
    const command = containedCommand({kind: "trusted"}, {path: "-", limits, permissions: false});
    const {why} = await runContained(command, source, limits, () => "step");
    expect(why).toBe("time");
    expect(processesNaming("glass-cloud-child")).toEqual([]);
  });

  it("runContained() blames no program for the time that the grader itself was busy", async () => {
    const written = join(scratchFolder(), "written");
    const source =
      "const fs = require('fs'); fs.writeSync(3, 'begin\\n'); setTimeout(() => {" +
      `fs.writeSync(3, 'done\\n'); fs.writeFileSync(${JSON.stringify(written)}, ''); }, 100);`;
    const limits = {...RUN_LIMITS, cellMs: 300};
    const command = containedCommand({kind: "trusted"}, {path: "-", limits, permissions: false});
    const {why} = await runContained(command, source, limits, (line) => {
      if (line === "done") return "done";
      const soonest = performance.now() + 400;
      setImmediate(() => {
        while (performance.now() < soonest || !existsSync(written));
      });
      return "step";
    });
    expect(why).toBe("done");
  });

  it("visibleFiles() shows packages and the built library, and refuses a project among libraries", () => {
    const {folders, copies} = visibleFiles();
    expect(folders.filter((path) => path.startsWith(ROOT))).toEqual([
      `${ROOT}/node_modules`,
      ...NESTED.map((name) => `${ROOT}/kernel-lib/${name}`),
      `${ROOT}/kernel-lib/dist`,
    ]);
    expect(copies.every((path) => existsSync(path))).toBe(true);
    expect(() => visibleFiles("/usr/lib/glass-cloud")).toThrow(
      "Cannot isolate: need the project outside /usr/lib, got /usr/lib/glass-cloud",
    );
  });

  it("chooseIsolation() refuses a machine without a sandbox unless somebody vouches", async () => {
    const platform = Object.getOwnPropertyDescriptor(process, "platform")!;
    Object.defineProperty(process, "platform", {value: "darwin"});
    onTestFinished(() => void Object.defineProperty(process, "platform", platform));
    const warnings: string[] = [];
    const warn = (text: string): void => void warnings.push(text);
    await expect(chooseIsolation(false, warn)).rejects.toThrow(
      "Cannot grade here: need a sandbox for submissions, got none (no sandbox on darwin: it needs Linux)",
    );
    expect(warnings).toEqual([]);
    expect(await chooseIsolation(true, warn)).toEqual({kind: "trusted"});
    expect(warnings).toEqual([NOT_CONTAINED]);
  });
});
