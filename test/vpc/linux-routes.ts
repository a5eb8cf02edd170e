/** The kernel's own routing table as a judge, in a network namespace that ends with its process. */
import {spawnSync} from "node:child_process";
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {formatIpv4Address} from "kernel-lib/packet";
import {ROUTE_PRIORITY} from "kernel-lib/vpc";
import type {Route} from "kernel-lib/vpc";
import {scratchFolder} from "../support/scratch.js";

/** Whether this machine lets us make a network namespace and has iproute2. */
export const hasNamespaces: boolean =
  spawnSync("unshare", ["--net", "ip", "-Version"], {timeout: 10_000}).status === 0;

/**
 * Puts the routes into a fresh namespace and asks the kernel for each address which one it takes.
 *
 * The kernel has no origins, but takes the lowest metric among routes to one block: the place in the
 * order of priority, in its stead.
 *
 * @returns for each address "10.0.0.0/16 metric 2", or undefined where there is no route
 */
export function askLinux(
  routes: readonly Route[],
  addresses: readonly number[],
): (string | undefined)[] {
  const folder = scratchFolder();
  const [table, questions] = [join(folder, "routes"), join(folder, "questions")];
  const added = routes.map(({destination, origin}) => {
    return `route add ${destination} dev lo metric ${ROUTE_PRIORITY.indexOf(origin)}`;
  });
  writeFileSync(table, ["link set lo up", ...added, ""].join("\n"));
  const asked = addresses.map((address) => `route get fibmatch ${formatIpv4Address(address)}`);
  writeFileSync(questions, `${asked.join("\n")}\n`);
  const script = 'ip -batch "$0" && { ip -force -batch "$1" || [ $? = 1 ]; }';
  const {status, stdout, stderr} = spawnSync(
    "unshare",
    ["--net", "sh", "-c", script, table, questions],
    {encoding: "utf8", timeout: 120_000, maxBuffer: 2 ** 30},
  );
  if (status !== 0) throw new Error(`Cannot ask Linux: ${stderr.slice(0, 500)}`);
  return answers(stdout, stderr, addresses.length);
}

/** What was found stands in stdout line by line; what was not, by its line's number in stderr. */
function answers(stdout: string, stderr: string, count: number): (string | undefined)[] {
  const failed = new Set(
    [...stderr.matchAll(/Command failed .*:(\d+)/g)].map(([, line]) => Number(line)),
  );
  const found = stdout.split("\n").filter((line) => line !== "");
  if (found.length + failed.size !== count) {
    throw new Error(`Cannot read Linux: need ${count} answers, got ${found.length}+${failed.size}`);
  }
  let next = 0;
  return Array.from({length: count}, (_, index) => {
    if (failed.has(index + 1)) return undefined;
    const [, block, metric] = /^(\S+) dev lo .*?metric (\d+)/.exec(found[next++]!) ?? [];
    return `${withLength(block!)} metric ${metric}`;
  });
}

/** iproute2 writes a single address without "/32", and all addresses as "default". */
function withLength(block: string): string {
  if (block === "default") return "0.0.0.0/0";
  return block.includes("/") ? block : `${block}/32`;
}
