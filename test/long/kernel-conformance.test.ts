/** PyPI's jupyter_kernel_test on our kernel, on stock tslab and on Deno's kernel, side by side. */
import {spawnSync} from "node:child_process";
import {copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {installKernelspec} from "kernel-lib/kernel";
import {expect, it} from "vitest";
import {venvPython} from "../../binder/platform.mjs";
import {ROOT} from "../../binder/setup.mjs";
import {writeSection} from "../peers/results-file.mjs";

const KERNELS = {tslab: "ours", "tslab-stock": "stock tslab 1.0.22", deno: "Deno's kernel"};
type KernelName = keyof typeof KERNELS;
type Outcomes = Record<string, string>;

const SUITE = join(ROOT, "test", "long", "conformance", "suite.py");
const REQUIREMENTS = join(ROOT, "test", "long", "conformance", "requirements.txt");
const VENV = join(ROOT, "build", "judges", "kernel-conformance");
const KERNELSPECS = join(ROOT, "build", "judges", "kernelspecs");
/** A pager is for terminals; no kernel here claims one. */
const NOT_DECLARED = ["test_pager"];

it("our kernel passes all of jupyter_kernel_test that it declares", () => {
  const python = installSuite();
  installKernelspecs(python);
  const names = Object.keys(KERNELS) as KernelName[];
  const outcomes = Object.fromEntries(
    // To the peers' favour: on a busy machine some of their outputs come after `idle`.
    names.map((name) => [name, bestOf(python, name, name === "tslab" ? 1 : 3)]),
  );
  writeTable(outcomes as Record<KernelName, Outcomes>);
  const declared = Object.entries(outcomes["tslab"]!).filter(([n]) => !NOT_DECLARED.includes(n));
  expect(declared.filter(([, outcome]) => outcome !== "passed")).toEqual([]);
  expect(declared.length).toBeGreaterThanOrEqual(11);
});

/** @returns path of the Python of a venv that has the suite and Deno */
function installSuite(): string {
  const python = venvPython(process.platform, VENV, join);
  const stamp = join(VENV, "requirements.txt");
  const isCurrent = existsSync(stamp) && readFileSync(stamp).equals(readFileSync(REQUIREMENTS));
  if (!isCurrent) {
    run(venvPython(process.platform, join(ROOT, ".venv"), join), ["-m", "venv", "--clear", VENV]);
    run(python, ["-m", "pip", "install", "--quiet", "-r", REQUIREMENTS]);
    copyFileSync(REQUIREMENTS, stamp);
  }
  return python;
}

function installKernelspecs(python: string): void {
  installKernelspec(KERNELSPECS, "tslab");
  installKernelspec(KERNELSPECS, "tslab-stock");
  const folder = join(KERNELSPECS, "kernels", "deno");
  mkdirSync(folder, {recursive: true});
  const argv = [
    join(dirname(python), "deno"),
    "jupyter",
    "--kernel",
    "--conn",
    "{connection_file}",
  ];
  const spec = {argv, display_name: "Deno", language: "typescript", env: {NO_COLOR: "1"}};
  writeFileSync(join(folder, "kernel.json"), JSON.stringify(spec));
}

/** What passed in one of the runs has passed. */
function bestOf(python: string, kernel: KernelName, runs: number): Outcomes {
  const best = runSuite(python, kernel);
  for (let run = 1; run < runs; run++) {
    for (const [test, outcome] of Object.entries(runSuite(python, kernel))) {
      if (outcome === "passed") best[test] = outcome;
    }
  }
  return best;
}

function runSuite(python: string, kernel: KernelName): Outcomes {
  return JSON.parse(run(python, [SUITE, kernel], {JUPYTER_PATH: KERNELSPECS})) as Outcomes;
}

function run(command: string, args: string[], env: Record<string, string> = {}): string {
  const options = {encoding: "utf8" as const, cwd: ROOT, env: {...process.env, ...env}};
  const {status, stdout, stderr, error} = spawnSync(command, args, options);
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${error ?? stderr}`);
  return stdout;
}

function writeTable(outcomes: Record<KernelName, Outcomes>): void {
  const names = Object.keys(KERNELS) as KernelName[];
  const tests = Object.keys(outcomes.tslab).sort();
  const rows = tests.map((test) => [
    test.replace("test_", ""),
    ...names.map((name) => (outcomes[name][test] ?? "not run").split(":")[0]!),
  ]);
  const head = ["jupyter_kernel_test", ...names.map((name) => KERNELS[name])];
  const table = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
  const reasons = names.flatMap((name) =>
    Object.entries(outcomes[name])
      .filter(([, outcome]) => outcome.startsWith("failed"))
      .map(([test, outcome]) => `* ${KERNELS[name]}, ${test.replace("test_", "")}: ${outcome}`),
  );
  const versions = readFileSync(REQUIREMENTS, "utf8").trim().split("\n").join(", ");
  const section = [
    "## Kernel conformance",
    `PyPI's own suite on three kernels; \`npm run test:long\` writes this. The peers have three tries. ${versions}.`,
    table.join("\n"),
    reasons.join("\n"),
  ].join("\n\n");
  writeSection(join(ROOT, "test", "peers", "RESULTS.md"), "kernel-conformance", section);
}
