import {it} from "vitest";
import type {TestContext} from "vitest";

/**
 * A test that needs a program which may be missing. Where it is missing the test is skipped and
 * its name says how to install it; under CI, which installs everything, that is a failure.
 *
 * @param found path of the program, or anything false
 */
export function itNeeds(
  found: unknown,
  what: string,
  install: string,
  name: string,
  fn: (context: TestContext) => Promise<void> | void,
): void {
  if (found) it(name, fn);
  else if (process.env["CI"]) {
    it(name, () => {
      throw new Error(`${what} is missing, and CI skips nothing: ${install}`);
    });
  } else it.skip(`${name} — needs ${what}: ${install}`, fn);
}
