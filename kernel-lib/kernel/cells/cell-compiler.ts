import type ts from "@tslab/typescript-for-tslab";
import type {CompletionInfo, Diagnostic, SideOutput} from "tslab/dist/converter.js";
import metadataModule from "tslab/dist/metadata.js";
import {createCellConverter} from "./cell-converter.js";
import type {CellConverter} from "./cell-converter.js";
import {RUN} from "./cell-syntax.js";
import {cellTransformers} from "./cell-transform.js";
import type {CellFacts} from "./cell-transform.js";
import {awaitsOutsideFunctions} from "./top-level-await.js";
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
  /** From the function's body to the source that the reader typed, as JSON. */
  sourceMap: string;
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
  private readonly converter: CellConverter;
  /** Of the cell that was written last. */
  private facts: CellFacts = {names: new Set(), statementEnds: [], hasValue: false};
  /** Notebook variables that go by another name, see `variable-names.ts`. */
  private readonly renamed = new Map<string, string>();
  /** What the cells so far have declared, as a .d.ts text. */
  declarations = "";
  /** Beginning of a cell that failed, whose declarations are still to be added. */
  private kept: string | undefined;

  /** The working directory becomes the notebook's folder: imports are resolved from there. */
  constructor() {
    this.converter = createCellConverter(() => this.transformers());
  }

  /** @returns the cell, or what TypeScript has against it */
  compile(code: string): CompiledCell | {diagnostics: Diagnostic[]} {
    const checked = this.converter.convert(this.before(), code);
    if (checked.diagnostics.length > 0) return {diagnostics: checked.diagnostics};
    const {text, sourceMap} = this.converter.written;
    const isAsync = checked.hasToplevelAwait === true || awaitsOutsideFunctions(code);
    const {names, hasValue, statementEnds} = this.facts;
    return {
      script: `(${isAsync ? "async " : ""}function (require, ${RUN}) {\n${text}\n})`,
      ...{isAsync, hasValue, statementEnds, sourceMap},
      variables: [...names].map(variableName),
      declarations: checked.declOutput ?? "",
      sideOutputs: checked.sideOutputs ?? [],
    };
  }

  private transformers(): ts.CustomTransformers {
    const {transformers, facts} = cellTransformers(this.renamed, (names) => {
      for (const name of names) {
        const variable = variableName(name);
        if (variable !== name) this.renamed.set(name, variable);
      }
    });
    this.facts = facts;
    return transformers;
  }

  /**
   * After a failure: the first `end` characters of the cell have run, so what they declare exists.
   * Compiled when next needed, since the failure may be an interrupt that is still under way.
   */
  keep(code: string, end: number): void {
    this.kept = code.slice(0, end);
  }

  /** Declarations before the next cell. */
  private before(): string {
    if (this.kept !== undefined) {
      const {diagnostics, declOutput} = this.converter.convert(this.declarations, this.kept);
      this.kept = undefined;
      // A beginning may not compile alone; then the cell has declared nothing.
      if (diagnostics.length === 0) this.declarations = declOutput ?? "";
    }
    return this.declarations;
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
    return this.converter.complete(this.before(), code, cursor);
  }

  /** @param cursor in UTF-16 units */
  inspect(code: string, cursor: number): ts.QuickInfo | undefined {
    return this.converter.inspect(this.before(), code, cursor);
  }

  close(): void {
    this.converter.close();
  }
}
