import {spawnSync} from "node:child_process";

/** A process as `ps` lists it. */
export interface ListedProcess {
  pid: number;
  /** Command and arguments. */
  command: string;
}

/** Processes whose command line holds a text, such as the folder of their connection file. */
export function processesNaming(text: string): ListedProcess[] {
  const {stdout} = spawnSync("ps", ["-A", "-o", "pid=,args="], {encoding: "utf8"});
  return stdout
    .split("\n")
    .filter((line) => line.includes(text))
    .map((line) => line.trim())
    .map((line) => ({pid: parseInt(line, 10), command: line.replace(/^\d+ /, "")}));
}
