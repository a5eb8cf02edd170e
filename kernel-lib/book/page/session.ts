import type {CompiledCell} from "../cells/compile-cell.js";
import type {Output} from "../../kernel/index.js";
import type {PageMessage, WorkerMessage} from "../worker/messages.js";
import {definedFunction, forgetSent, loadModules, loadScript} from "./scripts.js";

interface OpenRun {
  show(output: Output): void;
  end(ok: boolean): void;
}

/** The page's worker: made when first needed, and anew after it was stopped. */
export class Session {
  private worker: Promise<Worker> | undefined;
  private readonly runs = new Map<number, OpenRun>();
  private lastRun = 0;

  /**
   * Runs one cell.
   *
   * @param show is given each output as it comes, also late ones
   * @returns whether the cell ran to its end; false too if the worker was stopped meanwhile
   */
  async run(
    cell: {label: string; source: string; compiled: CompiledCell | undefined},
    show: (output: Output) => void,
  ): Promise<boolean> {
    this.worker ??= this.start();
    const worker = await this.worker;
    const run = ++this.lastRun;
    return new Promise((end) => {
      this.runs.set(run, {show, end});
      const {compiled, ...plain} = cell;
      post(worker, {kind: "run", run, ...plain, ...(compiled === undefined ? {} : {compiled})});
    });
  }

  /** Ends whatever runs. The variables are lost with the worker. */
  stop(): void {
    void this.worker?.then((worker) => worker.terminate());
    this.worker = undefined;
    for (const run of this.runs.values()) run.end(false);
    this.runs.clear();
  }

  private async start(): Promise<Worker> {
    await loadScript("worker.js");
    forgetSent();
    const source = `(${String(definedFunction("book/worker"))})()`;
    const url = URL.createObjectURL(new Blob([source], {type: "text/javascript"}));
    const worker = new Worker(url);
    worker.addEventListener("message", ({data}: MessageEvent<WorkerMessage>) =>
      this.take(worker, data),
    );
    await new Promise((resolve) => worker.addEventListener("message", resolve, {once: true}));
    URL.revokeObjectURL(url);
    return worker;
  }

  private take(worker: Worker, message: WorkerMessage): void {
    if (message.kind === "need") {
      const {request, imports} = message;
      loadModules(imports).then(
        (scripts) => post(worker, {kind: "loaded", request, scripts}),
        (error: unknown) =>
          post(worker, {kind: "missing", request, message: (error as Error).message}),
      );
    } else if (message.kind === "output") {
      this.runs.get(message.run)?.show(message.output);
    } else if (message.kind === "end") {
      this.runs.get(message.run)?.end(message.ok);
    }
  }
}

function post(worker: Worker, message: PageMessage): void {
  worker.postMessage(message);
}
