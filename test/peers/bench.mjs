// `npm run bench [-- NAME…]`: measures ours against the peers, benchmark by benchmark (all of
// bench/*.bench.mjs, or those named), prints the tables and rewrites their sections of RESULTS.md.
import {spawnSync} from "node:child_process";
import {mkdirSync, readdirSync, writeFileSync} from "node:fs";
import {cpus} from "node:os";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {ROUND_MS, ROUNDS} from "./bench/harness.mjs";
import {writeSection} from "./results-file.mjs";
import {installNpmPeers} from "./set-up-peers.mjs";
import {resultTable} from "./table.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const SUFFIX = ".bench.mjs";

const known = readdirSync(join(HERE, "bench"))
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length));
const names = process.argv.length > 2 ? process.argv.slice(2) : known;
const unknown = names.find((name) => !known.includes(name));
if (unknown !== undefined)
  stop(`No benchmark is called ${unknown}: choose from ${known.join(", ")}`);
const problem = installNpmPeers();
if (problem !== undefined) console.error(`The npm peers are left out: ${problem}`);
for (const name of names) await measure(name);

async function measure(name) {
  const benchmark = await import(`./bench/${name}${SUFFIX}`);
  const {peers, tables} = await benchmark.run();
  const section = [
    `## ${name}: ${benchmark.title}`,
    [...machine(), ...peers].join(" · "),
    `${benchmark.unit} ${ROUNDS} rounds of ${ROUND_MS} ms or more.`,
    ...tables.flatMap(({title, rows}) => [`### ${title}`, resultTable(rows)]),
    benchmark.notes.map((note) => `* ${note}`).join("\n"),
  ].join("\n\n");
  console.log(`${section}\n`);
  writeSection(join(HERE, "RESULTS.md"), name, section);
  writeMeasured(name, tables);
}

/** The same medians as data, for the chapters that show speeds: data/measured/NAME.csv. */
function writeMeasured(name, tables) {
  const quote = (text) => `"${text.replaceAll('"', '""')}"`;
  const asOf = new Date().toISOString().slice(0, 10);
  const lines = tables.flatMap(({title, rows}) =>
    rows.flatMap(({label, results}) =>
      [...results].map(([contestant, {rate}]) =>
        [...[title, label, contestant].map(quote), Number(rate.median.toPrecision(4)), asOf].join(),
      ),
    ),
  );
  const folder = join(HERE, "../../data/measured");
  mkdirSync(folder, {recursive: true});
  const text = ["table,case,contestant,rateMedian,asOf", ...lines].join("\n");
  writeFileSync(join(folder, `${name}.csv`), `${text}\n`);
}

/** What the figures depend on besides the code: date, processor, Node and commit. */
function machine() {
  const date = new Date().toISOString().slice(0, 10);
  const processors = cpus();
  return [
    date,
    `${processors.length} × ${processors[0].model}`,
    `Node ${process.version}`,
    commit(),
  ];
}

function commit() {
  const hash = git("rev-parse", "--short", "HEAD");
  if (hash === "") return "commit unknown";
  const changed = git("status", "--porcelain", "--", "../../kernel-lib") !== "";
  return `commit ${hash}${changed ? " with changes" : ""}`;
}

function git(...args) {
  return spawnSync("git", args, {cwd: HERE, encoding: "utf8"}).stdout?.trim() ?? "";
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
