// Our kernel against stock tslab and Deno's kernel: what a reader waits for, and memory.
import {existsSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {kernelspec, stockKernelspec} from "../../../kernel-lib/dist/kernel/index.js";
import {installPythonPeers} from "../set-up-peers.mjs";
import {ROUNDS} from "./harness.mjs";
import {JupyterClient} from "./jupyter-client.mjs";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const CELLS = 1000;
const STREAM_BYTES = 1e7;
const LOOP = "for (let i = 0; i < 3_000_000; i++) s += i;";
const IMPORT = [
  'import * as erasure from "kernel-lib/erasure";',
  'import * as aq from "arquero";',
  'import * as math from "mathjs";',
  "[typeof erasure.ReedSolomon, typeof aq.table, typeof math.matrix].join()",
].join("\n");

/** What is measured, in the order in which a kernel is put through it; goals are theirs ÷ ours. */
const ROWS = {
  start: {label: "start to first result (ms)", goals: {tslab: 1}},
  memoryAtStart: {label: "memory after start (MB)", goals: {tslab: 1}},
  p50: {label: `1+1, median of ${CELLS} cells (ms)`, goals: {tslab: 1}},
  p99: {label: `1+1, p99 of ${CELLS} cells (ms)`, goals: {tslab: 1}},
  memoryLater: {label: `memory after ${CELLS} cells (MB)`, goals: {tslab: 1}},
  declaring: {label: "loop in the cell that declares (ms)", goals: {tslab: 40}},
  later: {label: "the same loop in a later cell (ms)", goals: {tslab: 25}},
  imports: {label: "first import of three libraries (ms)", goals: {tslab: 1}},
  stream: {label: "10 MB of output, line by line (ms)", goals: {tslab: 1}},
};

export const title = "what a reader waits for";
export const unit =
  "Milliseconds or megabytes, less is better; a ratio is theirs divided by ours, so that more is " +
  "better. Every kernel is started afresh in every round, in turn, and runs all rows.";
export const notes = [
  "A kernel's start: from the spawn of its process to the result of 1+1. Other times: from the " +
    "request to its reply and idle, as a client over zeromq sees it.",
  "The loop: 3,000,000 steps of `s += i` at top level; its time is taken inside the cell.",
  "Imports: kernel-lib/erasure, arquero and mathjs, with their types where the kernel checks types.",
  "tslab: stock 1.0.22 under the same limits for V8's heap as ours. Deno's kernel checks no types.",
  "Memory: ours is two threads, and its kernelspec asks glibc for one heap (MALLOC_ARENA_MAX=1). " +
    "Without, it took 182 MB after the start; stock tslab with it, 149 (three runs, by hand).",
  "A dash: the kernel could not do it, or lost some of the output.",
];

export async function run() {
  const contestants = [
    // Without the limit on lines, which is there for browsers.
    {name: "ours", spec: withEnv(kernelspec(), {GLASS_CLOUD_MAX_OUTPUT_LINES: "Infinity"})},
    {name: "tslab", spec: stockKernelspec()},
    ...deno(),
  ];
  const measured = new Map(contestants.map(({name}) => [name, []]));
  // Round -1 fills the disk's caches and is not counted.
  for (let round = -1; round < ROUNDS; round++) {
    for (const {name, spec} of contestants) {
      const row = await measure(spec);
      if (round >= 0) measured.get(name).push(row);
    }
  }
  const rows = Object.entries(ROWS).map(([key, {label, goals}]) => ({
    ...{label, goals, results: comparison(measured, key)},
  }));
  return {peers: ["tslab 1.0.22", "Deno's kernel"], tables: [{title, rows}]};
}

async function measure(spec) {
  const startMs = performance.now();
  const kernel = await JupyterClient.start(spec, join(ROOT, "notebooks"));
  try {
    await kernel.execute("1+1");
    const start = performance.now() - startMs;
    const memoryAtStart = kernel.memoryMb();
    const cells = [];
    for (let cell = 0; cell < CELLS; cell++) cells.push((await kernel.execute("1+1")).ms);
    const memoryLater = kernel.memoryMb();
    cells.sort((a, b) => a - b);
    const [p50, p99] = [cells[CELLS / 2], cells[0.99 * CELLS]];
    const clock = (cell) => `${cell}\nperformance.now() - t0`;
    const declaring = await kernel.execute(clock(`let t0 = performance.now(); let s = 0; ${LOOP}`));
    const later = await kernel.execute(clock(`t0 = performance.now(); s = 0; ${LOOP}`));
    const imports = await kernel.execute(IMPORT);
    const line = "x".repeat(99);
    const stream = await kernel.execute(
      `for (let i = 0; i < ${STREAM_BYTES / 100}; i++) console.log("${line}");`,
    );
    return {
      ...{start, memoryAtStart, p50, p99, memoryLater},
      declaring: Number(declaring.value),
      later: Number(later.value),
      imports: imports.value?.includes("function,function,function") ? imports.ms : NaN,
      stream: stream.text.length === STREAM_BYTES ? stream.ms : NaN,
    };
  } finally {
    kernel.close();
  }
}

/** Median, least and most of a row, and theirs ÷ ours round by round. */
function comparison(measured, key) {
  const ours = measured.get("ours").map((round) => round[key]);
  const entries = [...measured].map(([name, rounds]) => {
    const theirs = rounds.map((round) => round[key]);
    const ratio = theirs.map((value, round) => value / ours[round]);
    return [name, {rate: summary(theirs), ratio: summary(ratio)}];
  });
  return new Map(entries.filter(([, {rate}]) => !Number.isNaN(rate.median)));
}

function summary(values) {
  if (values.some(Number.isNaN)) return {median: NaN, min: NaN, max: NaN};
  const sorted = [...values].sort((a, b) => a - b);
  return {median: sorted[sorted.length >> 1], min: sorted[0], max: sorted.at(-1)};
}

function withEnv(spec, env) {
  return {...spec, env: {...spec.env, ...env}};
}

/** Deno's kernel, from its wheel on PyPI. */
function deno() {
  const {python, problem} = installPythonPeers();
  const program =
    python && join(dirname(python), process.platform === "win32" ? "deno.exe" : "deno");
  if (problem || !existsSync(program)) {
    console.error(`Deno is left out: ${problem ?? "its wheel has no program here"}`);
    return [];
  }
  const argv = [program, "jupyter", "--kernel", "--conn", "{connection_file}"];
  return [{name: "Deno", spec: {argv, env: {DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1"}}}];
}
