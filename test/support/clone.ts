import {cpSync, mkdirSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {onTestFinished} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {projectFiles} from "./project-files.js";

/**
 * A copy of the project as a reader would clone it: the files git tracks or would track, as they
 * are now, and nothing that was installed or built. Outside the project, gone after the test.
 *
 * @param name of the folder; a space and an umlaut in it find careless path handling
 */
export function cloneProject(name = "glass clöud"): string {
  const parent = mkdtempSync(join(tmpdir(), "clone-"));
  onTestFinished(() => rmSync(parent, {recursive: true, force: true}));
  const clone = join(parent, name);
  for (const file of projectFiles()) {
    mkdirSync(dirname(join(clone, file)), {recursive: true});
    cpSync(join(ROOT, file), join(clone, file));
  }
  return clone;
}
