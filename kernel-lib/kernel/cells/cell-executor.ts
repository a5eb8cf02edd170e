import {pathToFileURL} from "node:url";
import {join} from "node:path";
import {types} from "node:util";
import vm from "node:vm";
import type {Diagnostic} from "tslab/dist/converter.js";
import {bold, red} from "../language/ansi.js";
import {CellCompiler} from "./cell-compiler.js";
import type {CompiledCell} from "./cell-compiler.js";
import {CellSources} from "./cell-sources.js";
import {LocalModules} from "./local-modules.js";
import {INTERRUPTED} from "../messages.js";
import type {ErrorReport, StopReason} from "../messages.js";

/** One run of one cell. */
export interface CellRun {
  /** Its number, unique in the process. */
  request: number;
  code: string;
  /** Such as `cell [3]`. */
  label: string;
  executionCount: number;
}

/** How a run ended. */
export type RunOutcome =
  /** `value` is undefined where the cell does not end in an expression. */
  | {kind: "done"; value: unknown}
  | {kind: "threw"; error: unknown}
  | {kind: "rejected"; diagnostics: Diagnostic[]}
  | {kind: "stopped"; report: ErrorReport};

/** What a cell's script speaks to: `__run`, see `cell-transform.ts`. */
interface RunHandle {
  /** Top-level statement that was reached. */
  reached: number;
  value: unknown;
  meta: {url: string; dirname: string};
  require(specifier: string): unknown;
  import(specifier: string): Promise<unknown>;
  default(module: unknown): unknown;
  namespace(module: unknown): unknown;
}

interface RunningCell {
  run: CellRun;
  compiled: CompiledCell;
  handle: RunHandle;
  settle: (outcome: RunOutcome) => void;
}

/**
 * Compiles and runs cells, one at a time, in this realm.
 *
 * Written with callbacks: when a busy loop is terminated, the engine unwinds every frame below and
 * forgets the promises that wait, so nothing of the kernel's own may depend on either.
 */
export class CellExecutor {
  readonly sources: CellSources = new CellSources();
  readonly compiler: CellCompiler;
  readonly modules: LocalModules;
  private readonly declared = new Set<string>();
  private running: RunningCell | undefined;

  /**
   * @param folder the working directory, which is the notebook's folder
   * @param ownWork runs the compiler's part: nothing of the reader's, not to be interrupted
   */
  constructor(
    private readonly folder: string,
    private readonly ownWork: <T>(work: () => T) => T = (work) => work(),
  ) {
    this.compiler = new CellCompiler();
    this.modules = new LocalModules(folder);
    // tslab's name for the door through which a cell finds the kernel; kernel-lib/lesson uses it.
    Object.assign(globalThis, {
      __tslab__: {exports: {}, require: this.modules.require, run: undefined},
    });
  }

  /**
   * Runs a cell.
   *
   * @param settle called once, when the run is over; from a later turn if the cell awaits
   */
  execute(run: CellRun, settle: (outcome: RunOutcome) => void): void {
    const compiled = this.ownWork(
      () => this.compiler.addModule(run.code) ?? this.compiler.compile(run.code),
    );
    if ("diagnostics" in compiled) {
      if (compiled.diagnostics.length > 0) {
        settle({kind: "rejected", diagnostics: compiled.diagnostics});
      } else {
        settle({kind: "done", value: undefined});
      }
      return;
    }
    this.modules.update(compiled.sideOutputs);
    this.declare(compiled.variables);
    const handle = this.handle();
    this.running = {run, compiled, handle, settle};
    this.call(run, compiled, handle);
  }

