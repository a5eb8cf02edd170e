/** What mybinder.org does with a clone, step by step, without its image builder. */
import {spawnSync} from "node:child_process";
import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect} from "vitest";
import {cloneProject} from "../support/clone.js";
import {itNeeds} from "../support/needs.js";
import {scratchFolder} from "../support/scratch.js";

const bash = process.platform === "win32" ? undefined : "/bin/bash";

itNeeds(
  bash,
  "bash",
  "use Linux or macOS",
  "binder/postBuild prepares a clean clone inside a fresh Python environment, and start hands over",
  () => {
    const clone = cloneProject();
    const prefix = join(scratchFolder(), "environment");
    const python = join(prefix, "bin", "python");
    const requirements = join(clone, "binder", "requirements.txt");
    run("python3", ["-m", "venv", prefix]);
    run(python, ["-m", "pip", "install", "--quiet", "--no-input", "-r", requirements]);

    const env = {
      ...process.env,
      PATH: `${join(prefix, "bin")}:${process.env["PATH"]}`,
      JUPYTER_DATA_DIR: scratchFolder(),
      // postBuild empties npm's cache; ours is not its business.
      npm_config_cache: scratchFolder(),
    };
    const output = run("bash", ["binder/postBuild"], {cwd: clone, env});
    expect(output).toContain("notebooks/00-start-here.ipynb: ");
    expect(existsSync(join(clone, ".venv"))).toBe(false);
    const spec = JSON.parse(
      readFileSync(join(prefix, "share", "jupyter", "kernels", "tslab", "kernel.json"), "utf8"),
    ) as {argv: string[]};
    expect(spec.argv.find((arg) => arg.endsWith("main.js"))).toContain(clone);
    // What is left after pruning still runs every notebook.
    const cli = join("kernel-lib", "dist", "cli", "run-notebook.js");
    run("node", [cli, "notebooks/00-start-here.ipynb", "notebooks/03-s3.ipynb"], {cwd: clone, env});
    expect(existsSync(join(clone, "node_modules", "vitest"))).toBe(false);
    run("node", [join("kernel-lib", "dist", "cli", "chapter.js"), "03-s3"], {cwd: clone, env});

    expect(run("bash", ["binder/start", "echo", "handed over"], {cwd: clone, env})).toBe(
      "handed over\n",
    );
  },
);

function run(command: string, args: string[], options: object = {}): string {
  const {status, stdout, stderr} = spawnSync(command, args, {encoding: "utf8", ...options});
  expect(status, `${command} ${args.join(" ")}\n${stdout}\n${stderr}`).toBe(0);
  return stdout;
}
