import {mkdirSync, mkdtempSync, rmSync} from "node:fs";
import {join} from "node:path";
import {onTestFinished} from "vitest";
import {ROOT} from "../../binder/setup.mjs";

/** Takes what is to be undone at the end: of the test, unless several tests share it. */
export type WhenDone = (undo: () => Promise<void> | void) => void;

/**
 * An empty folder below build/, gone after the test (`whenDone`). It lies inside the project,
 * since outside neither Node nor tslab's checker finds kernel-lib.
 */
export function scratchFolder(whenDone: WhenDone = onTestFinished): string {
  const parent = join(ROOT, "build", "scratch");
  mkdirSync(parent, {recursive: true});
  const folder = mkdtempSync(join(parent, "test-"));
  whenDone(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}
