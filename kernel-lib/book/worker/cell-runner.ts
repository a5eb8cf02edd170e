import type {CompiledCell} from "../cells/compile-cell.js";
import type {Output} from "../../kernel/index.js";
import {mimeBundle} from "../../kernel/values/index.js";
import {errorOutput} from "./cell-error.js";
import {CellOutput} from "./cell-output.js";
import {COMPILER} from "./messages.js";
import type {ModuleTable} from "./modules.js";

/** What the runner needs of a browser. */
export interface WorkerHost {
  /** Runs a text as a classic script, whose `let` every later script sees. */
  runScript(text: string): void;
  /** The key under which kernel-lib looks for its host's display function. */
  setDisplay(display: (bundle: Record<string, unknown>) => void): void;
}

/** How a cell talks to its host: see `cells/compile-cell.ts`. */
interface Run {
  value: unknown;
  meta: {url: string};
  require(module: string): unknown;
  import(module: string): Promise<unknown>;
  named(value: (...args: never[]) => unknown, name: string): unknown;
}

type CellFunction = (run: Run) => Promise<void>;

/** A cell to run: its source, or what was compiled of it before. */
export interface CellToRun {
  /** By which frames of errors name the cell. */
  label: string;
  source: string;
  compiled: CompiledCell | undefined;
}

/** Runs cells one after another; their variables live as long as the worker. */
export class CellRunner {
  private readonly declared = new Set<string>();
  /** What comes late, of a timer, goes to the cell that ran last. */
  private output: CellOutput | undefined;
  private last: CellToRun | undefined;

  constructor(
    private readonly modules: ModuleTable,
    private readonly host: WorkerHost,
  ) {
    for (const method of ["log", "info", "debug"] as const) {
      console[method] = (...values) => this.output?.print("stdout", values);
    }
    for (const method of ["warn", "error"] as const) {
      console[method] = (...values) => this.output?.print("stderr", values);
    }
    host.setDisplay((data) => this.output?.add({output_type: "display_data", data, metadata: {}}));
  }

  /** @returns whether the cell ran to its end */
  async run(cell: CellToRun, send: (output: Output) => void): Promise<boolean> {
    const output = new CellOutput(send);
    this.output = output;
    this.last = cell;
    try {
      const compiled = cell.compiled ?? (await this.compile(cell.source));
      await this.modules.ensure(compiled.imports);
      this.declare(compiled.names);
      const result = await this.evaluate(compiled.code, cell.label);
      if (result !== undefined) output.add(result);
      return true;
    } catch (error) {
      output.add(errorOutput(error, cell.label, cell.source));
      return false;
    } finally {
      output.end();
    }
  }

  /** An error that nobody caught: of a timer, or of a promise. */
  failLate(error: unknown): void {
    if (this.last === undefined) return;
    this.output?.add(errorOutput(error, this.last.label, this.last.source));
  }

  private async compile(source: string): Promise<CompiledCell> {
    await this.modules.ensure([{module: COMPILER, names: "all"}]);
    const {compileCell} = this.modules.require(COMPILER) as {
      compileCell: (source: string) => CompiledCell;
    };
    return compileCell(source);
  }

  /** Once each: a script cannot declare a name again, and an assignment is all that is needed. */
  private declare(names: readonly string[]): void {
    for (const name of names) {
      if (this.declared.has(name)) continue;
      this.host.runScript(`let ${name};`);
      this.declared.add(name);
    }
  }

  private async evaluate(code: string, label: string): Promise<Output | undefined> {
    const run: Run = {
      value: undefined,
      meta: {url: "about:blank"},
      require: (module) => this.modules.require(module),
      import: (module) => this.modules.import(module),
      named: (value, name) => Object.defineProperty(value, "name", {value: name}),
    };
    const start = (0, eval)(`(${code})\n//# sourceURL=${label}`) as CellFunction;
    await start(run);
    const bundle = await mimeBundle(run.value);
    return bundle && {output_type: "execute_result", ...bundle, execution_count: null};
  }
}
