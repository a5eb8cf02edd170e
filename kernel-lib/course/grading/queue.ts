/**
 * Grading over a queue, for a class that outgrows one machine: submissions go to Redis, workers on
 * any number of machines grade them, and the results come back the same, byte for byte.
 *
 * BullMQ gives a job whose worker died to another one; what it cannot do, and this does, is to go
 * on after Redis was restarted without its data: a job that is gone is handed in again.
 */
import {setTimeout as delay} from "node:timers/promises";
import {Job, Queue, Worker} from "bullmq";
import {submissionDigest} from "./grade-submission.js";
import type {Grade} from "./grade-class.js";
import type {PreparedSet} from "./prepared-set.js";
import type {SubmissionResult} from "./result.js";

const NAME = "glass-cloud-grading";
/** How often a job is looked at, and how long Redis may be away. */
const POLL_MS = 250;
const PATIENCE_MS = 60_000;
/** A worker that says nothing for so long is dead, and its job goes to another one. */
const LOCK_MS = 10_000;
/** How often a job is begun: it may be its own fault that workers die. */
const ATTEMPTS = 3;

export interface GradingJob {
  student: string;
  problemSet: string;
  course: string;
  /** Of the set as the sender has it: a worker with other sources must not grade it. */
  setDigest: string;
  /** The notebook file, in base64. */
  notebook: string;
}

/** Where Redis listens, from `redis://[user[:password]@]host[:port][/db]`. */
export function redisAt(url: string): Record<string, unknown> {
  const at = URL.canParse(url) ? new URL(url) : undefined;
  const right = at !== undefined && /^rediss?:$/.test(at.protocol) && at.hostname !== "";
  if (!right || !/^\/?\d*$/.test(at.pathname)) {
    // Not in an error, which somebody may copy into a mail: the password.
    const shown = url.replace(/:[^:@/]*@/, ":…@");
    throw new RangeError(`Cannot use the queue ${shown}: need redis://HOST[:PORT][/NUMBER]`);
  }
  const host = at.hostname.replace(/^\[(.*)\]$/, "$1");
  return {
    ...{host, port: Number(at.port || 6379), db: Number(at.pathname.slice(1) || 0)},
    ...(at.username === "" ? {} : {username: decodeURIComponent(at.username)}),
    ...(at.password === "" ? {} : {password: decodeURIComponent(at.password)}),
    ...(at.protocol === "rediss:" ? {tls: {}} : {}),
    maxRetriesPerRequest: null,
  };
}

/** Hands submissions to workers. @returns `grade`, for `gradeClass`, and the end of it */
export function queueGrading(
  url: string,
  prepared: ReadonlyMap<string, PreparedSet>,
): {grade: Grade; close: () => Promise<void>} {
  const queue = new Queue<GradingJob, SubmissionResult>(NAME, {connection: redisAt(url)});
  // While Redis is away every call fails or waits; `outcome` is patient, and this is not news.
  queue.on("error", () => undefined);
  return {
    grade: ({student, problemSet}, bytes) => {
      const {course, digest: setDigest} = prepared.get(problemSet)!;
      const id = submissionDigest(bytes, prepared.get(problemSet)!, student);
      const notebook = Buffer.from(bytes).toString("base64");
      return outcome(queue, id, {student, problemSet, course, setDigest, notebook});
    },
    close: () => queue.close(),
  };
}

/** Puts a job into the queue, again if it is lost, and waits for what becomes of it. */
async function outcome(
  queue: Queue<GradingJob, SubmissionResult>,
  id: string,
  data: GradingJob,
): Promise<SubmissionResult> {
  let lastSeenMs = Date.now();
  // A failure that lies there from an earlier run is not this one's.
  let handedIn = false;
  for (;;) {
    try {
      // The state alone: the job itself holds the notebook.
      const state = await within(PATIENCE_MS, queue.getJobState(id));
      lastSeenMs = Date.now();
      if (state === "unknown") {
        handedIn = true;
        const options = {jobId: id, attempts: ATTEMPTS};
        await within(PATIENCE_MS, queue.add(data.student, data, options));
      } else if (state === "completed" || state === "failed") {
        const job = await within(PATIENCE_MS, Job.fromId<GradingJob, SubmissionResult>(queue, id));
        if (job !== undefined) await within(PATIENCE_MS, job.remove());
        if (job?.returnvalue) return job.returnvalue;
        if (job !== undefined && handedIn) throw new GradingFailure(job.failedReason);
      }
    } catch (error) {
      if (error instanceof GradingFailure) throw error;
      if (Date.now() - lastSeenMs > PATIENCE_MS) {
        throw new Error(`Cannot grade: Redis has not answered for ${PATIENCE_MS / 1000} s`);
      }
    }
    await delay(POLL_MS);
  }
}

class GradingFailure extends Error {}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = delay(ms, undefined, {ref: false, signal: over.signal}).then(() => {
    throw new Error("late");
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}

/**
 * Works on a queue until it is closed.
 *
 * @param grade grades one job; a job that throws is tried again, three times in all
 */
export function startWorker(
  url: string,
  {jobs, grade}: {jobs: number; grade: (job: GradingJob) => Promise<SubmissionResult>},
): {close: () => Promise<void>} {
  const worker = new Worker<GradingJob, SubmissionResult>(NAME, ({data}) => grade(data), {
    connection: redisAt(url),
    concurrency: jobs,
    ...{lockDuration: LOCK_MS, stalledInterval: LOCK_MS / 2, maxStalledCount: ATTEMPTS},
  });
  worker.on("error", () => undefined);
  return {close: () => worker.close()};
}
