/**
 * `npm run course:simulate -- DIR [--set psNN] [--size N] [--seed N] [--no-attacks]`: writes a made
 * class, DIR/STUDENT/psNN/psNN.ipynb, and what each submission must be worth, DIR/expected.csv.
 *
 * `npm run course:simulate -- --mutations [psNN …]`: prints which hidden property catches which planted
 * solution; `notebooks/coursework/planted/README.md` is what it prints of all sets.
 */
import {existsSync, readdirSync, writeFileSync} from "node:fs";
import {join, relative, resolve} from "node:path";
import {parseArgs} from "node:util";
import {
  expectedCsv,
  madeClass,
  mutationTable,
  readPlanted,
  writeClass,
} from "../course/simulate/index.js";
import type {TestedQuestion} from "../course/simulate/index.js";
import {Judge} from "../course/grading/index.js";
import type {PreparedSet} from "../course/grading/index.js";
import {chosenSets, PLANTED} from "./course-folders.js";
import {prepareSets} from "./grading-run.js";
import {ROOT} from "./notebook-files.js";
import {runCommand} from "./run-command.js";

const MUTATIONS_HEADER = `# Wrong solutions, and the hidden properties that catch them

Made by \`npm run course:simulate -- --mutations\`; a test holds this file to it, and another runs each
wrong solution against the hidden tests: exactly the properties with ✗ must fail. The solutions are in
the notebooks of this folder. No release contains it.`;

await runCommand(async () => {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {
      set: {type: "string", default: "ps03"},
      size: {type: "string", default: "60"},
      seed: {type: "string", default: "1"},
      "no-attacks": {type: "boolean", default: false},
      mutations: {type: "boolean", default: false},
    },
  });
  if (values.mutations) return printMutations(positionals);
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

async function printMutations(names: readonly string[]): Promise<void> {
  const judge = new Judge(1);
  try {
    const tables = [];
    for (const [name, prepared] of prepareSets(names)) {
      tables.push(
        mutationTable(name, await testedQuestions(judge, prepared), readPlanted(PLANTED, name)),
      );
    }
    console.log([MUTATIONS_HEADER, ...tables].join("\n\n"));
  } finally {
    await judge.close();
  }
}

/** The questions as the judge asks them of somebody who handed in nothing. */
async function testedQuestions(
  judge: Judge,
  {judge: module}: PreparedSet,
): Promise<TestedQuestion[]> {
  const asked = await judge.mark({judge: module, student: "nobody", trialSeed: 1, answers: []});
  return asked
    .filter(({marks}) => marks.length > 0)
    .map(({id, title, marks}) => ({id, title, properties: marks.map(({name}) => name)}));
}
