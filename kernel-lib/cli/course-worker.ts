/**
 * `npm run course:worker -- redis://HOST [--jobs N] [--trusted]`: grades what `course:grade --queue`
 * hands over, until it is interrupted. It needs the same sources and GLASS_CLOUD_SECRET.
 */
import {availableParallelism} from "node:os";
import {parseArgs} from "node:util";
import {redisAt, startWorker} from "../course/grading/index.js";
import type {GradingJob, PreparedSet, SubmissionResult} from "../course/grading/index.js";
import {gradeHere, prepareSets} from "./grading-run.js";
import {runCommand} from "./run-command.js";

await runCommand(async () => {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {
      jobs: {type: "string", default: String(availableParallelism())},
      trusted: {type: "boolean", default: false},
    },
  });
  const [url] = positionals;
  const jobs = Number(values.jobs);
  if (url === undefined || !Number.isInteger(jobs) || jobs < 1) {
    throw new Error("npm run course:worker -- redis://HOST[:PORT] [--jobs N] [--trusted]");
  }
  redisAt(url);
  const prepared = new Map<string, PreparedSet>();
  const warnings: string[] = [];
  const here = await gradeHere(prepared, {jobs, trusted: values.trusted, warnings});
  for (const warning of warnings) console.error(warning);
  const worker = startWorker(url, {jobs, grade});
  console.log(`Working on ${new URL(url).host}, ${jobs} at once`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, async () => {
      // Ends the submissions under way first.
      await worker.close();
      await here.close();
    });
  }

  async function grade(job: GradingJob): Promise<SubmissionResult> {
    const {student, problemSet, course, setDigest, notebook} = job;
    if (prepared.get(problemSet)?.digest !== setDigest) {
      prepared.set(problemSet, prepareSets([problemSet], course).get(problemSet)!);
    }
    if (prepared.get(problemSet)!.digest !== setDigest) {
      throw new Error(
        `this worker has other sources of ${problemSet}, or another GLASS_CLOUD_SECRET`,
      );
    }
    const result = await here.grade({student, problemSet}, Buffer.from(notebook, "base64"));
    console.log(`${problemSet}  ${student}`);
    return result;
  }
});
