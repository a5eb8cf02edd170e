import {join} from "node:path";
import {fileURLToPath} from "node:url";

/** The project's root, from `kernel-lib/dist/course/grading/isolation/`. */
export const PROJECT: string = fileURLToPath(new URL("../../../../../", import.meta.url)).replace(
  /(.)[\\/]$/,
  "$1",
);

const GRADING = join(PROJECT, "build", "grading");

/** An empty folder on which each sandbox mounts its own root, seen by that sandbox alone. */
export const MOUNT_POINT: string = join(GRADING, "root");

/**
 * Where a submission works. It lies in the project, since Node and tslab's checker look for packages
 * in the folders above. In a sandbox it is in memory and has the same name for every submission, so
 * that a path in an error message is the same for all.
 */
export const WORK_FOLDER: string = join(GRADING, "work");

/** The compiled program that runs inside. */
export function childProgram(
  name: "grading/submission-child" | "grading/isolation/probe-child",
): string {
  return join(PROJECT, "kernel-lib", "dist", "course", ...`${name}.js`.split("/"));
}
