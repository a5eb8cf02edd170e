import Module, {createRequire} from "node:module";
import {dirname, extname, join, resolve} from "node:path";
import {pathToFileURL} from "node:url";
import type {SideOutput} from "tslab/dist/converter.js";
import {commonJsModule} from "./common-js-module.js";
import type {CommonJsModule, Require} from "./common-js-module.js";

/**
 * What `require` and `import()` give in a cell: packages, resolved from the notebook's folder;
 * TypeScript files of that folder and cells tagged `@module`, as tslab's compiler has made them;
 * and tslab itself, the kernel's own instance.
 */
export class LocalModules {
  /** JavaScript by path. */
  private readonly texts = new Map<string, string>();
  private readonly loaded = new Map<string, CommonJsModule>();
  readonly require: Require;

  /** @param folder of the notebook */
  constructor(private readonly folder: string) {
    this.require = this.requireFrom(folder, createRequire(join(folder, "cell.js")));
  }

  /** Takes the compiler's newest versions; they are loaded anew when next required. */
  update(outputs: readonly SideOutput[]): void {
    for (const {path, data} of outputs) {
      this.texts.set(path, data);
      this.loaded.delete(path);
    }
  }

  /** `import(specifier)` of a cell. */
  import(specifier: string): Promise<unknown> {
    const local = this.localPath(this.folder, specifier);
    if (local !== undefined) return Promise.resolve(this.load(local));
    if (specifier === "tslab") return Promise.resolve(this.require("tslab"));
    if (!/^\.{0,2}\//.test(specifier)) return importFrom(this.folder, specifier);
    return import(pathToFileURL(resolve(this.folder, specifier)).href);
  }

  private requireFrom(folder: string, fallback: Require): Require {
    return (id) => {
      if (id === "tslab") return ownRequire("tslab");
      const local = this.localPath(folder, id);
      return local === undefined ? fallback(id) : this.load(local);
    };
  }

  private localPath(folder: string, id: string): string | undefined {
    if (!id.startsWith(".")) return undefined;
    const path = resolve(folder, id).replaceAll("\\", "/");
    const candidates = extname(path) === "" ? [`${path}.js`] : [path];
    return candidates.find((candidate) => this.texts.has(candidate));
  }

  private load(path: string): unknown {
    const known = this.loaded.get(path);
    if (known) return known.exports;
    const module = commonJsModule(path, (original) => this.requireFrom(dirname(path), original));
    // Before it runs, so that two files may import each other.
    this.loaded.set(path, module);
    module.run(this.texts.get(path)!);
    return module.exports;
  }
}

const ownRequire = createRequire(import.meta.url);

/** Node's own resolution for `import`, with its conditions, from another folder. */
async function importFrom(folder: string, specifier: string): Promise<unknown> {
  if (Module.isBuiltin(specifier)) return import(specifier);
  try {
    return await import(
      pathToFileURL(createRequire(join(folder, "cell.js")).resolve(specifier)).href
    );
  } catch (error) {
    const {code} = error as {code?: string};
    // Packages that can only be imported are not found by `require.resolve`.
    if (code !== "ERR_PACKAGE_PATH_NOT_EXPORTED" && code !== "MODULE_NOT_FOUND") throw error;
    return import(specifier);
  }
}
