/**
 * `npm run course:release -- [psNN …] [--course ID]`: writes what students get, without solutions,
 * hidden tests and outputs, into `notebooks/coursework/release/`.
 */
import {existsSync} from "node:fs";
import {join, relative} from "node:path";
import {parseArgs} from "node:util";
import {courseOf, readProblemSet, writeRelease} from "../course/source/index.js";
import {chosenSets, COURSEWORK, RELEASE, SOURCE} from "./course-folders.js";
import {ROOT} from "./notebook-files.js";
import {runCommand} from "./run-command.js";

await runCommand(() => {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {course: {type: "string"}},
  });
  const extras = [join(COURSEWORK, "AGENTS.md")].filter((path) => existsSync(path));
  for (const name of chosenSets(positionals)) {
    const set = readProblemSet(SOURCE, name);
    const course = values.course ?? courseOf(set);
    const folder = join(RELEASE, name);
    const files = writeRelease(set, {course, folder, extras});
    const points = set.parts.reduce((sum, part) => sum + part.points, 0);
    console.log(
      `${name} for course ${course}: ${set.parts.length} questions, ${points} points, ` +
        `in ${relative(ROOT, folder)} (${files.join(", ")})`,
    );
  }
});
