/**
 * `npm run course:marks -- COMMAND`: marks and decisions of people on a grading run, and the files
 * made from them. Decisions are only ever added to `marks.json`, with name, time and reason.
 */
import {parseArgs} from "node:util";
import {markCommands} from "./course-marks-commands.js";
import {GRADES} from "./course-folders.js";
import {runCommand} from "./run-command.js";

const USAGE = `npm run course:marks -- COMMAND [--out DIR] [--set psNN]

  show [STUDENT]                          marks of all, or all parts of one
  set STUDENT QUESTION POINTS             points by a person; "-" takes them back
  override STUDENT MARK                   the whole mark, instead of its parts; "-" takes it back
  extend STUDENT DUE                      another due time, as in 2026-12-03T23:59:00
  note STUDENT                            anything else for the record
      these four need --by NAME and --comment TEXT
  late [SUBMITTED]                        reads nbgrader's timestamp.txt there; lists who is late
  log [STUDENT]                           every decision, in its order
  sample --seed N [--rest PERCENT]        who is marked a second time (10 % of the rest)
  export [--partial] [--visibility WHEN]  grades, Gradescope's results and feedback pages

  --out DIR        the grading run (build/grades)
  --rules FILE     course.json: due times, late rules; kept in DIR from then on
  --roster FILE    ids and names for the LMS; kept in DIR from then on`;

await runCommand(() => {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {
      out: {type: "string", default: GRADES},
      set: {type: "string"},
      rules: {type: "string"},
      roster: {type: "string"},
      by: {type: "string"},
      comment: {type: "string"},
      seed: {type: "string"},
      rest: {type: "string"},
      partial: {type: "boolean"},
      visibility: {type: "string"},
      help: {type: "boolean", short: "h"},
    },
  });
  const [name = "", ...args] = positionals;
  if (values.help) console.log(USAGE);
  else if (!Object.hasOwn(markCommands, name)) {
    throw new Error(`Say what to do: ${Object.keys(markCommands).join(" | ")} (--help explains)`);
  } else {
    const when = new Date().toISOString();
    console.log(markCommands[name]!(args, {...values, when}));
  }
});
