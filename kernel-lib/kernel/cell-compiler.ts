import {SourceMap} from "node:module";
import type {SourceMapPayload} from "node:module";
import ts from "@tslab/typescript-for-tslab";
import type {CompletionInfo, Converter, Diagnostic, SideOutput} from "tslab/dist/converter.js";
import converterModule from "tslab/dist/converter.js";
import metadataModule from "tslab/dist/metadata.js";
import {cellTransformers, RUN} from "./cell-transform.js";
import {variableName} from "./variable-names.js";

/** A cell that TypeScript accepts. */
export interface CompiledCell {
  /** Text of a function expression `(require, __run) => …`, async if the cell awaits. */
  script: string;
  isAsync: boolean;
  /** The engine's names of the variables that the cell declares. */
  variables: string[];
  /** Whether the cell ends in an expression, so that `__run.value` will hold a value. */
  hasValue: boolean;
  /** Ends of the top-level statements in the source. */
  statementEnds: number[];
  /** From the script to the source that the reader typed. */
  sourceMap: SourceMap;
  /** Declarations of everything the notebook knows once this cell has run. */
  declarations: string;
  /** Files of the notebook's folder that the cell imports, as CommonJS. */
  sideOutputs: SideOutput[];
}

/**
 * Compiles cells with tslab's compiler: it checks the types against the cells before, and we write
 * the script (`cell-transform.ts`), since tslab's own copies each variable between two places.
 */
export class CellCompiler {
  private readonly converter: Converter;
  /** Notebook variables that go by another name, see `variable-names.ts`. */
  private readonly renamed = new Map<string, string>();
  /** What the cells so far have declared, as a .d.ts text. */
  declarations = "";

  /** The working directory becomes the notebook's folder: imports are resolved from there. */
  constructor() {
    this.converter = converterModule.createConverter({isJS: false, isBrowser: false});
  }

  /** @returns the cell, or what TypeScript has against it */
  compile(code: string): CompiledCell | {diagnostics: Diagnostic[]} {
    const checked = this.converter.convert(this.declarations, code);
    if (checked.diagnostics.length > 0) return {diagnostics: checked.diagnostics};
    const isAsync = checked.hasToplevelAwait ?? false;
    const written = this.write(code, isAsync);
    const declarations = checked.declOutput ?? "";
    return {...written, isAsync, declarations, sideOutputs: checked.sideOutputs ?? []};
  }

  /** The cell as a script; types are left out, not checked. */
  private write(code: string, isAsync: boolean) {
    const names = new Set<string>();
    const probe = cellTransformers(this.renamed, (declared) => {
      for (const name of declared) {
        const variable = variableName(name);
        if (variable !== name) this.renamed.set(name, variable);
        names.add(variable);
      }
    });
    const {outputText, sourceMapText} = ts.transpileModule(code, {
      fileName: "cell.ts",
      compilerOptions: COMPILER_OPTIONS,
      transformers: probe.transformers,
    });
    const {hasValue, statementEnds} = probe.facts;
    const head = `(${isAsync ? "async " : ""}function (require, ${RUN}) {`;
    return {
      script: `${head}\n${outputText}\n})`,
      ...{variables: [...names], hasValue, statementEnds},
      sourceMap: new SourceMap(JSON.parse(sourceMapText!) as SourceMapPayload),
    };
  }

  /** What the first `end` characters of a cell declare, or undefined if they do not compile alone. */
  declarationsOf(code: string, end: number): string | undefined {
    const {diagnostics, declOutput} = this.converter.convert(this.declarations, code.slice(0, end));
    return diagnostics.length > 0 ? undefined : declOutput;
  }

  /** The name of the module that a cell defines by `@module`, and its diagnostics. */
  addModule(code: string): {diagnostics: Diagnostic[]} | undefined {
    if (!code.includes("@module")) return undefined;
    const metadata = metadataModule.getCodeMetadata(code);
    if (metadata.module === undefined) return undefined;
    return {diagnostics: this.converter.addModule(metadata.module, code, metadata)};
  }

  /** @param cursor in UTF-16 units */
  complete(code: string, cursor: number): CompletionInfo {
    return this.converter.complete(this.declarations, code, cursor);
  }

  /** @param cursor in UTF-16 units */
  inspect(code: string, cursor: number): ts.QuickInfo | undefined {
    return this.converter.inspect(this.declarations, code, cursor);
  }

  close(): void {
    this.converter.close();
  }
}

/** As tslab's own, but one file at a time, with a source map and with imports for later cells kept. */
const COMPILER_OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  target: ts.ScriptTarget.ES2022,
  verbatimModuleSyntax: true,
  esModuleInterop: true,
  experimentalDecorators: true,
  jsx: ts.JsxEmit.React,
  newLine: ts.NewLineKind.LineFeed,
  sourceMap: true,
};
