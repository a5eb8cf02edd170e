// node binder/run.mjs SCRIPT [ARG …]: brings dependencies and build up to date, then runs a script of
// this project. Behind the npm scripts, so that each works in a fresh clone and never on old code.
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {prepare, reportAndExit, ROOT} from "./setup.mjs";

const [, , script, ...args] = process.argv;
await prepare({log: (line) => line.includes("already done") || console.log(line)}).catch(
  reportAndExit,
);
process.argv = [process.execPath, join(ROOT, script), ...args];
await import(pathToFileURL(join(ROOT, script)).href);
