import type {ScriptIndex} from "../scripts/build-scripts.js";
import {COMPILER} from "../worker/messages.js";
import type {LoadedScripts} from "../worker/messages.js";
import type {ImportRequest} from "../cells/import-names.js";
import {STRINGS} from "../strings.js";

/** Put in by the bundler. */
declare const SCRIPT_INDEX: ScriptIndex;

const defined = new Map<string, () => unknown>();
const loading = new Map<string, Promise<void>>();
/** Modules whose text the present worker has. */
let sent = new Set<string>();

/** What the book's scripts call: `glassCloud.define(id, function)`. */
export const glassCloud = {
  define(id: string, module: () => unknown): void {
    defined.set(id, module);
  },
};

/** Loads a script below `lib/`, once. A script tag, since a page from a file may fetch nothing. */
export function loadScript(name: string): Promise<void> {
  const known = loading.get(name);
  if (known !== undefined) return known;
  const promise = new Promise<void>((resolve, reject) => {
    const element = document.createElement("script");
    element.src = `lib/${name}`;
    element.onload = () => resolve();
    element.onerror = () => {
      loading.delete(name);
      element.remove();
      reject(new Error(STRINGS.cannotLoad(name)));
    };
    document.head.append(element);
  });
  loading.set(name, promise);
  return promise;
}

/** The function that a loaded script defined. */
export function definedFunction(id: string): () => unknown {
  return defined.get(id)!;
}

/** A new worker has nothing yet. */
export function forgetSent(): void {
  sent = new Set();
}

/**
 * Loads what a cell imports and all that this needs.
 *
 * @throws Error if the book has no such module, or a script cannot be loaded
 */
export async function loadModules(requests: readonly ImportRequest[]): Promise<LoadedScripts> {
  const namespaces: LoadedScripts["namespaces"] = {};
  const ids = new Set<string>();
  for (const {module, names} of requests) {
    const exported = SCRIPT_INDEX.namespaces[module];
    if (exported !== undefined) {
      namespaces[module] = exported;
      const wanted = names === "all" ? Object.keys(exported) : names;
      wanted.filter((name) => name in exported).forEach((name) => addAll(exported[name]!, ids));
    } else if (module in SCRIPT_INDEX.scripts || module === COMPILER) {
      addAll(module, ids);
    } else {
      throw new Error(STRINGS.noModule(module));
    }
  }
  await Promise.all([...new Set([...ids].map((id) => SCRIPT_INDEX.scripts[id]!))].map(loadScript));
  const fresh = [...ids].filter((id) => !sent.has(id));
  fresh.forEach((id) => sent.add(id));
  return {
    namespaces,
    modules: Object.fromEntries(fresh.map((id) => [id, String(defined.get(id))])),
  };
}

function addAll(id: string, ids: Set<string>): void {
  if (ids.has(id)) return;
  ids.add(id);
  for (const needed of SCRIPT_INDEX.imports[id] ?? []) addAll(needed, ids);
}
