// npm test [-- PATH…]: sets up what is missing, runs the tests, and ends in one line with counts.
// npm run test:long: the campaigns in test/long instead.
import {spawnSync} from "node:child_process";
import {existsSync, mkdirSync, readFileSync, rmSync} from "node:fs";
import {basename, join} from "node:path";
import {reportAndExit, ROOT, setup} from "../binder/setup.mjs";
import {writeSection} from "./peers/results-file.mjs";

const RESULTS = join(ROOT, "build", "test-results.json");
const [, , ...args] = process.argv;
const long = args.includes("--long");

console.log("Setting up Glass Cloud:");
await setup().catch(reportAndExit);
rmSync(RESULTS, {force: true});
mkdirSync(join(ROOT, "build"), {recursive: true});
const {status} = spawnSync(
  process.execPath,
  [
    join(ROOT, "node_modules", "vitest", "vitest.mjs"),
    "run",
    "--config=test/vitest.config.ts",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${RESULTS}`,
    ...args.filter((arg) => arg !== "--long"),
  ],
  {cwd: ROOT, stdio: "inherit", env: {...process.env, GLASS_CLOUD_LONG: long ? "1" : "0"}},
);
const counts = readCounts();
if (long) writeCampaigns();
console.log(`\ntests: ${counts.passed} passed, ${counts.failed} failed${counts.skippedText}`);
process.exit(counts.failed > 0 || counts.passed === 0 ? 1 : (status ?? 1));

/** What ran, how it ended and what it measured: a section of RESULTS.md for each file of test/long. */
function writeCampaigns() {
  const results = JSON.parse(readFileSync(RESULTS, "utf8"));
  const commit = spawnSync("git", ["rev-parse", "--short", "HEAD"], {cwd: ROOT, encoding: "utf8"});
  const when = `${new Date().toISOString().slice(0, 10)} · Node ${process.version} · commit ${commit.stdout.trim()}`;
  for (const file of results.testResults) {
    const name = basename(file.name, ".test.ts");
    const tests = file.assertionResults.map(campaignLine);
    const section = [`## Campaign: ${name}`, when, tests.join("\n")].join("\n\n");
    writeSection(join(ROOT, "test", "peers", "RESULTS.md"), `campaign-${name}`, section);
  }
}

function campaignLine({status, fullName, duration = 0, meta}) {
  const measured = meta?.measured === undefined ? "" : `: ${meta.measured}`;
  return `* ${status}, ${seconds(duration)} s: ${fullName}${measured}`;
}

/** A test file that does not even load counts as one failure. */
function readCounts() {
  if (!existsSync(RESULTS)) return {passed: 0, failed: 1, skippedText: ""};
  const results = JSON.parse(readFileSync(RESULTS, "utf8"));
  const broken = results.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  const skipped = results.numPendingTests + (results.numTodoTests ?? 0);
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + broken.length,
    skippedText: skipped > 0 ? `, ${skipped} skipped` : "",
  };
}

function seconds(milliseconds) {
  const value = milliseconds / 1000;
  return value < 10 ? value.toPrecision(2) : String(Math.round(value));
}
