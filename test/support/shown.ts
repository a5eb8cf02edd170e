import {onTestFinished} from "vitest";

const HOOK = Symbol.for("glass-cloud.display");

/** Collects every MIME bundle that is shown until the test ends. */
export function collectShown(): Record<string, unknown>[] {
  const scope = globalThis as {[HOOK]?: (bundle: Record<string, unknown>) => void};
  const shown: Record<string, unknown>[] = [];
  scope[HOOK] = (bundle) => shown.push(bundle);
  onTestFinished(() => {
    delete scope[HOOK];
  });
  return shown;
}
