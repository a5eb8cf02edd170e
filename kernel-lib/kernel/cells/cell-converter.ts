import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
// Required, here and beside: an `import` of CommonJS has Node search its 9 MB for names of exports,
// which takes 0.3 s (`measured`).
import ts = require("@tslab/typescript-for-tslab");
import type {Converter} from "tslab/dist/converter.js";
import {commonJsModule} from "./common-js-module.js";

/** JavaScript of a cell, as an ES module, and its source map as JSON. */
export interface WrittenCell {
  text: string;
  sourceMap: string;
}

/** tslab's compiler, with the writing of a cell's JavaScript handed to us. */
export interface CellConverter extends Converter {
  /** The cell that was converted last. */
  readonly written: WrittenCell;
}

/** What tslab puts before a cell, so that TypeScript takes it for a module. */
export const CELL_PREFIX: string = `export {};${ts.sys.newLine}`;

/**
 * Makes tslab's converter, in which cells are written by transformers of ours and with a source map.
 *
 * tslab's `createConverter` has no option for either. So its module is loaded here with a TypeScript
 * in which two functions are replaced: the host of its compiler tells us of each program, whose
 * `emit` we complete, and the second compilation, to CommonJS, is left out for cells (a tenth of the
 * time). Types, diagnostics, completion and everything else are tslab's own. Both packages are
 * pinned exactly, and the tests of the executor fail if an update changes what this relies on.
 *
 * @param transformers asked for each cell
 */
export function createCellConverter(transformers: () => ts.CustomTransformers): CellConverter {
  const cellFile = `${ts.sys.getCurrentDirectory().replaceAll("\\", "/")}/__tslab__.ts`;
  let written: WrittenCell = {text: "", sourceMap: ""};

  /** Completes what tslab asks of a program for the cell; other files are written as ever. */
  function completeEmit(program: ts.BuilderProgram): void {
    const emit = program.emit.bind(program);
    program.emit = (file, write, token, declarationsOnly, theirs) => {
      if (file?.fileName !== cellFile) return emit(file, write, token, declarationsOnly, theirs);
      const ours = {...transformers(), afterDeclarations: theirs?.afterDeclarations ?? []};
      const keep: ts.WriteFileCallback = (name, text, ...rest) => {
        if (name.endsWith(".js")) written = {...written, text: withoutMapComment(text)};
        if (name.endsWith(".js.map")) written = {...written, sourceMap: text};
        write?.(name, text, ...rest);
      };
      return emit(file, keep, token, declarationsOnly, ours);
    };
  }

  const createWatchCompilerHost = ((files: string[], options: ts.CompilerOptions, ...rest: []) => {
    const withMaps = {...options, sourceMap: true};
    const host = ts.createWatchCompilerHost(files, withMaps, ...(rest as unknown as [ts.System]));
    let theirs: ((program: ts.BuilderProgram) => void) | undefined;
    Object.defineProperty(host, "afterProgramCreate", {
      get: () => (program: ts.BuilderProgram) => {
        completeEmit(program);
        theirs?.(program);
      },
      set: (callback: typeof theirs) => (theirs = callback),
    });
    return host;
  }) as unknown as typeof ts.createWatchCompilerHost;

  const transpileModule: typeof ts.transpileModule = (text, options) =>
    withoutMapComment(text) === written.text
      ? {outputText: "", diagnostics: []}
      : ts.transpileModule(text, options);

  const {createConverter} = loadConverter({...ts, createWatchCompilerHost, transpileModule});
  const converter = createConverter({isJS: false, isBrowser: false});
  return Object.defineProperty(converter as CellConverter, "written", {get: () => written});
}

function withoutMapComment(text: string): string {
  return text.replace(/\/\/# sourceMappingURL=\S*\s*$/, "");
}

/** tslab's converter.js once more, with this TypeScript. */
function loadConverter(typescript: typeof ts): typeof import("tslab/dist/converter.js") {
  const path = createRequire(import.meta.url).resolve("tslab/dist/converter.js");
  const module = commonJsModule(
    path,
    (original) => (id) => (id === "@tslab/typescript-for-tslab" ? typescript : original(id)),
  );
  module.run(readFileSync(path, "utf8"));
  return module.exports as typeof import("tslab/dist/converter.js");
}
