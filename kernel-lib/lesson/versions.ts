import {dataFile} from "./ledger.js";

/**
 * The versions that this chapter was built with, as one line. Node's own is left out: the numbers
 * of a chapter do not depend on it, and the committed output must not either.
 *
 * @example
 * import {versions} from "kernel-lib/lesson";
 * versions().startsWith("kernel-lib ") // => true
 */
export function versions(): string {
  const pins = JSON.parse(dataFile("versions.json")) as Record<string, string>;
  return Object.entries(pins)
    .map(([name, version]) => `${name} ${version}`)
    .join(" · ");
}
