import {join} from "node:path";
import vm from "node:vm";
import {build} from "esbuild";
import type {Output} from "kernel-lib/kernel";
import {ROOT} from "../../../binder/setup.mjs";
import {COMPILER} from "../../../kernel-lib/book/worker/messages.js";
import type {
  LoadedScripts,
  PageMessage,
  WorkerMessage,
} from "../../../kernel-lib/book/worker/messages.js";

const BOOK = join(ROOT, "kernel-lib", "book");

/** How the worker's requests for modules are answered; an error is what the reader is told. */
export type AnswerRequest = (modules: string[]) => LoadedScripts;

/** What a cell put out, and whether it ran to its end. */
export interface CellOutcome {
  outputs: Output[];
  ok: boolean;
}

/**
 * The book's worker, bundled as for a page, in a global scope of its own that has of Node's world
 * only what browsers have too.
 */
export class WorkerInNode {
  private readonly compiler: string;
  private readonly listeners = new Map<string, (event: object) => void>();
  private readonly ends = new Map<number, (ok: boolean) => void>();
  private readonly outputs = new Map<number, Output[]>();
  private lastRun = 0;

  private constructor(
    scripts: {worker: string; compiler: string},
    private readonly answer: AnswerRequest,
  ) {
    const texts = new Map<string, string>();
    const scope: Record<string, unknown> = {
      ...{
        console: {dir() {}, table() {}, group() {}, groupEnd() {}},
        performance,
        TextEncoder,
        TextDecoder,
        queueMicrotask,
        btoa,
        clearTimeout,
      },
      setTimeout: (run: () => void, ms: number) => setTimeout(() => this.runLate(run), ms),
      Blob: class {
        constructor(readonly parts: string[]) {}
      },
      URL: {
        createObjectURL: ({parts}: {parts: string[]}) => {
          const url = `blob:${texts.size}`;
          texts.set(url, parts.join(""));
          return url;
        },
        revokeObjectURL: () => {},
      },
      importScripts: (url: string) => void vm.runInContext(texts.get(url)!, context),
      addEventListener: (type: string, listener: (event: object) => void) =>
        this.listeners.set(type, listener),
      // Like the structured clone of a browser: what cannot be sent throws.
      postMessage: (message: WorkerMessage) => {
        const sent = structuredClone(message);
        queueMicrotask(() => this.take(sent));
      },
    };
    const context = vm.createContext(scope);
    this.compiler = scripts.compiler;
    vm.runInContext(scripts.worker, context);
  }

  /** Bundles the worker from its sources. */
  static async start(answer: AnswerRequest): Promise<WorkerInNode> {
    const worker = await bundle("worker/main.ts", "iife");
    const compiler = await bundle("cells/compile-cell.ts", "cjs");
    return new WorkerInNode({worker, compiler}, answer);
  }

  /** Runs a cell as after a reader changed it: the worker compiles it. */
  async run(source: string, label = `cell-${this.lastRun + 1}`): Promise<CellOutcome> {
    const run = ++this.lastRun;
    const outputs: Output[] = [];
    this.outputs.set(run, outputs);
    const ended = new Promise<boolean>((resolve) => this.ends.set(run, resolve));
    this.send({kind: "run", run, label, source});
    return {ok: await ended, outputs};
  }

  /** An error that nobody caught, as a browser tells the worker's scope. */
  report(type: "error" | "unhandledrejection", event: {error: unknown} | {reason: unknown}): void {
    this.listeners.get(type)!({...event, preventDefault: () => {}});
  }

  /** Only while a cell runs: between two, it would depend on the machine which of them it hits. */
  private runLate(run: () => void): void {
    if (this.ends.size === 0) return void setTimeout(() => this.runLate(run), 1);
    try {
      run();
    } catch (error) {
      this.report("error", {error});
    }
  }

  private send(message: PageMessage): void {
    this.listeners.get("message")!({data: message});
  }

  private take(message: WorkerMessage): void {
    if (message.kind === "output") this.outputs.get(message.run)!.push(message.output);
    if (message.kind === "end") {
      this.ends.get(message.run)!(message.ok);
      this.ends.delete(message.run);
    }
    if (message.kind !== "need") return;
    const {request} = message;
    const asked = message.imports.map(({module}) => module);
    try {
      const {modules, namespaces} = this.answer(asked.filter((module) => module !== COMPILER));
      const compiler = `function (require, exports, module) {${this.compiler}}`;
      const scripts = {modules: {[COMPILER]: compiler, ...modules}, namespaces};
      this.send({kind: "loaded", request, scripts});
    } catch (error) {
      this.send({kind: "missing", request, message: (error as Error).message});
    }
  }
}

async function bundle(file: string, format: "iife" | "cjs"): Promise<string> {
  const result = await build({
    entryPoints: [join(BOOK, file)],
    ...{bundle: true, format, platform: "browser", target: "es2022", write: false},
    alias: {"node:util": join(BOOK, "worker", "node-util.ts")},
  });
  return result.outputFiles[0]!.text;
}
