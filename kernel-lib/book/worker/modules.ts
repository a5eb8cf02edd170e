import type {ImportRequest} from "../cells/import-names.js";
import {WORKER_STRINGS} from "../strings.js";
import type {LoadedScripts} from "./messages.js";

type Exports = Record<string, unknown>;
type ModuleFunction = (require: Require, exports: Exports, module: {exports: Exports}) => void;

interface Require {
  (specifier: string): Exports;
  /** What `import()` in a module became. */
  import(specifier: string): Promise<Exports>;
}

/** Asks the page for modules. Rejects with a sentence for the reader. */
export type LoadModules = (imports: ImportRequest[]) => Promise<LoadedScripts>;

/**
 * The modules of the book in a worker: CommonJS, each evaluated when it is first required.
 *
 * An import path of kernel-lib is a namespace whose names lie in several files; a name's file is
 * evaluated when the name is read, so that what a page does not use costs nothing.
 */
export class ModuleTable {
  private readonly sources = new Map<string, string>();
  private readonly evaluated = new Map<string, {exports: Exports}>();
  private readonly namespaces = new Map<string, Record<string, string>>();
  /** Requests that were answered, so that nothing is asked for twice. */
  private readonly answered = new Set<string>();

  constructor(private readonly load: LoadModules) {}

  /** Has the page load what is not there yet. */
  async ensure(imports: readonly ImportRequest[]): Promise<void> {
    const open = imports.filter((request) => !this.answered.has(JSON.stringify(request)));
    if (open.length === 0) return;
    const {modules, namespaces} = await this.load(open);
    for (const [id, source] of Object.entries(modules)) this.sources.set(id, source);
    for (const [path, names] of Object.entries(namespaces)) this.namespaces.set(path, names);
    for (const request of open) this.answered.add(JSON.stringify(request));
  }

  /** @throws Error if no such module is there */
  require(id: string): Exports {
    const names = this.namespaces.get(id);
    if (names !== undefined) return this.namespace(id, names);
    const known = this.evaluated.get(id);
    if (known !== undefined) return known.exports;
    const source = this.sources.get(id);
    if (source === undefined) throw new Error(WORKER_STRINGS.noModule(id));
    const module = {exports: {} as Exports};
    this.evaluated.set(id, module);
    // In the global scope: a module shall see nothing of ours.
    const run = (0, eval)(`(${source})\n//# sourceURL=${id}`) as ModuleFunction;
    run(this.requireFrom(id), module.exports, module);
    return module.exports;
  }

  async import(id: string): Promise<Exports> {
    await this.ensure([{module: id, names: "all"}]);
    return this.require(id);
  }

  private namespace(path: string, names: Record<string, string>): Exports {
    const known = this.evaluated.get(path);
    if (known !== undefined) return known.exports;
    const exports: Exports = {};
    for (const [name, id] of Object.entries(names)) {
      Object.defineProperty(exports, name, {
        enumerable: true,
        get: () => (this.sources.has(id) ? this.require(id)[name] : undefined),
      });
    }
    this.evaluated.set(path, {exports});
    return exports;
  }

  private requireFrom(id: string): Require {
    const resolve = (specifier: string): string =>
      specifier.startsWith(".") ? joinPath(id, specifier) : specifier;
    return Object.assign((specifier: string) => this.require(resolve(specifier)), {
      import: (specifier: string) => this.import(resolve(specifier)),
    });
  }
}

/** `kernel-lib/lesson/check.js`, `../plot/index.js` → `kernel-lib/plot/index.js`. */
function joinPath(from: string, specifier: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}
