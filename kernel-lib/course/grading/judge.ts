import {fileURLToPath} from "node:url";
import {Piscina} from "piscina";
import type {JudgedQuestion, JudgeTask} from "./judge-worker.js";

/** Longest that hidden tests of one submission may take, > 0. */
const JUDGE_MS = 20_000;
const WORKER = fileURLToPath(new URL("./judge-worker.js", import.meta.url));

/** The threads that mark answers; a thread that goes round in circles is ended and replaced. */
export class Judge {
  private readonly pool: Piscina<JudgeTask, JudgedQuestion[]>;
  private readonly limitMs: number;

  /**
   * @param jobs how many submissions are marked at once, a whole number >= 1
   * @param limitMs longest that hidden tests of one submission may take, > 0
   */
  constructor(jobs: number, limitMs: number = JUDGE_MS) {
    this.limitMs = limitMs;
    this.pool = new Piscina({
      filename: WORKER,
      minThreads: 1,
      maxThreads: jobs,
      resourceLimits: {maxOldGenerationSizeMb: 256},
      // A submission never reaches this thread; its environment is nobody's business all the same.
      env: {},
    });
  }

  /**
   * Marks the answers of a submission. An answer that hidden tests cannot bear, since they do not end
   * with it, run out of memory or fail outside of a property, costs its own question alone.
   *
   * @throws Error if the hidden tests fail also without any answer: the set's fault
   */
  async mark(task: JudgeTask): Promise<JudgedQuestion[]> {
    try {
      return await this.run(task);
    } catch (error) {
      if (task.answers.length === 0) throw error;
      return await this.run({...task, answers: await this.bearable(task)});
    }
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  /** The answers, each tried alone; in the place of a bad one stands what went wrong with it. */
  private async bearable(task: JudgeTask): Promise<[string, string][]> {
    await this.run({...task, answers: []});
    const answers: [string, string][] = [];
    for (const [question, json] of task.answers) {
      try {
        await this.run({...task, answers: [[question, json]]});
        answers.push([question, json]);
      } catch (error) {
        const problem = `an answer that no hidden test can be tried on: ${(error as Error).message}`;
        answers.push([question, JSON.stringify({ok: false, problem})]);
      }
    }
    return answers;
  }

  private async run(task: JudgeTask): Promise<JudgedQuestion[]> {
    const signal = AbortSignal.timeout(this.limitMs);
    try {
      return await this.pool.run(task, {signal});
    } catch (error) {
      if (!signal.aborted) throw error;
      throw new Error(`Cannot mark: the hidden tests did not end within ${this.limitMs} ms`);
    }
  }
}
