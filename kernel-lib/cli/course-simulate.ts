/**
 * `npm run course:simulate -- DIR [--set psNN] [--size N] [--seed N] [--no-attacks]`: writes a made
 * class, DIR/STUDENT/psNN/psNN.ipynb, and what each submission must be worth, DIR/expected.csv.
 */
import {existsSync, readdirSync, writeFileSync} from "node:fs";
import {join, relative, resolve} from "node:path";
import {parseArgs} from "node:util";
import {expectedCsv, madeClass, readPlanted, writeClass} from "../course/simulate/index.js";
import {chosenSets, PLANTED} from "./course-folders.js";
import {prepareSets} from "./grading-run.js";
import {ROOT} from "./notebook-files.js";
import {runCommand} from "./run-command.js";

await runCommand(() => {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {
      set: {type: "string", default: "ps03"},
      size: {type: "string", default: "60"},
      seed: {type: "string", default: "1"},
      "no-attacks": {type: "boolean", default: false},
    },
  });
  const [folder = join(ROOT, "build", "made-class")] = positionals;
  const size = Number(values.size);
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`Cannot make a class of ${values.size}: need a whole number >= 1`);
  }
  if (positionals.length > 1) {
    throw new Error(`Cannot write a class to ${positionals.join(" and ")}: need one folder`);
  }
  if (!/^\d+$/.test(values.seed)) {
    throw new RangeError(`Cannot make a class with seed ${values.seed}: need a whole number >= 0`);
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Error(`Cannot write a class to ${folder}: need an empty folder`);
  }
  const [name] = chosenSets([values.set]);
  const prepared = prepareSets([name!]).get(name!)!;
  const all = madeClass(
    {set: prepared.set, release: prepared.release, planted: readPlanted(PLANTED, name!)},
    {size, seed: Number(values.seed)},
  );
  const made = all.filter(({kind}) => kind !== "hostile" || !values["no-attacks"]);
  writeClass(folder, name!, made);
  writeFileSync(join(folder, "expected.csv"), expectedCsv(made));
  console.log(`${made.length} submissions of ${name} in ${relative(ROOT, resolve(folder))}`);
});
