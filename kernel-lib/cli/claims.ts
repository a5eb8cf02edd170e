/**
 * `npm run claims`: the ledger with what decides each claim; `-- 3.9` one claim in full, `--json`
 * for programs, `--run` with numbers of a new run in place of those in the committed notebooks.
 * Fails if a claim lacks what its kind needs, or if a run disagrees with its verdict.
 */
import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {parseArgs} from "node:util";
import {auditClaims, claimsText, claimText} from "../book/index.js";
import type {RunNotebook} from "../book/index.js";
import {parseNotebook, runNotebook} from "../kernel/index.js";
import type {CitedWork, ClaimRow} from "../lesson/index.js";
import {notebookFiles, notebookName, ROOT} from "./notebook-files.js";
import {runCommand} from "./run-command.js";

await runCommand(async () => {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {json: {type: "boolean"}, run: {type: "boolean"}},
  });
  const claims = readData("claims.json") as ClaimRow[];
  const unknown = positionals.filter((id) => !claims.some((claim) => claim.id === id));
  if (unknown.length > 0) {
    const known = claims.map(({id}) => id).join(", ");
    throw new RangeError(`Cannot find claim ${unknown.join(", ")}: the ledger has ${known}`);
  }
  const references = readData("references.json") as Record<string, CitedWork>;
  const notebooks = await readNotebooks(values.run === true);
  const exists = (path: string): boolean => existsSync(join(ROOT, path));
  const audit = auditClaims({claims, references, notebooks, exists});
  const isAsked = (id: string): boolean => positionals.length === 0 || positionals.includes(id);
  const rows = audit.rows.filter(({claim}) => isAsked(claim.id));
  const problems = audit.problems.filter(({id}) => isAsked(id));

  if (values.json) console.log(JSON.stringify({rows, problems}, null, 2));
  else if (positionals.length === 0) console.log(claimsText(rows));
  else console.log(rows.map((row) => claimText(row, references)).join("\n\n"));
  for (const {id, problem} of problems) console.error(`${id}: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
});

/** One after the other: each run wants a processor of its own. */
async function readNotebooks(anew: boolean): Promise<RunNotebook[]> {
  const notebooks: RunNotebook[] = [];
  for (const path of notebookFiles()) {
    const name = notebookName(path);
    if (!anew) {
      notebooks.push({...parseNotebook(readFileSync(path, "utf8")), name});
      continue;
    }
    const {notebook, failure} = await runNotebook(path);
    if (failure === undefined) notebooks.push({...notebook, name});
    else failed(name, failure);
  }
  return notebooks;
}

/** What a failed notebook would have measured is then missing as well; its failure is the reason. */
function failed(name: string, failure: string): void {
  console.error(`${name}: ${failure.split("\n")[0]}`);
  process.exitCode = 1;
}

function readData(name: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, "data", name), "utf8"));
}
