import {fileURLToPath} from "node:url";
import {Piscina} from "piscina";
import type {JudgedQuestion, JudgeTask} from "./judge-worker.js";

/** Longest that hidden tests of one submission may take, > 0. */
const JUDGE_MS = 20_000;
const WORKER = fileURLToPath(new URL("./judge-worker.js", import.meta.url));

/** The threads that mark answers; a thread that goes round in circles is ended and replaced. */
export class Judge {
  private readonly pool: Piscina<JudgeTask, JudgedQuestion[]>;

  /** @param jobs how many submissions are marked at once, a whole number >= 1 */
  constructor(jobs: number) {
    this.pool = new Piscina({
      filename: WORKER,
      minThreads: 1,
      maxThreads: jobs,
      resourceLimits: {maxOldGenerationSizeMb: 256},
      // A submission never reaches this thread; its environment is nobody's business all the same.
      env: {},
    });
  }

  /** @throws Error if the hidden tests fail as a program, or do not end */
  async mark(task: JudgeTask): Promise<JudgedQuestion[]> {
    const signal = AbortSignal.timeout(JUDGE_MS);
    try {
      return await this.pool.run(task, {signal});
    } catch (error) {
      if (!signal.aborted) throw error;
      throw new Error(`Cannot mark: the hidden tests did not end within ${JUDGE_MS} ms`);
    }
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}
