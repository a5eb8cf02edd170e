import {spawnSync} from "node:child_process";
import {cpSync, symlinkSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import type {ClaimsAudit} from "kernel-lib/book";
import {claims} from "kernel-lib/lesson";
import {describe, expect, it} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {scratchFolder} from "../support/scratch.js";

const CLI = join(ROOT, "kernel-lib", "dist", "cli", "claims.js");

function run(...args: string[]): {status: number | null; stdout: string; stderr: string} {
  return spawnSync(process.execPath, [CLI, ...args], {encoding: "utf8"});
}

/** The command in a copy of the project that has another ledger. */
function runWith(ledger: object): {status: number | null; stderr: string} {
  const copy = scratchFolder();
  for (const path of ["kernel-lib/dist", "kernel-lib/package.json", "data"]) {
    cpSync(join(ROOT, path), join(copy, path), {recursive: true});
  }
  for (const path of ["kernel-lib/experiments", "notebooks", "test"]) {
    symlinkSync(join(ROOT, path), join(copy, path));
  }
  writeFileSync(join(copy, "data", "claims.json"), JSON.stringify(ledger));
  const command = join(copy, "kernel-lib", "dist", "cli", "claims.js");
  return spawnSync(process.execPath, [command], {encoding: "utf8"});
}

describe("npm run claims", () => {
  it("claims prints each claim with verdict, kind, number, source, experiment and test", () => {
    const {status, stdout, stderr} = run();
    expect({status, stderr}).toEqual({status: 0, stderr: ""});
    for (const {id} of claims()) expect(stdout).toMatch(new RegExp(`^${id} `, "m"));
    const zones = stdout.slice(stdout.indexOf("\n3.9 "), stdout.indexOf("\n3.10 "));
    expect(zones).toMatch(/3\.9 +fails +mechanism +shardsLostWithTwoZonesDown: 8; holds if <= 2\n/);
    expect(zones).toContain("f4-2014 (2026-11)");
    expect(zones).toContain("s3/zone-loss, test/experiments/s3/zone-loss.test.ts");
  });

  it("claims shows one claim in full, with its quote, where it flips and what is unconfirmed", () => {
    const {status, stdout} = run("3.9");
    expect(status).toBe(0);
    expect(stdout).toContain("Claim 3.9 (mechanism): fails\n“Tolerates: 2 simultaneous shard");
    expect(stdout).toMatch(
      /^flips +holds, if the same eight shards lie on eight zones: 2 \(03-s3\)$/m,
    );
    expect(stdout).toMatch(/^source +f4: .* \(2014\): as quoted by others, 2026-11, unconfirmed$/m);
    expect(stdout).toContain("https://www.usenix.org/conference/osdi14/");
  });

  it("claims --json prints rows and problems for programs", () => {
    const {status, stdout} = run("--json", "3.9", "3.14");
    const {rows, problems} = JSON.parse(stdout) as ClaimsAudit;
    expect(status).toBe(0);
    expect(rows.map(({claim, measured}) => [claim.id, measured])).toEqual([
      ["3.9", 8],
      ["3.14", undefined],
    ]);
    expect(problems).toEqual([]);
  });

  it("claims fails with one line per problem when a value has moved past its number", () => {
    const moved = claims().map((row) =>
      row.id === "3.10" ? {...row, decide: {...row.decide, value: 4}} : row,
    );
    const {status, stderr} = runWith(moved);
    expect(status).toBe(1);
    const lines = stderr.trim().split("\n");
    expect(lines).toContain(
      '3.10: the ledger says "fails", 03-claims says "holds". ' +
        "Shards lost with one zone down: 4; the claim holds if it is at most 4.",
    );
    expect(lines.filter((line) => !line.startsWith("3.10: "))).toEqual([]);
  });

  it("claims names the claims that there are if asked for another", () => {
    const {status, stderr} = run("3.99");
    expect(status).toBe(1);
    expect(stderr).toContain("Cannot find claim 3.99: the ledger has 3.1, 3.2");
  });
});
