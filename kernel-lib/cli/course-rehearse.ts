/**
 * `npm run course:rehearse [-- psNN]`: a whole round before a course begins: release, three made
 * students, marks and feedback, in `build/rehearsal/`, and whether every mark is what it must be.
 */
import {rmSync} from "node:fs";
import {join, relative} from "node:path";
import {expectedMarks, madeClass, readPlanted} from "../course/simulate/index.js";
import {unexpectedMarks, writeClass} from "../course/simulate/index.js";
import {writeRelease} from "../course/source/index.js";
import {chosenSets, PLANTED} from "./course-folders.js";
import {prepareSets, runGrading} from "./grading-run.js";
import {ROOT} from "./notebook-files.js";
import {runCommand} from "./run-command.js";

const FOLDER = join(ROOT, "build", "rehearsal");

await runCommand(async () => {
  const [name = "ps03"] = chosenSets(process.argv.slice(2, 3));
  rmSync(FOLDER, {recursive: true, force: true});
  const startMs = performance.now();
  const say = (text: string): void =>
    console.log(`${((performance.now() - startMs) / 1000).toFixed(0).padStart(4)} s  ${text}`);
  const {set, release, course} = prepareSets([name]).get(name)!;
  const files = writeRelease(set, {course, folder: join(FOLDER, "release", name), extras: []});
  say(`released ${name}: ${files.join(", ")}`);
  const three = madeClass(
    {set, release, planted: readPlanted(PLANTED, name)},
    {size: 4, seed: 1},
  ).filter(({kind}) => ["perfect", "empty", "wrong"].includes(kind));
  writeClass(join(FOLDER, "submitted"), name, three);
  say(`handed in: ${three.map(({student, kind}) => `${student} (${kind})`).join(", ")}`);
  const out = join(FOLDER, "grades");
  const {results, warnings} = await runGrading(join(FOLDER, "submitted"), {
    set: [name],
    out,
    jobs: 2,
  });
  const perfect = results.find(({student}) => student === three[0]!.student)!;
  for (const result of results) {
    const made = three.find(({student}) => student === result.student)!;
    say(`${made.kind}, ${result.student}: ${result.score} of ${result.maxScore} points`);
    const wrong = unexpectedMarks(result, expectedMarks(perfect, made));
    for (const line of wrong) console.error(`        ${line}`);
    if (wrong.length > 0 || perfect.score !== perfect.maxScore) process.exitCode = 1;
  }
  for (const warning of warnings) say(warning);
  say(`marks, tables and feedback pages: ${relative(ROOT, out)}`);
});
