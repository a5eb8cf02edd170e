import {spawnSync} from "node:child_process";
import {existsSync, readFileSync} from "node:fs";
import {isAbsolute, join} from "node:path";
import {
  environmentFolder,
  installKernelspec,
  uninstallKernelspec,
  userFolder,
} from "kernel-lib/kernel";
import type {Kernelspec} from "kernel-lib/kernel";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {scratchFolder} from "../support/scratch.js";

const CLI = join(ROOT, "kernel-lib", "dist", "cli", "install-kernel.js");
const readSpec = (path: string): Kernelspec => JSON.parse(readFileSync(path, "utf8")) as Kernelspec;

describe("installKernelspec()", () => {
  it("writes our kernel below the data folder, with absolute paths that exist, and logos", () => {
    const folder = scratchFolder();
    const path = installKernelspec(folder);
    expect(path).toBe(join(folder, "kernels", "tslab", "kernel.json"));
    const spec = readSpec(path);
    const files = [spec.argv[0]!, spec.argv.find((arg) => arg.endsWith("main.js"))!];
    for (const file of files) expect(isAbsolute(file) && existsSync(file), file).toBe(true);
    expect(spec).toMatchObject({
      display_name: "TypeScript (tslab)",
      language: "typescript",
      interrupt_mode: "message",
      env: {NODE_NO_WARNINGS: "1", NO_COLOR: "1", MALLOC_ARENA_MAX: "1"},
    });
    expect(spec.argv.at(-1)).toBe("{connection_file}");
    const png = readFileSync(join(folder, "kernels", "tslab", "logo-64x64.png"));
    // Width and height are the first numbers of a PNG.
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([64, 64]);
    expect(existsSync(join(folder, "kernels", "tslab", "logo-svg.svg"))).toBe(true);
  });

  it("writes stock tslab beside it, with tslab's own start", () => {
    const folder = scratchFolder();
    const spec = readSpec(installKernelspec(folder, "tslab-stock"));
    expect(spec.argv.at(-1)).toBe("--config-path={connection_file}");
    expect(existsSync(spec.argv.find((arg) => arg.includes("bin"))!)).toBe(true);
    expect(existsSync(join(folder, "kernels", "tslab"))).toBe(false);
  });

  it("is undone by uninstallKernelspec(), which says whether there was one", () => {
    const folder = scratchFolder();
    installKernelspec(folder);
    expect(uninstallKernelspec(folder)).toBe(true);
    expect(uninstallKernelspec(folder)).toBe(false);
    expect(existsSync(join(folder, "kernels", "tslab"))).toBe(false);
  });
});

describe("userFolder()", () => {
  it.each([
    ["linux", {}, "/home/ada/.local/share/jupyter"],
    ["linux", {XDG_DATA_HOME: "/data"}, "/data/jupyter"],
    ["darwin", {}, "/home/ada/Library/Jupyter"],
    ["win32", {APPDATA: "/roaming"}, "/roaming/jupyter"],
    ["win32", {}, "/home/ada/AppData/Roaming/jupyter"],
    ["linux", {JUPYTER_DATA_DIR: "/elsewhere"}, "/elsewhere"],
  ])("on %s with %o is Jupyter's own: %s", (platform, env, folder) => {
    expect(userFolder(platform, env, "/home/ada").replaceAll("\\", "/")).toBe(folder);
  });
});

describe("install-kernel", () => {
  const run = (args: string[], env: Record<string, string> = {}): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, [CLI, ...args], {encoding: "utf8", env: {...process.env, ...env}});

  it("installs for an environment and takes it away again", () => {
    const prefix = scratchFolder();
    const path = join(environmentFolder(prefix), "kernels", "tslab", "kernel.json");
    expect(run(["--prefix", prefix]).stdout).toBe(`${path}\n`);
    expect(existsSync(path)).toBe(true);
    expect(run(["--prefix", prefix, "--uninstall"]).stdout).toBe("Removed tslab\n");
    expect(existsSync(path)).toBe(false);
  });

  it("installs for the user only when asked", () => {
    const folder = scratchFolder();
    const run1 = run(["--user", "--stock"], {JUPYTER_DATA_DIR: folder});
    expect(run1.stdout).toBe(`${join(folder, "kernels", "tslab-stock", "kernel.json")}\n`);
  });

  it.each([[[]], [["--user", "--prefix", "x"]]])("asks where, given %o", (args: string[]) => {
    const {status, stderr} = run(args);
    expect(status).toBe(1);
    expect(stderr).toContain("Say where: --prefix DIR");
  });
});
