/**
 * Clone → `npm start`, clone → `npm test`, as a stranger does it: a fresh git clone, an empty npm
 * cache, no .venv, under each supported Node. Needs the network, and about ten minutes.
 */
import {spawn, spawnSync} from "node:child_process";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, it, onTestFinished} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {freePort, runToEnd, startLab} from "../support/jupyter.js";
import {environmentFor, nodeBin, NODES} from "./nodes.js";

const TEN_MINUTES = 600_000;
/** Where a registry would refuse every request. */
const NOWHERE = "http://127.0.0.1:9/";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "fresh-"));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}

/** A real clone of what is committed. */
function gitClone(): string {
  const clone = join(temporaryFolder(), "glass clöud");
  const {status, stderr} = spawnSync("git", ["clone", "--quiet", ROOT, clone], {encoding: "utf8"});
  expect(status, stderr).toBe(0);
  return clone;
}

const OWN_NODE = process.versions.node;

describe.each([OWN_NODE, ...NODES.supported])("under Node %s", (version) => {
  const bin = version === OWN_NODE ? undefined : nodeBin(version);

  it(
    "npm start works in a fresh clone, and again without network, reinstalling nothing",
    {timeout: TEN_MINUTES},
    async () => {
      const clone = gitClone();
      const env = environmentFor(bin, temporaryFolder());
      const first = await startLab(clone, {args: ["--port", String(await freePort())], env});
      expect((await fetch(first.url)).status).toBe(200);
      expect((await first.stop()).output).toContain("Glass Cloud has stopped.");

      const offline = {
        ...env,
        npm_config_registry: NOWHERE,
        PIP_INDEX_URL: NOWHERE,
        PIP_NO_INDEX: "1",
      };
      const second = await startLab(clone, {
        args: ["--port", String(await freePort())],
        env: offline,
      });
      expect((await fetch(second.url)).status).toBe(200);
      const {output} = await second.stop();
      for (const step of ["dependencies (npm)", "kernel-lib build", "JupyterLab in .venv (pip)"]) {
        expect(output).toContain(`✓ ${step}: already done`);
      }
    },
  );

  it(
    "npm test passes in a fresh clone with nothing skipped",
    {timeout: 2 * TEN_MINUTES},
    async () => {
      const clone = gitClone();
      const env = {...process.env, ...environmentFor(bin, temporaryFolder())};
      const judges = spawnSync("python3", ["-m", "venv", join(clone, "build", "judges")]);
      expect(judges.status).toBe(0);
      const pip = join(clone, "build", "judges", "bin", "pip");
      expect(spawnSync(pip, ["install", "--quiet", "frictionless==5.21.0"]).status).toBe(0);
      const peers = ["ci", "--prefix", join(clone, "test", "peers"), "--ignore-scripts"];
      expect(spawnSync("npm", peers, {env}).status).toBe(0);
      const child = spawn("npm", ["test"], {cwd: clone, env, stdio: ["ignore", "pipe", "pipe"]});
      let output = "";
      child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
      const status = await new Promise((settle) => child.on("close", settle));
      expect(status, output.slice(-4000)).toBe(0);
      const summary = output.trim().split("\n").at(-1)!;
      expect(summary).toMatch(/^tests: \d+ passed, 0 failed$/);
      console.log(`Node ${version ?? process.versions.node}: ${summary}`);
    },
  );
});

describe("a first start that does not come through", () => {
  it.each([1500, 6000, 20_000])(
    "killed after %i ms, the next try works",
    {timeout: TEN_MINUTES},
    async (delayMs) => {
      const clone = gitClone();
      const env = environmentFor(undefined, temporaryFolder());
      const child = spawn("npm", ["start", "--", "--no-browser"], {
        cwd: clone,
        env: {...process.env, ...env},
        detached: true,
        stdio: "ignore",
      });
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      process.kill(-child.pid!, "SIGKILL");
      const next = await startLab(clone, {args: ["--port", String(await freePort())], env});
      expect((await fetch(next.url)).status).toBe(200);
      await next.stop();
    },
  );

  it(
    "with npm but without PyPI: says so, leaves no .venv, and works once PyPI is there",
    {timeout: TEN_MINUTES},
    async () => {
      const clone = gitClone();
      const env = environmentFor(undefined, temporaryFolder());
      const cut = {
        ...env,
        PIP_INDEX_URL: NOWHERE,
        PIP_EXTRA_INDEX_URL: "",
        PIP_FIND_LINKS: "",
        PIP_CONFIG_FILE: "/dev/null",
        PIP_NO_CACHE_DIR: "1",
      };
      const ended = await runToEnd(clone, "binder/start-lab.mjs", {
        args: ["--no-browser"],
        env: cut,
      });
      expect(ended.code).toBe(1);
      expect(ended.output).toMatch(/Glass Cloud cannot start\. pip could not reach its registry/);
      const next = await startLab(clone, {args: ["--port", String(await freePort())], env});
      await next.stop();
    },
  );

  it.each(NODES.tooOld)("Node %s is refused in one line", async (version) => {
    const node = join(nodeBin(version), "node");
    const ended = await runToEnd(gitClone(), "binder/start-lab.mjs", {node});
    expect(ended.code).toBe(1);
    expect(ended.output.trim()).toBe(
      `Glass Cloud cannot start. Node ${version} is too old: Glass Cloud needs 20.19 or newer. Install the LTS version from nodejs.org.`,
    );
  });
});
