import {spawnSync} from "node:child_process";
import {existsSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {ROOT} from "../../binder/setup.mjs";

/** What set-up and tests make; a checkout without git (a downloaded archive) has it beside the rest. */
const MADE_HERE = /(^|\/)(\.git|node_modules|dist|build|\.venv|\.ipynb_checkpoints)\//;

/** Paths, with "/", of the files that git tracks or would track. */
export function projectFiles(): string[] {
  const git = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const paths =
    git.status === 0
      ? git.stdout.split("\0")
      : readdirSync(ROOT, {withFileTypes: true, recursive: true})
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
          .map((path) => path.replaceAll("\\", "/"))
          .filter((path) => !MADE_HERE.test(path));
  return paths.filter((path) => path !== "" && existsSync(join(ROOT, path)));
}
