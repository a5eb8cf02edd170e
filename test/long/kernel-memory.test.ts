/** 2,000 cells with errors and figures over zeromq: the kernel's memory stays flat. */
import {spawnSync} from "node:child_process";
import {expect, it} from "vitest";
import {KernelClient} from "../support/kernel-client.js";
import {recordMeasured} from "../support/measured.js";

const CELLS = 2000;
const SAMPLE_EVERY = 100;
/** Before, the engine's caches fill. */
const SETTLED = 500;
const MOST_KIB_PER_CELL = 12;
/** An idle machine stays near 250; on a busy one the engine collects later, and it was 312. */
const MOST_MIB = 400;

/** Each declares what an earlier one declared; one shows a figure, three fail. */
const ROUND: readonly ((n: number) => string)[] = [
  (n) => `const rows = [1, 2, 3].map((zones) => ({zones: zones, nines: zones * ${(n % 7) + 1}}));`,
  () =>
    'barChart(rows, {x: "zones", y: "nines", xLabel: "zones", yLabel: "nines", title: "Zones",\n' +
    '  alt: "3 bars, the last one the highest.", caption: "No sample: invented."})',
  (n) => `throw new RangeError("round ${n}")`,
  (n) => `const zones: number = "text ${n}"`,
  (n) =>
    `const lines = () => { for (let i = 0; i < 50; i++) console.log("line", i, ${n}); };\nlines()`,
  (n) => `class Node${n % 3} { zone = ${n} }\nnew Node${n % 3}()`,
  () => "await Promise.reject(new Error('rejected'))",
  (n) => `let total = ${n}; for (let i = 0; i < 1000; i++) total += i; total`,
];

it("2,000 cells with errors and figures leave the kernel's memory flat", async (context) => {
  const kernel = await KernelClient.start();
  await kernel.execute('import {barChart} from "kernel-lib/plot";');
  const samples: {cell: number; mib: number}[] = [{cell: 0, mib: residentMib(kernel)}];
  const ends = {ok: 0, error: 0, figures: 0};
  for (let cell = 1; cell <= CELLS; cell++) {
    const source = ROUND[(cell - 1) % ROUND.length]!(cell);
    const {reply, published} = await kernel.execute(source, {stop_on_error: false});
    ends[reply["status"] as "ok" | "error"]++;
    if (JSON.stringify(published).includes("vnd.plotly")) ends.figures++;
    // Ours, not the kernel's, would grow otherwise.
    kernel.heard.length = 0;
    if (cell % SAMPLE_EVERY === 0) samples.push({cell, mib: residentMib(kernel)});
  }
  const settled = samples.filter(({cell}) => cell >= SETTLED);
  const kibPerCell = slope(settled) * 1024;
  const told = samples.filter(({cell}) => cell % SETTLED === 0);
  recordMeasured(
    context,
    `${told.map(({cell, mib}) => `${cell}: ${mib.toFixed(0)} MiB`).join(", ")}; ` +
      `${kibPerCell.toFixed(1)} KiB a cell from ${SETTLED} on, ${MOST_KIB_PER_CELL} allowed; ` +
      `${ends.error} errors, ${ends.figures} figures`,
  );
  expect(ends).toEqual({ok: (CELLS * 5) / 8, error: (CELLS * 3) / 8, figures: CELLS / 8});
  expect(kibPerCell).toBeLessThan(MOST_KIB_PER_CELL);
  expect(Math.max(...samples.map(({mib}) => mib))).toBeLessThan(MOST_MIB);
});

function residentMib(kernel: KernelClient): number {
  const {stdout} = spawnSync("ps", ["-o", "rss=", "-p", String(kernel.child.pid)]);
  return Number(String(stdout)) / 1024;
}

/** Of the line with the least squares, in MiB a cell. */
function slope(samples: readonly {cell: number; mib: number}[]): number {
  const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const x = mean(samples.map(({cell}) => cell));
  const y = mean(samples.map(({mib}) => mib));
  const along = samples.map(({cell, mib}) => (cell - x) * (mib - y));
  return mean(along) / mean(samples.map(({cell}) => (cell - x) ** 2));
}
