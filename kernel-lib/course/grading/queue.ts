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
export function redisAt(url: string): object {
  const at = URL.canParse(url) ? new URL(url) : undefined;
  if (at === undefined || !/^rediss?:$/.test(at.protocol)) {
    throw new RangeError(`Cannot use the queue ${url}: need redis://HOST[:PORT]`);
  }
  return {
    ...{host: at.hostname, port: Number(at.port || 6379), db: Number(at.pathname.slice(1) || 0)},
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
  for (;;) {
    try {
      const job = await within(PATIENCE_MS, Job.fromId<GradingJob, SubmissionResult>(queue, id));
      lastSeenMs = Date.now();
      if (job === undefined) {
        await queue.add(data.student, data, {jobId: id, attempts: ATTEMPTS});
      } else if (job.finishedOn !== undefined) {
        await job.remove();
        if (job.returnvalue) return job.returnvalue;
        throw new GradingFailure(`Cannot grade ${data.student}: ${job.failedReason}`);
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
  const late = delay(ms, undefined, {ref: false}).then(() => {
    throw new Error("late");
  });
  return Promise.race([work, late]);
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
