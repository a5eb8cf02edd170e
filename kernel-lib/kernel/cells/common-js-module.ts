import Module from "node:module";
import {dirname} from "node:path";

export type Require = (id: string) => unknown;

/** A CommonJS module whose text does not come from its file. */
export interface CommonJsModule {
  readonly exports: unknown;
  /** Runs the text; `exports` may be asked for before it ends, as by a module that it requires. */
  run(text: string): void;
}

/**
 * Makes a module with Node's own class, so that it has all that a module has.
 *
 * @param path of the file it stands for, from whose folder packages are resolved
 * @param replaceRequire gets the module's own `require`
 */
export function commonJsModule(
  path: string,
  replaceRequire: (original: Require) => Require,
): CommonJsModule {
  const module = new Module(path) as Module & {_compile(text: string, path: string): void};
  module.filename = path;
  const {_nodeModulePaths: modulePaths} = Module as unknown as ModuleStatics;
  module.paths = modulePaths(dirname(path));
  const original = module.require.bind(module) as Require;
  module.require = replaceRequire(original) as NodeJS.Require;
  return {
    get exports() {
      return module.exports as unknown;
    },
    run: (text) => module._compile(text, path),
  };
}

/** What Node's module class offers to loaders, undocumented and unchanged since Node 0.x. */
interface ModuleStatics {
  _nodeModulePaths(folder: string): string[];
}
