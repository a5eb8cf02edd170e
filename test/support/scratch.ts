import {mkdirSync, mkdtempSync, rmSync} from "node:fs";
import {join} from "node:path";
import {onTestFinished} from "vitest";
import {ROOT} from "../../binder/setup.mjs";

/**
 * An empty folder below build/, gone after the test. It lies inside the project, since outside
 * neither Node nor tslab's checker finds kernel-lib.
 */
export function scratchFolder(): string {
  const parent = join(ROOT, "build", "scratch");
  mkdirSync(parent, {recursive: true});
  const folder = mkdtempSync(join(parent, "test-"));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}