  private call(run: CellRun, compiled: CompiledCell, handle: RunHandle): void {
    const {code, label, request} = run;
    const {script, sourceMap} = compiled;
    const scriptLines = script.split("\n").length;
    const filename = this.sources.add(request, {code, label, scriptLines, sourceMap});
    const door = (globalThis as unknown as {__tslab__: {run: unknown}}).__tslab__;
    door.run = handle;
    const text = `${script}(__tslab__.require, __tslab__.run)`;
    let result: unknown;
    try {
      result = new vm.Script(text, {filename}).runInThisContext({breakOnSigint: true});
    } catch (error) {
      if (isInterruption(error)) this.stop(stopReport(INTERRUPTED));
      else this.end(request, {kind: "threw", error});
      return;
    }
    if (!compiled.isAsync) {
      this.end(request, {kind: "done", value: handle.value});
      return;
    }
    (result as Promise<void>).then(
      () => this.end(request, {kind: "done", value: handle.value}),
      (error: unknown) => this.end(request, {kind: "threw", error}),
    );
  }

  /** Ends the run that is under way, whatever it waits for. */
  stop(report: ErrorReport): void {
    const request = this.running?.run.request;
    if (request !== undefined) this.end(request, {kind: "stopped", report});
  }

  private end(request: number, outcome: RunOutcome): void {
    // A run that was stopped may still settle by itself, later.
    if (this.running?.run.request !== request) return;
    const {compiled, handle, run, settle} = this.running;
    this.running = undefined;
    if (outcome.kind === "done") this.compiler.declarations = compiled.declarations;
    else this.keepWhatRan(run, compiled, handle.reached);
    settle(outcome);
  }

  /** After a failure the statements before it have run: what they declared exists. */
  private keepWhatRan(run: CellRun, compiled: CompiledCell, reached: number): void {
    const end = compiled.statementEnds[reached - 1];
    if (end === undefined || compiled.variables.length === 0) return;
    this.compiler.keep(run.code, end);
  }

  /** Each notebook variable is a `let` of the realm's own scope, made once. */
  private declare(variables: readonly string[]): void {
    const added = variables.filter((name) => !this.declared.has(name));
    if (added.length === 0) return;
    new vm.Script(`let ${added.join(", ")};`).runInThisContext();
    added.forEach((name) => this.declared.add(name));
  }

  private handle(): RunHandle {
    const {folder, modules} = this;
    return {
      reached: 0,
      value: undefined,
      meta: {url: pathToFileURL(join(folder, "cell.ts")).href, dirname: folder},
      require: modules.require,
      import: (specifier) => modules.import(String(specifier)),
      default: (module) => (isEsModule(module) ? module.default : module),
      namespace: (module) => (isEsModule(module) ? module : namespaceOf(module)),
    };
  }

  close(): void {
    this.compiler.close();
  }
}

/** A run that was ended from outside. */
export function stopReport({ename, evalue}: StopReason): ErrorReport {
  return {ename, evalue, traceback: [`${red(bold(ename))}: ${evalue}`]};
}

function isInterruption(error: unknown): boolean {
  // Asked without running code of the reader: what was thrown may be a proxy.
  if (!types.isNativeError(error)) return false;
  const code = Object.getOwnPropertyDescriptor(error, "code")?.value as unknown;
  return code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
}

function isEsModule(module: unknown): module is {default: unknown} {
  if (module === null || typeof module !== "object") return false;
  return (module as {__esModule?: unknown}).__esModule === true || isNamespace(module);
}

function isNamespace(module: object): boolean {
  return Object.prototype.toString.call(module) === "[object Module]";
}

/** `import * as m` of a CommonJS module: its properties, and itself as `default`. */
function namespaceOf(module: unknown): unknown {
  if (module === null || (typeof module !== "object" && typeof module !== "function")) {
    return {default: module};
  }
  const space = Object.create(null) as Record<string, unknown>;
  for (const key of Object.getOwnPropertyNames(module)) {
    if (key === "default") continue;
    Object.defineProperty(space, key, {
      enumerable: true,
      get: () => (module as Record<string, unknown>)[key],
    });
  }
  space["default"] = module;
  return space;
}
