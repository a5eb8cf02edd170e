/**
 * `npm run course:grade -- DIR`: grades the submissions below a folder, STUDENT/psNN/psNN.ipynb, and
 * writes marks, files for an LMS and feedback pages. Begun again, it goes on where it stopped.
 */
import {availableParallelism} from "node:os";
import {relative, resolve} from "node:path";
import {parseArgs} from "node:util";
import {showOf} from "../course/record/index.js";
import {GRADES} from "./course-folders.js";
import {runGrading} from "./grading-run.js";
import {ROOT} from "./notebook-files.js";
import {runCommand} from "./run-command.js";

const USAGE = `npm run course:grade -- DIR [OPTION …]

  --set psNN         only this problem set (repeatable)
  --only STUDENT     only this student
  --out DIR          where marks and pages go (build/grades)
  --roster FILE      ids and names for the LMS
  --rules FILE       course.json: due times, late rules
  --course ID        the course that the sets were released for
  --jobs N           submissions at once (the processor's threads)
  --regrade          also what is graded already
  --queue URL        hand them to workers (npm run course:worker), as in redis://localhost:6379
  --trusted          where there is no sandbox: says what is then not contained`;

await runCommand(async () => {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {
      set: {type: "string", multiple: true, default: []},
      only: {type: "string"},
      out: {type: "string", default: GRADES},
      roster: {type: "string"},
      rules: {type: "string"},
      course: {type: "string"},
      jobs: {type: "string", default: String(availableParallelism())},
      regrade: {type: "boolean", default: false},
      queue: {type: "string"},
      trusted: {type: "boolean", default: false},
      help: {type: "boolean", default: false},
    },
  });
  const [folder] = positionals;
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  if (folder === undefined || positionals.length > 1) {
    throw new Error(
      "Say which folder, one: npm run course:grade -- DIR (--help tells the options)",
    );
  }
  const jobs = Number(values.jobs);
  if (!Number.isInteger(jobs) || jobs < 1) {
    throw new RangeError(`Cannot grade with --jobs ${values.jobs}: need a whole number >= 1`);
  }
  const interrupted = new AbortController();
  process.once("SIGINT", () => interrupted.abort());
  const out = resolve(values.out);
  const signal = interrupted.signal;
  const {results, warnings} = await runGrading(resolve(folder), {...values, out, jobs, signal});
  for (const {student, problemSet, score, maxScore, flags} of results) {
    const look = flags.length === 0 ? "" : `  look at: ${flags.map(({kind}) => kind).join(", ")}`;
    console.log(`${problemSet}  ${student}: ${showOf(score, maxScore)}${look}`);
  }
  for (const warning of warnings) console.log(`Note: ${warning}`);
  console.log(`Marks, tables and feedback pages: ${relative(ROOT, out) || out}`);
  if (signal.aborted) {
    console.error("Interrupted. The same command goes on where it stopped.");
    process.exitCode = 130;
  }
});
