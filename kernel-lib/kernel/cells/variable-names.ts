/**
 * The engine's name for a notebook variable: the reader's own, unless that would hide something from
 * every library in the process. A top-level `const performance = 5` is a `let` of the whole realm,
 * and Node's own modules read `performance`, too; others ask whether there is a `window`.
 *
 * @example the variable `rows` is `rows`, the variable `process` is `process$1`
 */
export function variableName(name: string): string {
  return HOST_NAMES.has(name) || PROBED_NAMES.has(name) ? `${name}$1` : name;
}

/** What this realm had before the first cell. */
const HOST_NAMES: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(globalThis));

/** Names by which libraries find out where they run, and the parameters around a cell. */
const PROBED_NAMES: ReadonlySet<string> = new Set([
  ...["window", "document", "self", "navigator", "location", "importScripts", "define"],
  ...["Deno", "Bun", "jest", "Zone", "WorkerGlobalScope", "regeneratorRuntime", "__tslab__"],
  ...["exports", "module", "require", "arguments", "__filename", "__dirname", "__run", "eval"],
]);
