import type {TestContext} from "vitest";

declare module "vitest" {
  interface TaskMeta {
    /** What a campaign measured, in words; stands beside its result in RESULTS.md. */
    measured?: string;
  }
}

/** Notes what a campaign measured, for `npm run test:long` to write into RESULTS.md. */
export function recordMeasured({task}: TestContext, words: string): void {
  task.meta.measured = words;
}
